#include "analysis/tuning/comparisons.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <map>

#include "analysis/ask/sql_tree.h"
#include "base/text.h"

namespace sextant::tuning {
namespace {

namespace tree = ask::tree;

// Days [from, to) as ISO dates.
struct Days {
  std::string from, to;
};

std::optional<int> digits(std::string_view text) {
  if (text.empty() || !std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  return std::stoi(std::string(text));
}

// The days of "2018", "2018-03" or "2018-03-05".
std::optional<Days> days_of(std::string_view text) {
  using namespace std::chrono;
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return std::nullopt;
  if ((text.size() > 4 && text[4] != '-') || (text.size() > 7 && text[7] != '-')) {
    return std::nullopt;
  }
  const auto y = digits(text.substr(0, 4));
  const auto m = text.size() > 4 ? digits(text.substr(5, 2)) : 1;
  const auto d = text.size() > 7 ? digits(text.substr(8, 2)) : 1;
  if (!y || !m || !d) return std::nullopt;
  const year_month_day first{year(*y), month(static_cast<unsigned>(*m)),
                             day(static_cast<unsigned>(*d))};
  if (!first.ok() || *y < 1) return std::nullopt;
  year_month_day next = first + years(1);
  if (text.size() == 7) next = first + months(1);
  if (text.size() == 10) next = sys_days(first) + days(1);
  const auto iso = [](const year_month_day& date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  };
  return Days{iso(first), iso(next)};
}

// `kind`: of the comparison of what these days stand for.
std::optional<std::string> days_condition(const std::string& column, std::string_view kind,
                                          const Days& days) {
  if (kind == "COMPARE_EQUAL") {
    return fmt::format("({0} >= DATE '{1}' AND {0} < DATE '{2}')", column, days.from, days.to);
  }
  if (kind == "COMPARE_LESSTHAN") return fmt::format("{} < DATE '{}'", column, days.from);
  if (kind == "COMPARE_LESSTHANOREQUALTO") return fmt::format("{} < DATE '{}'", column, days.to);
  if (kind == "COMPARE_GREATERTHAN") return fmt::format("{} >= DATE '{}'", column, days.to);
  if (kind == "COMPARE_GREATERTHANOREQUALTO") {
    return fmt::format("{} >= DATE '{}'", column, days.from);
  }
  return std::nullopt;
}

// A text that a pattern stands for itself in, of one byte a character.
bool is_plain(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return c >= ' ' && c < 0x7f && c != '%' && c != '_' && c != '\\';
  });
}

bool is_written_number(std::string_view text) {
  const auto plain = text.starts_with('-') ? text.substr(1) : text;
  return plain.size() <= 18 && digits(plain) && (plain.size() == 1 || plain[0] != '0') &&
         text != "-0";
}

std::optional<std::string> constant_text(const json::Object* node) {
  if (!node || !tree::is(*node, "VALUE_CONSTANT")) return std::nullopt;
  const auto value = tree::constant(*node);
  if (!value || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

class Condition {
 public:
  Condition(const json::Object& node, const Scope& scope, const StatementText& text)
      : node_(node), scope_(scope), text_(text), kind_(tree::text(node, "type")) {}

  std::optional<Rewriting> simpler() {
    if (tree::function(node_) == "~~" && tree::children(node_) == 2) {
      return like(*tree::child(node_, 0), *tree::child(node_, 1));
    }
    if (tree::text(node_, "class") != "COMPARISON") return std::nullopt;
    const auto *left = tree::object(node_, "left"), *right = tree::object(node_, "right");
    if (!left || !right) return std::nullopt;
    if (auto found = period(*left, *right)) return found;
    if (auto found = shifted(*left, *right)) return found;
    if (auto found = as_text(*left, *right)) return found;
    return beginning(*left, *right);
  }

 private:
  // The column with its name as it is written.
  struct Named {
    StoredColumn stored;
    std::string name;
  };
  std::optional<Named> column(const json::Object* node) const {
    const auto stored = node ? scope_.find(*node) : std::nullopt;
    const auto position = stored ? tree::position(*node) : std::nullopt;
    const auto part = position ? text_.name_at(*position) : std::nullopt;
    if (!part) return std::nullopt;
    return Named{*stored, text_.of(*part)};
  }

  // A column made text: x::VARCHAR.
  std::optional<Named> text_of_column(const json::Object& node) const {
    const auto* type = tree::object(node, "cast_type");
    if (!tree::is(node, "OPERATOR_CAST") || !type || tree::text(*type, "id") != "VARCHAR") {
      return std::nullopt;
    }
    return column(tree::object(node, "child"));
  }

  std::optional<Rewriting> replaced(const char* title, std::string why, std::string by) const {
    const auto position = tree::position(node_);
    const auto operation = position ? text_.operation_at(*position) : std::nullopt;
    if (!operation) return std::nullopt;
    return Rewriting{{title, std::move(why)},
                     {{static_cast<std::int64_t>(operation->left.start),
                       static_cast<std::int64_t>(operation->right.end), std::move(by)}}};
  }

  std::optional<Rewriting> days(const Named& named, std::string_view kind,
                                std::string_view written) const {
    if (!named.stored.is_date() && !named.stored.is_timestamp()) return std::nullopt;
    const auto days = days_of(written);
    auto by = days ? days_condition(named.name, kind, *days) : std::nullopt;
    if (!by) return std::nullopt;
    return replaced("Compare the date itself",
                    fmt::format("Nothing has to be computed of {} for each row, and blocks of "
                                "other days are skipped unread.",
                                named.name),
                    std::move(*by));
  }

  // year(x) = 2018, strftime(x, '%Y-%m') = '2018-03'
  std::optional<Rewriting> period(const json::Object& left, const json::Object& right) const {
    const auto name = tree::function(left);
    if (name == "strftime" && tree::children(left) == 2) {
      static const std::map<std::string_view, std::size_t> kLengths{
          {"%Y", 4}, {"%Y-%m", 7}, {"%Y-%m-%d", 10}};
      const auto format = constant_text(tree::child(left, 1));
      const auto written = constant_text(&right);
      const auto length = format ? kLengths.find(*format) : kLengths.end();
      const auto of = column(tree::child(left, 0));
      if (length == kLengths.end() || !written || written->size() != length->second || !of) {
        return std::nullopt;
      }
      return days(*of, kind_, *written);
    }
    const json::Object* of = nullptr;
    if (name == "year" && tree::children(left) == 1) of = tree::child(left, 0);
    if (name == "date_part" && tree::children(left) == 2) {
      const auto part = constant_text(tree::child(left, 0));
      if (part && text::lower_ascii(*part) == "year") of = tree::child(left, 1);
    }
    const auto year = tree::whole(right);
    const auto named = column(of);
    if (!named || !year || *year < 1 || *year > 9998) return std::nullopt;
    return days(*named, kind_, fmt::format("{:04}", *year));
  }

  // x::VARCHAR LIKE '2018-03%'
  std::optional<Rewriting> like(const json::Object& left, const json::Object& right) const {
    const auto of = text_of_column(left);
    auto pattern = constant_text(&right);
    if (!of || !pattern || !pattern->ends_with('%')) return std::nullopt;
    pattern->pop_back();
    if (pattern->ends_with('-')) pattern->pop_back();
    return days(*of, "COMPARE_EQUAL", *pattern);
  }

  // x + INTERVAL 1 DAY > DATE '2018-01-01'
  std::optional<Rewriting> shifted(const json::Object& left, const json::Object& right) const {
    constexpr std::array<std::string_view, 5> kUnits{"to_days", "to_weeks", "to_hours",
                                                     "to_minutes", "to_seconds"};
    const auto sign = tree::function(left);
    const auto* shift = tree::child(left, 1);
    if ((sign != "+" && sign != "-") || tree::children(left) != 2 ||
        std::ranges::find(kUnits, tree::function(*shift)) == kUnits.end()) {
      return std::nullopt;
    }
    const auto named = column(tree::child(left, 0));
    const auto* type = tree::object(right, "cast_type");
    const auto limit = type ? tree::text(*type, "id") : std::string_view();
    if (!named || (!named->stored.is_date() && !named->stored.is_timestamp()) ||
        !tree::constant(right) || (limit != "DATE" && limit != "TIMESTAMP")) {
      return std::nullopt;
    }
    const auto inner_at = tree::position(left), outer_at = tree::position(node_);
    const auto inner = inner_at ? text_.operation_at(*inner_at) : std::nullopt;
    const auto outer = outer_at ? text_.operation_at(*outer_at) : std::nullopt;
    if (!inner || !outer) return std::nullopt;
    const std::string interval =
        text_.of({inner->right.start, std::min(inner->right.end, outer->left.end)});
    std::string moved =
        fmt::format("{} {} {}", text_.of(outer->right), sign == "+" ? "-" : "+", interval);
    const bool whole_days =
        tree::function(*shift) == "to_days" || tree::function(*shift) == "to_weeks";
    if (named->stored.is_date() && limit == "DATE" && whole_days) {
      moved = "(" + moved + ")::DATE";
    }
    return replaced("Compute the limit, not the column",
                    fmt::format("{} is compared as it is stored; the interval is taken from the "
                                "limit, once.",
                                named->name),
                    fmt::format("{} {} {}", named->name, text_.of(outer->sign), moved));
  }

  // a.x::VARCHAR = b.x::VARCHAR, x::VARCHAR = '17'
  std::optional<Rewriting> as_text(const json::Object& left, const json::Object& right) const {
    const auto of = text_of_column(left);
    if (!of || kind_ != "COMPARE_EQUAL") return std::nullopt;
    const std::string why = "Values are compared as they are stored; no text is made of each.";
    if (const auto other = text_of_column(right)) {
      const bool alike = of->stored.column->type == other->stored.column->type &&
                         (of->stored.is_date() || of->stored.is_timestamp());
      const bool numbers = of->stored.is_whole_number() && other->stored.is_whole_number();
      if (!alike && !numbers) return std::nullopt;
      return replaced("Compare without making texts", why, of->name + " = " + other->name);
    }
    const auto written = constant_text(&right);
    if (!written) return std::nullopt;
    if (of->stored.is_whole_number() && is_written_number(*written)) {
      return replaced("Compare without making texts", why, of->name + " = " + *written);
    }
    if (of->stored.is_date() && written->size() == 10 && days_of(*written)) {
      return replaced("Compare without making texts", why,
                      fmt::format("{} = DATE '{}'", of->name, *written));
    }
    return std::nullopt;
  }

  // left(x, 2) = 'ab', lower(x) = 'abc'
  std::optional<Rewriting> beginning(const json::Object& left, const json::Object& right) const {
    const auto written = constant_text(&right);
    const auto name = tree::function(left);
    if (!written || !is_plain(*written) || kind_ != "COMPARE_EQUAL") return std::nullopt;
    const auto named = column(tree::child(left, 0));
    if (!named || !named->stored.is_text()) return std::nullopt;
    const auto length = [&](std::size_t child) {
      const auto* node = tree::child(left, child);
      return node ? tree::whole(*node) : std::nullopt;
    };
    const auto size = static_cast<std::int64_t>(written->size());
    const bool first = (name == "left" && tree::children(left) == 2 && length(1) == size) ||
                       ((name == "substr" || name == "substring") && tree::children(left) == 3 &&
                        length(1) == 1 && length(2) == size);
    if (first) {
      return replaced("Look at the beginning of the text in place",
                      fmt::format("No part of {} is cut out and kept for each row.", named->name),
                      named->name + " LIKE " + text::quote_literal(*written + "%"));
    }
    const bool small = name == "lower" && text::lower_ascii(*written) == *written;
    const bool large = name == "upper" &&
                       std::ranges::none_of(*written, [](char c) { return c >= 'a' && c <= 'z'; });
    if ((small || large) && tree::children(left) == 1) {
      return replaced("Compare without regard to case",
                      fmt::format("No other spelling of {} is made for each row.", named->name),
                      named->name + " ILIKE " + text::quote_literal(*written));
    }
    return std::nullopt;
  }

  const json::Object& node_;
  const Scope& scope_;
  const StatementText& text_;
  std::string_view kind_;
};

}  // namespace

std::optional<Rewriting> simpler_condition(const json::Object& node, const Scope& scope,
                                           const StatementText& text) {
  return Condition(node, scope, text).simpler();
}

}  // namespace sextant::tuning
