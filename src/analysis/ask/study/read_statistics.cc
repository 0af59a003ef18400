#include <algorithm>

#include "analysis/ask/candidates/mentions.h"
#include "analysis/ask/stable_sort.h"
#include "analysis/ask/study/read.h"
#include "analysis/ask/study/statistics_reader.h"
#include "analysis/ask/study/told.h"
#include "base/json.h"

namespace sextant::ask {

namespace {

constexpr std::int64_t kMostGroupValues = 60;

}  // namespace

StatisticsReader::StatisticsReader(const Context& context, const Links& links, const Links& told,
                                   std::string_view instructions, const Weights& weights)
    : context_(context),
      links_(links),
      told_links_(told),
      weights_(weights),
      instructions_(instructions),
      told_(" " + normalise(instructions) + " "),
      all_(" "),
      sentences_(sentences_of(context, links)),
      words_of_verdict_(verdict_words(instructions)) {
  for (const Sentence& s : sentences_) all_ += s.words.substr(1);
  // How to compute, without what says how to write it.
  for (Sentence& s : sentences_of(context, told)) {
    const std::size_t from = static_cast<std::size_t>(told.tokens[s.first].start);
    const std::size_t to = static_cast<std::size_t>(told.tokens[s.last - 1].end);
    const std::string_view text = std::string_view(told.question).substr(from, to - from);
    const bool format = text.find('@') != std::string_view::npos ||
                        (from > 0 && told.question[from - 1] == '@') ||
                        s.words.starts_with(" where ");
    const bool denied = says_any(s, {"do not", "don t", "dont", "without any", "no missing"});
    if (!format && !denied) told_sentences_.push_back(std::move(s));
  }
}

bool StatisticsReader::derives(const std::string& name) const {
  return std::ranges::any_of(study_.preparations, [&](const Preparation& p) {
    return p.kind == PreparationKind::derive && p.name == name;
  });
}

Figure& StatisticsReader::add(FigureKind kind, std::vector<std::string> columns, std::string how,
                              double limit) {
  const auto after = static_cast<std::int64_t>(study_.preparations.size());
  for (Figure& f : study_.figures) {
    if (f.kind == kind && f.columns == columns && f.after == after && !f.within) return f;
  }
  Figure figure;
  figure.kind = kind;
  figure.columns = std::move(columns);
  figure.how = std::move(how);
  figure.limit = limit;
  figure.after = after;
  study_.figures.push_back(std::move(figure));
  return study_.figures.back();
}

std::string StatisticsReader::as_number(int column) {
  const ColumnEntry& entry = context_.columns()[column];
  const std::string& name = entry.model->name;
  if (std::ranges::find(used_, column) == used_.end()) used_.push_back(column);
  if (entry.kind == Kind::text && !derives(name)) {
    study_.preparations.push_back(
        {.kind = PreparationKind::derive, .columns = {name}, .how = "number", .name = name});
  }
  return name;
}

std::vector<std::string> StatisticsReader::numbers_in(const Sentence& s) {
  std::vector<std::pair<int, std::string>> found;
  for (const SaidColumn& said : s.columns) {
    if (!computable(context_.columns()[said.column])) continue;
    if (study_.group && name_of(said.column) == *study_.group) continue;
    if (std::ranges::find(filtering_, said.column) != filtering_.end()) continue;
    found.emplace_back(said.first, as_number(said.column));
  }
  // Names written as the data has them leave no doubt about the others.
  const auto literal = std::ranges::count_if(s.columns, &SaidColumn::literal);
  if (literal > 0 && static_cast<std::size_t>(literal) < s.columns.size()) {
    std::erase_if(found, [&](const auto& f) {
      return std::ranges::any_of(s.columns, [&](const SaidColumn& c) {
        return name_of(c.column) == f.second && !c.literal;
      });
    });
  }
  for (const Preparation& p : study_.preparations) {
    if (p.kind != PreparationKind::derive || p.columns.empty() || p.name == p.columns[0]) continue;
    const std::string own = squeeze(p.name), text = squeeze(s.words);
    if (own.size() < 3 || text.find(own) == std::string::npos) continue;
    const bool known =
        std::ranges::any_of(found, [&](const auto& f) { return f.second == p.name; });
    if (!known) found.emplace_back(s.first, p.name);
  }
  stable_sort_by(found, [](const auto& a, const auto& b) { return a.first < b.first; });
  // Years are what figures are of only when nothing else was spoken of.
  if (!last_.empty() || found.size() > 1) {
    std::erase_if(found, [&](const auto& f) {
      const int column = table_column(f.second);
      return column >= 0 &&
             context_.columns()[column].model->semantic_type == catalog::SemanticType::year;
    });
  }
  std::vector<std::string> names;
  for (auto& [at, name] : found) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  for (const auto& name : names) {
    if (std::ranges::find(spoken_, name) == spoken_.end()) spoken_.push_back(name);
  }
  return names;
}

std::optional<std::string> StatisticsReader::subject(const Sentence& s) {
  const auto numbers = numbers_in(s);
  if (!numbers.empty()) return numbers.front();
  if (!last_.empty()) return last_;
  return std::nullopt;
}

// The column of that name in the only table there is, or that was spoken of.
int StatisticsReader::table_column(const std::string& name) const {
  for (std::size_t c = 0; c < context_.columns().size(); ++c) {
    if (context_.columns()[c].model->name == name) return static_cast<int>(c);
  }
  return -1;
}

// "for each passenger class", "within each continent", "by region separately".
void StatisticsReader::find_group(const Sentence& s) {
  if (study_.group) return;
  for (const SaidColumn& said : s.columns) {
    const auto before = [&](int back) -> std::string {
      const int at = said.first - back;
      return at >= s.first ? links_.tokens[at].word : std::string();
    };
    bool each = false;
    for (int back = 1; back <= 4 && !each; ++back) {
      const std::string word = before(back);
      each = word == "each" || word == "per" || word == "every" || word == "different" ||
             (word == "by" && back == 1);
      if (word == "column" || word == "and" || word == "in") break;
    }
    if (!each || context_.columns()[said.column].model->distinct > kMostGroupValues) continue;
    study_.group = name_of(said.column);
    used_.push_back(said.column);
    return;
  }
}

void StatisticsReader::read_sentence(const Sentence& s, bool of_question) {
  if (of_question) {
    find_group(s);
    find_equalities(s);
    find_flags(s);
    find_ordinals(s);
    keep(s);
  }
  if (!derive(s)) prepare(s);
  ask_missing(s);
  ask_correlation(s);
  ask_normality(s);
  ask_outliers(s);
  if (of_question) ask_difference(s);
  ask_figures(s);
}

// The first table that has columns of all names that are computed with; false when there is none.
bool StatisticsReader::settle() {
  std::ranges::sort(used_);
  used_.erase(std::ranges::unique(used_).begin(), used_.end());
  const auto in_table = [&](int table) {
    std::vector<int> found;
    for (const int column : used_) {
      const int c = context_.find_column(context_.tables()[table].model->name, name_of(column));
      if (c < 0) return std::vector<int>();
      found.push_back(c);
    }
    return found;
  };
  for (int table = 0; table < static_cast<int>(context_.tables().size()); ++table) {
    if (table_ >= 0 && table != table_) continue;
    auto found = in_table(table);
    if (found.empty()) continue;
    used_ = std::move(found);
    table_ = table;
    return true;
  }
  if (!used_.empty()) return false;
  if (table_ < 0 && context_.tables().size() == 1) table_ = 0;
  return table_ >= 0;
}

std::optional<Reading> StatisticsReader::read() {
  for (const Sentence& s : sentences_) read_sentence(s, true);
  // What is prepared may be said only after the question.
  if (!told_sentences_.empty() &&
      (study_.figures.empty() || anywhere("preprocessing") || anywhere("preprocess"))) {
    for (const Sentence& s : told_sentences_) read_sentence(s, false);
  }
  const bool reports = report();
  // A test between the groups makes one row.
  if (std::ranges::all_of(study_.figures, [](const Figure& f) {
        return f.kind == FigureKind::difference || f.kind == FigureKind::difference_p_value;
      })) {
    study_.group.reset();
  }
  if ((!statistical_ && !reports) || study_.figures.empty() || !settle()) return std::nullopt;
  find_filters();
  if (!settle()) return std::nullopt;
  reading_.table = context_.tables()[table_].model->name;
  const bool whole_rows = std::ranges::any_of(study_.preparations, [](const Preparation& p) {
    return p.kind == PreparationKind::drop_duplicates;
  });
  if (!whole_rows) {
    for (const int column : used_) {
      reading_.columns.push_back({reading_.table, name_of(column), std::nullopt});
    }
  }
  reading_.intent = Intent::study;
  reading_.study = std::move(study_);
  return std::move(reading_);
}

std::optional<Reading> read_statistics(const Context& context, const Links& links,
                                       std::string_view instructions, std::string_view today,
                                       const Weights& weights) {
  const Links told = link(context, instructions, today);
  return StatisticsReader(context, links, told, instructions, weights).read();
}

}  // namespace sextant::ask
