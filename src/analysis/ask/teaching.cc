#include "analysis/ask/teaching.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "analysis/ask/chips.h"
#include "analysis/ask/linking/links.h"
#include "analysis/ask/words.h"
#include "analysis/chart/choose.h"
#include "analysis/insight/prose.h"
#include "base/json.h"
#include "base/text.h"
#include "catalog/model_edits.h"

namespace sextant::ask {
namespace {

using catalog::Meaning;
using catalog::same_name;

constexpr std::int64_t kRows = 1'000;
constexpr std::size_t kLongestPhrase = 80;

// Between a phrase and its meaning.
constexpr std::array<std::string_view, 6> kVerbs = {
    " means ", " stands for ", " is short for ", " refers to ", " i mean ", " is the same as "};
constexpr std::array<std::string_view, 10> kOpeners = {
    "remember that ", "remember ", "remember: ", "from now on ", "please ",
    "when i say ",    "by ",       "with ",      "if i say ",    "the word "};

std::string_view without_openers(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    text = text::trim(text);
    const std::string lower = text::lower_ascii(text);
    for (const auto opener : kOpeners) {
      if (!lower.starts_with(opener)) continue;
      text.remove_prefix(opener.size());
      again = true;
      break;
    }
  }
  return text;
}

// Without quotes, commas and the full stop around it.
std::string bare(std::string_view text) {
  std::string out(text::trim(text));
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view mark : {"\"", "'", "“", "”", "‘", "’", "`", ",", ".", ":"}) {
      if (out.starts_with(mark)) {
        out.erase(0, mark.size());
        again = true;
      }
      if (out.ends_with(mark)) {
        out.resize(out.size() - mark.size());
        again = true;
      }
    }
    out = std::string(text::trim(out));
  }
  return out;
}

struct Said {
  std::string phrase;
  std::string meaning;
};

std::optional<Said> said(const std::string& message) {
  if (text::trim(message).ends_with("?")) return std::nullopt;
  const std::string_view rest = without_openers(message);
  const std::string lower = text::lower_ascii(rest);
  for (const auto verb : kVerbs) {
    const std::size_t at = lower.find(verb);
    if (at == std::string::npos) continue;
    Said out{bare(rest.substr(0, at)), bare(rest.substr(at + verb.size()))};
    const std::string first = out.phrase.substr(0, out.phrase.find(' '));
    for (const auto* word : {"what", "which", "who", "how", "why", "show", "list", "find"}) {
      if (text::lower_ascii(first) == word) return std::nullopt;
    }
    if (out.phrase.empty() || out.meaning.empty() || out.phrase.size() > kLongestPhrase) {
      return std::nullopt;
    }
    return out;
  }
  return std::nullopt;
}

bool called(const std::string& words, const std::string& name, const std::string& display,
            const std::vector<std::string>& synonyms) {
  return same_name(words, name) || same_name(words, display) ||
         std::ranges::any_of(synonyms, [&](const auto& s) { return same_name(words, s); });
}

// What the words can name: columns (of the table said with them), else metrics, tables, values.
std::vector<Meaning> meanings_of(const Context& context, const std::string& words) {
  const auto& model = context.model();
  std::string column = words, table;
  for (const std::string_view between : {" of the ", " of ", " in the ", " in ", " from "}) {
    const std::size_t at = text::lower_ascii(words).rfind(between);
    if (at == std::string::npos) continue;
    column = bare(words.substr(0, at));
    table = bare(words.substr(at + between.size()));
    break;
  }
  if (const std::size_t dot = words.find('.'); table.empty() && dot != std::string::npos) {
    table = bare(words.substr(0, dot));
    column = bare(words.substr(dot + 1));
  }
  const auto columns = [&](const std::string& name, const std::string& of) {
    std::vector<Meaning> found;
    for (const auto& t : model.tables) {
      if (!of.empty() && !called(of, t.name, t.display_name, t.synonyms)) continue;
      for (const auto& c : t.columns) {
        if (!called(name, c.name, c.display_name, c.synonyms) && !same_name(name, c.original_name))
          continue;
        found.push_back({.table = t.name, .column = c.name});
      }
    }
    return found;
  };
  auto found = columns(words, "");
  if (found.empty() && !table.empty()) found = columns(column, table);
  if (!found.empty()) return found;
  for (const auto& metric : model.metrics) {
    if (called(words, metric.name, metric.name, metric.synonyms)) return {{.metric = metric.name}};
  }
  for (const auto& t : model.tables) {
    if (called(words, t.name, t.display_name, t.synonyms)) return {{.table = t.name}};
  }
  if (const auto* values = context.find_value(normalise(words))) {
    for (const int v : *values) {
      const auto& entry = context.values()[v];
      const ColumnEntry& c = context.columns()[entry.column];
      found.push_back({.table = context.tables()[c.table].model->name,
                       .column = c.model->name,
                       .value = entry.value});
    }
  }
  return found;
}

}  // namespace

