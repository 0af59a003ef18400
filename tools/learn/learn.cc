// Learns the ranking weights from questions with known results.
//
//   sextant_learn TABLES.jsonl QUESTIONS.jsonl OUT.gen.cc [epochs] [--hold N]
//
// TABLES.jsonl: {"name", "title"?, "columns": […], "rows": [[…]]} per line. QUESTIONS.jsonl:
// {"table", "question", "expected_rows"} per line. For each question the candidates are made with
// the engine's own code and run on the table; those whose rows equal the expected ones are right.
// The weights maximise the probability of the right ones (log-linear model, AdaGrad, L1 by
// pruning). One thread, fixed order: the same input gives the same file. With --hold N every Nth
// table is not learnt from and its accuracy is printed after each epoch.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <unordered_map>

#include "analysis/ask/candidates/lookup.h"
#include "analysis/ask/ranking/weights_data.h"
#include "base/json.h"
#include "base/text.h"

namespace {

using namespace sextant;
using namespace sextant::ask;

class LearntWeights final : public Weights {
 public:
  LearntWeights() : weight(kMask + 1, 0.f), square(kMask + 1, 0.f) {}
  float at(std::uint32_t id) const override { return weight[id]; }
  void step(std::uint32_t id, float gradient) {
    square[id] += gradient * gradient;
    weight[id] += kRate * gradient / (std::sqrt(square[id]) + 0.1f);
    weight[id] = std::clamp(weight[id], -3.9f, 3.9f);
  }
  std::vector<float> weight;
  std::vector<float> square;

