#include "analysis/semantic/expressions.h"

#include <algorithm>

#include "base/text.h"
#include "catalog/model_edits.h"

namespace sextant::semantic {
namespace {

using catalog::ModelColumn;
using catalog::ModelTable;

bool starts_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}
bool in_name(char c) { return starts_name(c) || (c >= '0' && c <= '9') || c == '$'; }

const ModelColumn* column_named(const ModelTable& table, const std::string& name) {
  const std::string wanted = text::lower_ascii(name);
  for (const ModelColumn& column : table.columns) {
    if (text::lower_ascii(column.name) == wanted ||
        text::lower_ascii(column.original_name) == wanted) {
      return &column;
    }
  }
  return nullptr;
}

const ModelTable* table_named(const catalog::SemanticModel& model, const std::string& name) {
  const std::string wanted = text::lower_ascii(name);
  const auto it = std::ranges::find_if(
      model.tables, [&](const ModelTable& t) { return text::lower_ascii(t.name) == wanted; });
  return it == model.tables.end() ? nullptr : &*it;
}

class Rewriter {
 public:
  Rewriter(const catalog::SemanticModel& model, const ModelTable* own, const std::string& in)
      : model_(model), own_(own), in_(in) {}

  Result<std::string> rewrite() {
    while (at_ < in_.size()) {
      const char c = in_[at_];
      if (c == '\'') {
        TRY_VOID(quoted('\''));
      } else if (c == '"' || starts_name(c)) {
        TRY_VOID(name());
      } else if (c >= '0' && c <= '9') {
        while (at_ < in_.size() && (in_name(in_[at_]) || in_[at_] == '.')) out_ += in_[at_++];
      } else {
        TRY_VOID(symbol(c));
      }
    }
    if (depth_ != 0) return fail(ErrorCode::bad_request, "a bracket is not closed");
    return std::move(out_);
  }

 private:
  Result<> symbol(char c) {
    const char next = at_ + 1 < in_.size() ? in_[at_ + 1] : '\0';
    if ((c == '-' && next == '-') || (c == '/' && next == '*')) {
      return fail(ErrorCode::bad_request, "comments are not allowed in an expression");
    }
    if (c == ';') return fail(ErrorCode::bad_request, "an expression has no semicolon");
    if (c == '$') return fail(ErrorCode::bad_request, "an expression has no parameters");
    if (c == '(') ++depth_;
    if (c == ')' && --depth_ < 0) {
      return fail(ErrorCode::bad_request, "a bracket is closed that was not opened");
    }
    out_ += c;
    ++at_;
    return {};
  }

  // Copies a quoted text as it is; gives what is inside, with doubled quotes made single.
  Result<std::string> quoted(char quote) {
    std::string inside;
    const std::size_t start = at_++;
    for (; at_ < in_.size(); ++at_) {
      if (in_[at_] != quote) {
        inside += in_[at_];
      } else if (at_ + 1 < in_.size() && in_[at_ + 1] == quote) {
        inside += in_[at_++];
      } else {
        out_ += in_.substr(start, ++at_ - start);
        return inside;
      }
    }
    return fail(ErrorCode::bad_request, "a quote is not closed");
  }

  // A word as it is written, and what it names.
  Result<std::string> word() {
    if (in_[at_] == '"') return quoted('"');
    const std::size_t start = at_;
    while (at_ < in_.size() && in_name(in_[at_])) ++at_;
    out_ += in_.substr(start, at_ - start);
    return in_.substr(start, at_ - start);
  }

  char after_blanks() const {
    const std::size_t next = in_.find_first_not_of(" \t\r\n", at_);
    return next == std::string::npos ? '\0' : in_[next];
  }

  Result<> name() {
    const std::size_t mark = out_.size();
    const bool type = out_.ends_with("::") || text::lower_ascii(previous_) == "as";
    TRY(const std::string first, word());
    previous_ = first;
    // A type, a function, or a literal such as DATE '2025-01-01'.
    if (type || after_blanks() == '(' || after_blanks() == '\'') return {};
    if (after_blanks() == '.') {
      at_ = in_.find('.', at_) + 1;
      at_ = std::min(in_.find_first_not_of(" \t\r\n", at_), in_.size());
      out_ += '.';
      if (at_ >= in_.size() || (in_[at_] != '"' && !starts_name(in_[at_]))) return {};
      TRY(const std::string second, word());
      const ModelTable* table = table_named(model_, first);
      const ModelColumn* column = table ? column_named(*table, second) : nullptr;
      if (column) replace(mark, *table, *column);
      return {};
    }
    const ModelColumn* column = own_ ? column_named(*own_, first) : nullptr;
    if (column) replace(mark, *own_, *column);
    return {};
  }

  void replace(std::size_t mark, const ModelTable& table, const ModelColumn& column) {
    out_.resize(mark);
    out_ += text::quote_identifier(table.name) + "." + text::quote_identifier(column.name);
  }

  const catalog::SemanticModel& model_;
  const ModelTable* own_;
  const std::string& in_;
  std::string out_;
  std::string previous_;  // the word before
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Result<std::string> exact_expression(const catalog::SemanticModel& model, const std::string& table,
                                     const std::string& expression) {
  return Rewriter(model, catalog::find_table(model, table), expression).rewrite();
}

}  // namespace sextant::semantic