std::optional<catalog::Answer> read_teaching(const Context& context, const std::string& message) {
  const auto said_now = said(message);
  if (!said_now) return std::nullopt;
  catalog::Answer answer;
  const auto found = meanings_of(context, said_now->meaning);
  if (found.empty()) {
    answer.status = catalog::AnswerStatus::abstained;
    answer.response = "I could not find “" + said_now->meaning +
                      "” in your data, so I can not learn what “" + said_now->phrase +
                      "” means. Name a column, a metric, a table or a value as the data have it.";
    return answer;
  }
  if (found.size() > 1) {
    answer.status = catalog::AnswerStatus::abstained;
    answer.response = "“" + said_now->meaning + "” is there more than once. Say which one: ";
    for (std::size_t i = 0; i < found.size() && i < 3; ++i) {
      const auto& m = found[i];
      const std::string name = m.value ? *m.value : m.column.value_or("");
      answer.response += (i ? " or " : "") + std::string("“") + said_now->phrase + " means " +
                         name + " of " + m.table.value_or("") + "”";
    }
    answer.response += ".";
    return answer;
  }
  catalog::Teaching teaching;
  teaching.phrase = said_now->phrase;
  teaching.meaning = found.front();
  teaching.words = catalog::meaning_words(context.model(), teaching.meaning).value_or("");
  answer.status = catalog::AnswerStatus::answered;
  answer.response = "From now on “" + teaching.phrase + "” means " + teaching.words + ".";
  answer.teaching = std::move(teaching);
  return answer;
}

std::optional<catalog::Answer> explain_reading(const Context& context, const std::string& message,
                                               const std::optional<boost::json::value>& previous) {
  const bool asked = std::ranges::any_of(
      std::array{"what did you understand", "how did you understand that",
                 "what have you understood", "how did you read that",
                 "how did you read my question", "what did you understand by that"},
      [&](const char* phrase) { return same_name(message, phrase); });
  if (!asked) return std::nullopt;
  catalog::Answer answer;
  if (!previous || previous->is_null()) {
    answer.status = catalog::AnswerStatus::abstained;
    answer.response = "Nothing was asked and understood in this conversation yet.";
    return answer;
  }
  const auto reading = reading_from_json(*previous);
  if (!reading) return std::nullopt;
  answer.status = catalog::AnswerStatus::answered;
  answer.reading = to_view(context.model(), *reading);
  answer.response = "I understood: " + answer.reading->sentence + ".";
  if (!reading->table.empty()) {
    answer.response += " The rows are those of " + spaced(reading->table) + ".";
  }
  answer.response += " Change a part below, or say it in other words.";
  return answer;
}

const catalog::Teaching* find_taught(const std::vector<catalog::Teaching>& taught,
                                     const std::string& question) {
  const auto it = std::ranges::find_if(taught, [&](const catalog::Teaching& teaching) {
    return teaching.kind == catalog::TeachingKind::question && same_name(teaching.phrase, question);
  });
  return it == taught.end() ? nullptr : &*it;
}

Result<catalog::Answer> answer_pinned(const wire::AskRequest& request,
                                      const catalog::Teaching& pinned, engine::Engine& engine,
                                      std::stop_token stop) {
  const auto started = std::chrono::steady_clock::now();
  engine::RunRequest run;
  run.sql = pinned.meaning.sql_query.value_or("");
  run.limits.max_rows = kRows;
  std::string rows;
  TRY(const auto reply, engine.run(
                            run,
                            [&](std::string_view bytes) -> Result<> {
                              rows += bytes;
                              return {};
                            },
                            std::move(stop)));
  TRY(const auto parsed, json::parse("[" + rows + "]"));
  catalog::Answer answer;
  answer.status = catalog::AnswerStatus::answered;
  answer.generated_query = run.sql;
  answer.columns = reply.head.columns;
  answer.rows = parsed.as_array();
  answer.total_rows = reply.head.total_rows.value_or(static_cast<std::int64_t>(answer.rows.size()));
  answer.suggested_chart = chart::choose(answer.columns, answer.rows, answer.total_rows);
  catalog::Receipt receipt;
  receipt.sql = run.sql;
  for (const auto& name : reply.head.tables) {
    catalog::ReceiptTable table{name, {}, 1, 0};
    for (const auto& source : request.catalog.sources) {
      for (const auto& t : source.tables) {
        if (t.name != name) continue;
        table.source_id = source.source_id;
        table.version = source.version;
        table.rows = t.rows;
        answer.data_sources_used.push_back(source.source_id);
      }
    }
    receipt.rows_in += table.rows;
    receipt.tables.push_back(std::move(table));
  }
  auto& used = answer.data_sources_used;
  std::ranges::sort(used);
  used.erase(std::ranges::unique(used).begin(), used.end());
  receipt.rows_out = answer.total_rows;
  receipt.confidence = 1;
  receipt.remembered.push_back("this question is pinned to this SQL");
  insight::Prose prose;
  if (answer.rows.size() == 1 && answer.columns.size() == 1) {
    const auto& cell = answer.rows[0].as_array()[0];
    prose.text(upper_first(spaced(answer.columns[0].name)) + ": ");
    if (const auto number = insight::cell_number(cell)) {
      prose.number(insight::format_number(*number), 0, answer.columns[0].name);
    } else {
      prose.number(cell.is_string() ? std::string(cell.get_string()) : json::dump(cell), 0,
                   answer.columns[0].name);
    }
    prose.text(".");
  } else {
    prose.derived(insight::format_number(static_cast<double>(answer.total_rows)),
                  "number of rows of the result");
    prose.text(answer.total_rows == 1 ? " row." : " rows.");
  }
  answer.response = prose.str();
  receipt.numbers = std::move(prose.traces());
  receipt.elapsed_ms =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - started).count();
  answer.receipt = std::move(receipt);
  return answer;
}

}  // namespace sextant::ask