 private:
  static constexpr float kRate = 0.12f;
};

std::optional<double> to_number(const std::string& raw) {
  std::string text;
  for (const char c : raw) {
    if (c != ',') text += c;
  }
  if (text.empty()) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  if (*end != 0 || !std::isfinite(value)) return std::nullopt;
  for (const char c : text) {
    if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+') return std::nullopt;
  }
  return value;
}

struct Example {
  std::string question;
  std::vector<std::string> expected;  // canonical cells, sorted
};

struct TableExamples {
  std::unique_ptr<Context> context;
  std::vector<Example> examples;
};

std::string canonical(const Cell& cell) {
  if (std::holds_alternative<std::monostate>(cell)) return {};
  if (const auto* number = std::get_if<double>(&cell)) return fmt::format("{:.6g}", *number);
  const std::string& text = std::get<std::string>(cell);
  if (const auto number = to_number(text)) return fmt::format("{:.6g}", *number);
  return text::lower_ascii(text);
}

Context make_context(const json::Object& table) {
  catalog::ModelTable model;
  model.name = table.at("name").as_string().c_str();
  model.display_name = model.name;
  TableSample sample;
  const auto& rows = table.at("rows").as_array();
  const auto& names = table.at("columns").as_array();
  sample.rows = static_cast<std::int64_t>(rows.size());
  for (std::size_t c = 0; c < names.size(); ++c) {
    catalog::ModelColumn column;
    column.name = column.original_name = column.display_name = names[c].as_string().c_str();
    bool numeric = true, any = false;
    std::vector<std::string> texts;
    for (const auto& row : rows) {
      const auto& cell = row.as_array()[c];
      std::string text = cell.is_string() ? std::string(cell.as_string()) : json::dump(cell);
      text = text::trim(text);
      if (!text.empty()) {
        any = true;
        numeric = numeric && to_number(text).has_value() && text.find(',') == std::string::npos;
      }
      texts.push_back(std::move(text));
    }
    numeric = numeric && any;
    column.type = numeric ? "DOUBLE" : "VARCHAR";
    std::vector<Cell> cells;
    for (auto& text : texts) {
      if (text.empty()) {
        cells.emplace_back();
      } else if (numeric) {
        cells.emplace_back(*to_number(text));
      } else {
        cells.emplace_back(std::move(text));
      }
    }
    sample.columns.push_back(std::move(cells));
    model.columns.push_back(std::move(column));
  }
  catalog::SemanticModel whole;
  model.rows = sample.rows;
  whole.tables.push_back(std::move(model));
  std::vector<TableSample> samples;
  samples.push_back(std::move(sample));
  return Context::from_samples(std::move(whole), std::move(samples));
}

bool correct(const LookupSpace& space, const Lookup& lookup, const Example& example) {
  const auto cells = run_on_sample(space, lookup, 1000);
  if (cells.size() != example.expected.size()) return false;
  std::vector<std::string> got;
  for (const Cell& cell : cells) got.push_back(canonical(cell));
  std::ranges::sort(got);
  return got == example.expected;
}

struct Tally {
  int seen = 0, right = 0, reachable = 0;
};

void visit(const TableExamples& table, LearntWeights& weights, bool learn, Tally& tally) {
  for (const Example& example : table.examples) {
    const Links links = link(*table.context, example.question, "2020-01-01");
    const LookupSpace space = find_lookups(*table.context, links, weights, learn ? 48 : 1);
    if (space.candidates.empty()) continue;
    ++tally.seen;
    std::vector<bool> good;
    bool any = false;
    for (const Lookup& candidate : space.candidates) {
      good.push_back(correct(space, candidate, example));
      any = any || good.back();
    }
    tally.right += good[0];
    tally.reachable += any;
    if (!learn || !any) continue;
    const double top = space.candidates[0].score;
    double total = 0, total_good = 0;
    std::vector<double> mass;
    for (std::size_t i = 0; i < good.size(); ++i) {
      mass.push_back(std::exp(space.candidates[i].score - top));
      total += mass[i];
      if (good[i]) total_good += mass[i];
    }
    if (total_good <= 0) continue;
    if (total_good / total > 0.995) continue;
    std::unordered_map<std::uint32_t, float> gradient;
    for (std::size_t i = 0; i < good.size(); ++i) {
      const double g = (good[i] ? mass[i] / total_good : 0) - mass[i] / total;
      if (std::abs(g) < 1e-3) continue;
      for (const Feature& f : features_of(space, space.candidates[i])) {
        gradient[f.id] += static_cast<float>(g) * f.value;
      }
    }
    for (const auto& [id, g] : gradient) {
      if (std::abs(g) > 1e-6f) weights.step(id, g);
    }
  }
}

void write(const LearntWeights& weights, const char* path) {
  std::ofstream out(path);
  out << "// Generated by tools/learn/learn.sh. Do not edit.\n"
         "#include \"analysis/ask/ranking/weights_data.h\"\n\nnamespace sextant::ask {\n\n"
         "namespace {\n// clang-format off\nconstexpr std::uint32_t kData[] = {\n";
  int written = 0;
  for (std::uint32_t id = 0; id <= Weights::kMask; ++id) {
    const float w = weights.weight[id];
    if (std::abs(w) < 0.16f) continue;
    const int quantised = std::clamp(static_cast<int>(std::lround(w / kWeightStep)) + 512, 0, 1023);
    out << (id << 10 | static_cast<std::uint32_t>(quantised)) << "u,"
        << (++written % 10 ? "" : "\n");
  }
  out << "\n};\n// clang-format on\n}  // namespace\n\n"
         "std::span<const std::uint32_t> shipped_weight_data() { return kData; }\n\n"
         "}  // namespace sextant::ask\n";
  std::cerr << written << " weights\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: sextant_learn TABLES.jsonl QUESTIONS.jsonl OUT.gen.cc [epochs] [hold]\n";
    return 2;
  }
  const int epochs = argc > 4 ? std::atoi(argv[4]) : 3;
  const int hold = argc > 5 ? std::atoi(argv[5]) : 0;
  std::vector<TableExamples> tables;
  std::unordered_map<std::string, std::size_t> by_name;
  std::string line;
  for (std::ifstream in(argv[1]); std::getline(in, line);) {
    const auto value = json::parse(line);
    if (!value) continue;
    const auto& object = value->as_object();
    by_name.emplace(object.at("name").as_string().c_str(), tables.size());
    tables.push_back({std::make_unique<Context>(make_context(object)), {}});
  }
  for (std::ifstream in(argv[2]); std::getline(in, line);) {
    const auto value = json::parse(line);
    if (!value) continue;
    const auto& object = value->as_object();
    const auto found = by_name.find(object.at("table").as_string().c_str());
    if (found == by_name.end()) continue;
    Example example;
    example.question = object.at("question").as_string().c_str();
    for (const auto& row : object.at("expected_rows").as_array()) {
      const auto& cell = row.as_array().at(0);
      if (cell.is_null()) {
        example.expected.emplace_back();
      } else if (cell.is_string()) {
        example.expected.push_back(canonical(Cell(std::string(text::trim(cell.as_string())))));
      } else {
        example.expected.push_back(canonical(Cell(cell.to_number<double>())));
      }
    }
    std::ranges::sort(example.expected);
    tables[found->second].examples.push_back(std::move(example));
  }
  std::cerr << tables.size() << " tables\n";
  LearntWeights weights;
  const auto held = [hold](std::size_t t) {
    return hold > 0 && t % static_cast<std::size_t>(hold) == 0;
  };
  std::vector<std::size_t> order;
  for (std::size_t t = 0; t < tables.size(); ++t) order.push_back(t * 7919 % tables.size());
  for (int epoch = 0; epoch < epochs; ++epoch) {
    Tally learnt, tested;
    for (const std::size_t t : order) {
      if (!held(t)) visit(tables[t], weights, true, learnt);
      if (learnt.seen % 5000 < 3 && learnt.seen > 3) {
        std::cerr << fmt::format("  {} {:.2f}% reachable {:.2f}%\n", learnt.seen,
                                 100. * learnt.right / learnt.seen,
                                 100. * learnt.reachable / learnt.seen);
      }
    }
    for (const std::size_t t : order) {
      if (held(t)) visit(tables[t], weights, false, tested);
    }
    std::cerr << fmt::format(
        "epoch {}: learnt from {} {:.2f}% (reachable {:.2f}%), held back {} {:.2f}%\n", epoch + 1,
        learnt.seen, 100. * learnt.right / std::max(1, learnt.seen),
        100. * learnt.reachable / std::max(1, learnt.seen), tested.seen,
        100. * tested.right / std::max(1, tested.seen));
    write(weights, argv[3]);
  }
  return 0;
}
