#include "analysis/semantic/model.h"

#include <algorithm>

#include "analysis/ask/ask.h"
#include "analysis/semantic/columns.h"
#include "analysis/semantic/joins.h"
#include "analysis/semantic/metrics.h"
#include "base/text.h"
#include "catalog/model_edits.h"

namespace sextant::semantic {

namespace {

using catalog::SemanticType;

constexpr std::size_t kSuggestions = 8;

const catalog::ColumnProfile* find_profile(const std::vector<catalog::TableProfile>& profiles,
                                           const std::string& table, const std::string& column) {
  for (const auto& t : profiles) {
    if (t.table != table) continue;
    for (const auto& c : t.columns) {
      if (c.name == column) return &c;
    }
  }
  return nullptr;
}

// Counts for a table that was not profiled, in one query over at most 200,000 rows.
Result<std::vector<ColumnFacts>> count_columns(const catalog::Table& table,
                                               engine::Connection& connection) {
  std::vector<ColumnFacts> facts(table.columns.size());
  if (table.columns.empty()) return facts;
  std::string list = "count(*)";
  for (const auto& column : table.columns) {
    const std::string name = text::quote_identifier(column.name);
    list += ", count(DISTINCT " + name + "), count(*) - count(" + name + ")";
  }
  TRY(auto rows, connection.query("SELECT " + list + " FROM (SELECT * FROM " +
                                  text::quote_identifier(table.name) + " LIMIT 200000)"));
  for (std::size_t i = 0; i < facts.size(); ++i) {
    facts[i].rows = rows.int64(0, 0);
    facts[i].distinct = rows.int64(0, static_cast<std::int64_t>(2 * i + 1));
    facts[i].nulls = rows.int64(0, static_cast<std::int64_t>(2 * i + 2));
  }
  return facts;
}

Result<catalog::ModelTable> describe_table(const catalog::Table& table,
                                           const std::string& source_id,
                                           const std::vector<catalog::TableProfile>& profiles,
                                           engine::Connection& connection) {
  catalog::ModelTable m;
  m.name = table.name;
  m.source_id = source_id;
  m.display_name = table.title.empty() ? display_name(table.name) : table.title;
  m.rows = table.rows;
  std::vector<ColumnFacts> facts;
  for (const auto& column : table.columns) {
    const auto* profile = find_profile(profiles, table.name, column.name);
    if (!profile) {
      TRY(facts, count_columns(table, connection));
      break;
    }
    ColumnFacts f{profile->rows, profile->distinct, profile->nulls, {}};
    for (const auto& value : profile->top) {
      if (f.examples.size() < 5) f.examples.push_back(value.value);
    }
    facts.push_back(std::move(f));
  }
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    m.columns.push_back(describe_column(
        table.columns[i], find_profile(profiles, table.name, table.columns[i].name), facts[i]));
    const bool key_type = table.columns[i].type != "DOUBLE" && table.columns[i].type != "FLOAT" &&
                          !table.columns[i].type.starts_with("DECIMAL") &&
                          table.columns[i].type != "DATE" &&
                          !table.columns[i].type.starts_with("TIMESTAMP");
    const auto* profile = find_profile(profiles, table.name, table.columns[i].name);
    bool unique = facts[i].rows > 0 && facts[i].nulls == 0 && facts[i].distinct == facts[i].rows;
    if (unique && profile && !profile->distinct_is_exact) {
      // An estimate is checked where the name makes it likely.
      const auto words = name_words(table.columns[i].name);
      unique = words.back() == "id" || words.back() == "key";
    }
    if (unique && key_type) m.keys.push_back(table.columns[i].name);
  }
  // Identifiers first: they name a row best; free text last.
  const auto rank = [&](const std::string& key) {
    const auto column = std::ranges::find(m.columns, key, &catalog::ModelColumn::name);
    return column->role == catalog::Role::identifier ? 0
           : column->role == catalog::Role::text     ? 2
                                                     : 1;
  };
  std::vector<std::string> keys;
  for (int wanted = 0; wanted < 3; ++wanted) {
    std::ranges::copy_if(m.keys, std::back_inserter(keys),
                         [&](const std::string& key) { return rank(key) == wanted; });
  }
  m.keys = std::move(keys);
  // The time of an event rather than of its bookkeeping.
  int best = 0;
  for (const auto& column : m.columns) {
    if (column.type != "DATE" && !column.type.starts_with("TIMESTAMP")) continue;
    int score = 10;
    for (const auto& word : name_words(column.name)) {
      if (word == "updated" || word == "modified" || word == "birth" || word == "end" ||
          word == "deleted" || word == "due") {
        score -= 6;
      }
      if (word == "order" || word == "sale" || word == "invoice" || word == "transaction" ||
          word == "event" || word == "date" || word == "purchase") {
        score += 2;
      }
    }
    if (score > best) {
      best = score;
      m.time_column = column.name;
    }
  }
  return m;
}

std::string lower_first(std::string words) {
  if (words.size() > 1 && words[0] >= 'A' && words[0] <= 'Z' && words[1] >= 'a') {
    words[0] = static_cast<char>(words[0] + 32);
  }
  return words;
}

// Of an English noun or a phrase that ends in one; what ends in s counts as plural.
std::string plural(std::string noun) {
  const auto ends = [&](std::string_view with) { return noun.ends_with(with); };
  if (ends("s")) return noun;
  if (ends("x") || ends("ch") || ends("sh")) return noun + "es";
  const auto before = noun.size() > 1 ? noun[noun.size() - 2] : ' ';
  if (ends("y") && std::string_view("aeiou ").find(before) == std::string_view::npos) {
    noun.pop_back();
    return noun + "ies";
  }
  return noun + "s";
}

std::string spaced(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

// The table whose faults are worth a question before others are; none when all are good.
const catalog::TableProfile* faulty_table(const std::vector<catalog::TableProfile>& profiles) {
  constexpr double kGood = 0.95;
  const catalog::TableProfile* worst = nullptr;
  for (const auto& profile : profiles) {
    if (profile.quality && profile.quality->score < (worst ? worst->quality->score : kGood))
      worst = &profile;
  }
  return worst;
}

// Questions in the order in which they are useful; most of them get an answer.
std::vector<std::string> possible_questions(const catalog::SemanticModel& model,
                                            const std::string& source_id) {
  std::vector<std::string> questions;
  const auto of_source = [&](const std::string& table) {
    return std::ranges::any_of(
        model.tables, [&](const auto& t) { return t.name == table && t.source_id == source_id; });
  };
  const auto category_of = [](const catalog::ModelTable& table) -> const catalog::ModelColumn* {
    const catalog::ModelColumn* best = nullptr;
    for (const auto& c : table.columns) {
      const auto s = c.semantic_type;
      const bool label = s == SemanticType::category || s == SemanticType::country ||
                         s == SemanticType::region || s == SemanticType::city;
      if (label && c.distinct >= 2 && c.distinct <= 50 && (!best || c.distinct > best->distinct))
        best = &c;
    }
    return best;
  };
  for (const auto& metric : model.metrics) {
    if (!of_source(metric.table)) continue;
    questions.push_back("Show " + spaced(metric.name) + " by month");
    for (const auto& table : model.tables) {
      if (const auto* category = category_of(table)) {
        questions.push_back("What are the top 5 " + plural(lower_first(category->display_name)) +
                            " by " + spaced(metric.name) + "?");
      }
    }
  }
  for (const auto& table : model.tables) {
    if (table.source_id != source_id) continue;
    const auto* category = category_of(table);
    if (table.time_column) questions.push_back("How many " + spaced(table.name) + " per month?");
    if (category) {
      questions.push_back("How many " + spaced(table.name) + " per " +
                          lower_first(category->display_name) + "?");
    }
    for (const auto& c : table.columns) {
      if (c.role != catalog::Role::measure || !category) continue;
      const std::string aggregate =
          c.default_aggregation == catalog::Aggregation::avg ? "average " : "total ";
      questions.push_back("What is the " + aggregate + lower_first(c.display_name) + " by " +
                          lower_first(category->display_name) + "?");
    }
  }
  if (std::ranges::any_of(model.tables,
                          [&](const auto& t) { return t.source_id == source_id && t.rows > 0; })) {
    questions.push_back("What are the main trends in my data?");
    questions.push_back("Show me a summary of my data");
  }
  return questions;
}

}  // namespace

Result<catalog::SemanticModel> describe_source(const wire::ModelRequest& request,
                                               engine::Connection& connection) {
  const auto source = std::ranges::find(request.catalog.sources, request.source_id,
                                        &catalog::SourceVersion::source_id);
  if (source == request.catalog.sources.end()) {
    return fail(ErrorCode::not_found, "There is no source " + request.source_id + ".");
  }
  catalog::SemanticModel whole = request.known;
  std::erase_if(whole.tables, [&](const auto& t) { return t.source_id == request.source_id; });
  std::erase_if(whole.metrics, [&](const auto& m) {
    return std::ranges::any_of(source->tables, [&](const auto& t) { return t.name == m.table; });
  });
  for (const auto& table : source->tables) {
    TRY(auto described, describe_table(table, request.source_id, request.profiles, connection));
    whole.tables.push_back(std::move(described));
  }
  TRY_VOID(find_joins(whole, request.source_id, connection));
  derive_metrics(whole);
  return whole;
}

Result<wire::ModelReply> build_model(const wire::ModelRequest& request,
                                     engine::Connection& connection) {
  TRY(catalog::SemanticModel whole, describe_source(request, connection));
  const auto source = std::ranges::find(request.catalog.sources, request.source_id,
                                        &catalog::SourceVersion::source_id);
  wire::ModelReply reply;
  ask::QuestionEngine questions;
  auto possible = possible_questions(whole, request.source_id);
  if (const auto* table = faulty_table(request.profiles)) {
    possible.insert(possible.begin() + std::min<std::ptrdiff_t>(2, std::ssize(possible)),
                    "What is the data quality of " + spaced(table->table) + "?");
  }
  for (const auto& question : possible) {
    if (reply.suggested_questions.size() >= kSuggestions) break;
    if (std::ranges::find(reply.suggested_questions, question) != reply.suggested_questions.end())
      continue;
    wire::AskRequest ask;
    ask.catalog = request.catalog;
    ask.model = whole;
    ask.question = question;
    auto answer = questions.answer(ask, connection);
    if (!answer && answer.error().code == ErrorCode::cancelled) return fail(answer.error());
    if (answer && answer->status == catalog::AnswerStatus::answered && answer->total_rows > 0) {
      reply.suggested_questions.push_back(question);
    }
  }
  const auto mine = [&](const std::string& table) {
    return std::ranges::any_of(source->tables, [&](const auto& t) { return t.name == table; });
  };
  for (auto& table : whole.tables) {
    if (table.source_id == request.source_id) reply.model.tables.push_back(std::move(table));
  }
  for (const auto& join : request.known.joins) {
    const auto same = [&](const auto& other) { return catalog::same_join(join, other); };
    if (!mine(join.left.table) && !mine(join.right.table) &&
        std::ranges::none_of(whole.joins, same)) {
      reply.superseded.push_back(join);
    }
  }
  for (auto& join : whole.joins) {
    if (mine(join.left.table) || mine(join.right.table))
      reply.model.joins.push_back(std::move(join));
  }
  for (auto& metric : whole.metrics) {
    if (mine(metric.table)) reply.model.metrics.push_back(std::move(metric));
  }
  return reply;
}

}  // namespace sextant::semantic
