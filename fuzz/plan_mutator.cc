// How plan_fuzzer changes its inputs: plans and steps stay such that most pass the checks, with
// columns that are there and types that are none of them, so that what does them is reached. One
// change in eight is of bytes.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "catalog/load_plan.h"
#include "catalog/step.h"
#include "zip_parts.h"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most);

namespace {

using namespace sextant;

constexpr auto kHeaders =
    std::to_array<std::string_view>({"Name", "Day", "Total", "column_1", "A", "", "no such"});
constexpr auto kNames = std::to_array<std::string_view>(
    {"name", "day", "total", "first", "last", "part", "value", "column_1", "select", "a b", "É"});
constexpr auto kTypes = std::to_array<std::string_view>(
    {"VARCHAR", "BOOLEAN", "BIGINT", "HUGEINT", "DOUBLE", "DECIMAL", "DECIMAL(18,2)",
     "DECIMAL(38,38)", "DATE", "TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "TIME", "INTERVAL"});
constexpr auto kFormats = std::to_array<std::string_view>(
    {"%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d.%m.%y %H:%M", "%b %d, %Y", "%s", "%", "%j", "x"});
constexpr auto kWords = std::to_array<std::string_view>(
    {"NA", "-", "x", "", "0", "1.5", "03/04/2024", "yes", "Ada Byron", "\xff", "\n"});
constexpr auto kEncodings = std::to_array<std::string_view>(
    {"UTF-8", "windows-1252", "UTF-16LE", "UTF-16BE", "Shift_JIS", "GB18030", "Big5", "none"});
constexpr auto kDelimiters = std::to_array<std::string_view>({",", ";", "\t", "|", " ", "\"", "x"});
constexpr auto kExpressions = std::to_array<std::string_view>(
    {"total * 2", "name || 'x'", "day", "CASE WHEN total > 1 THEN name END", "total::VARCHAR",
     "1/0", "no_such", "total +", "NULL", "total IN (1, 2)", "-total", "name LIKE '%a%'",
     "'9' || total"});

class Change {
 public:
  explicit Change(unsigned seed) : random_(seed) {}

  std::size_t below(std::size_t n) { return random_() % n; }
  bool one_in(std::size_t n) { return below(n) == 0; }
  template <std::size_t N>
  std::string any(const std::array<std::string_view, N>& words) {
    return std::string(words[below(N)]);
  }
  template <std::size_t N>
  std::vector<std::string> some(const std::array<std::string_view, N>& words, std::size_t least) {
    std::vector<std::string> out;
    for (std::size_t n = least + below(3); n > 0; --n) out.push_back(any(words));
    return out;
  }

  void change(catalog::LoadPlan& plan) {
    switch (below(6)) {
      case 0:
        plan.encoding = one_in(3) ? std::nullopt : std::optional(any(kEncodings));
        return;
      case 1:
        plan.delimiter = one_in(3) ? std::nullopt : std::optional(any(kDelimiters));
        return;
      default:
        if (!plan.tables || plan.tables->empty()) plan.tables.emplace(1);
        change(plan.tables->front());
    }
  }

  void change(std::vector<catalog::Step>& steps) {
    if (!steps.empty() && one_in(3)) steps.erase(steps.begin() + std::ssize(steps) / 2);
    if (!steps.empty() && one_in(3)) {
      steps[below(steps.size())] = step();
    } else if (steps.size() < 5) {
      const auto at = static_cast<std::ptrdiff_t>(below(steps.size() + 1));
      steps.insert(steps.begin() + at, step());
    }
  }

 private:
  void change(catalog::TableChoice& table) {
    if (one_in(3)) {
      table.header_row = one_in(4) ? std::nullopt : std::optional<std::int64_t>(below(5));
      return;
    }
    if (!table.columns) table.columns.emplace();
    const auto column = any(kHeaders);
    auto at = std::ranges::find(*table.columns, column, &catalog::ColumnChoice::column);
    if (at == table.columns->end()) {
      if (table.columns->size() > 8) table.columns->clear();
      table.columns->push_back({.column = column});
      at = table.columns->end() - 1;
    }
    switch (below(5)) {
      case 0:
        at->date_order =
            one_in(2) ? catalog::DateOrder::day_first : catalog::DateOrder::month_first;
        break;
      case 1:
        at->date_format = any(kFormats);
        break;
      case 2:
        at->decimal_mark = one_in(2) ? "." : ",";
        break;
      case 3:
        at->missing_values = some(kWords, 0);
        break;
      default:
        at->type = any(kTypes);
    }
  }

  catalog::Step step() {
    constexpr auto kKinds = std::to_array<catalog::StepKind>(
        {catalog::StepKind::rename, catalog::StepKind::hide, catalog::StepKind::split,
         catalog::StepKind::trim, catalog::StepKind::replace, catalog::StepKind::fill,
         catalog::StepKind::remove_duplicates, catalog::StepKind::unpivot,
         catalog::StepKind::compute});
    catalog::Step out;
    out.kind = kKinds[below(kKinds.size())];
    out.table = "t";
    out.column = any(kNames);
    out.columns = some(kNames, 1);
    out.name = any(kNames);
    out.names = some(kNames, 2);
    out.separator = one_in(2) ? " " : any(kWords);
    out.find = any(kWords);
    out.replacement = any(kWords);
    out.value = any(kWords);
    out.value_name = any(kNames);
    out.expression = any(kExpressions);
    if (one_in(2)) out.whole_cell = one_in(2);
    if (one_in(3)) out.previous = one_in(2);
    return out;
  }

  std::minstd_rand random_;
};

template <class T>
T read_or_new(std::string_view text) {
  const auto parsed = json::parse(std::string(text));
  if (!parsed) return {};
  auto value = json::from_value<T>(*parsed);
  return value ? std::move(*value) : T{};
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                               std::size_t most, unsigned seed) {
  Change change(seed);
  if (change.one_in(8)) return LLVMFuzzerMutate(data, size, most);
  const auto parts =
      workbook_fuzz::cut(std::string_view(reinterpret_cast<const char*>(data), size), 3);
  auto plan = read_or_new<catalog::LoadPlan>(parts[0]);
  auto steps = read_or_new<std::vector<catalog::Step>>(parts[1]);
  std::string text(parts[2]);
  switch (change.below(3)) {
    case 0:
      change.change(plan);
      break;
    case 1:
      change.change(steps);
      break;
    default: {
      const auto before = text.size();
      text.resize(before + 64);
      text.resize(
          LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(text.data()), before, text.size()));
    }
  }
  const auto out =
      json::dump(json::to_value(plan)) + '\0' + json::dump(json::to_value(steps)) + '\0' + text;
  if (out.size() > most) return LLVMFuzzerMutate(data, size, most);
  std::memcpy(data, out.data(), out.size());
  return out.size();
}
