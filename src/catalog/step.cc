#include "catalog/step.h"

namespace sextant::catalog {
namespace {

constexpr std::size_t kLongestText = 10'000;

class Checker {
 public:
  Checker(std::string path, std::vector<json::FieldError>& errors)
      : path_(std::move(path)), errors_(errors) {}

  void text(const char* member, const std::optional<std::string>& value, bool may_be_empty) {
    if (!value)
      errors_.push_back({path_ + "." + member, "is required for this kind of step"});
    else if (value->empty() && !may_be_empty)
      errors_.push_back({path_ + "." + member, "must not be empty"});
    else if (value->size() > kLongestText)
      errors_.push_back({path_ + "." + member, "may have at most 10000 bytes"});
  }
  void list(const char* member, const std::optional<std::vector<std::string>>& values,
            std::size_t least) {
    if (!values || values->size() < least)
      errors_.push_back({path_ + "." + member, "must name at least " + std::to_string(least)});
    else if (values->size() > 5000)
      errors_.push_back({path_ + "." + member, "may name at most 5000"});
  }

 private:
  std::string path_;
  std::vector<json::FieldError>& errors_;
};

}  // namespace

std::vector<json::FieldError> Step::check(const std::string& path) const {
  std::vector<json::FieldError> errors;
  Checker checker(path, errors);
  if (table.empty()) errors.push_back({path + ".table", "must name a table"});
  switch (kind) {
    case StepKind::rename:
      checker.text("column", column, false);
      checker.text("name", name, false);
      break;
    case StepKind::hide:
      checker.list("columns", columns, 1);
      break;
    case StepKind::split:
      checker.text("column", column, false);
      checker.text("separator", separator, false);
      checker.list("names", names, 2);
      break;
    case StepKind::trim:
    case StepKind::remove_duplicates:
      break;
    case StepKind::replace:
      checker.list("columns", columns, 1);
      checker.text("find", find, false);
      checker.text("replacement", replacement, true);
      break;
    case StepKind::fill:
      checker.list("columns", columns, 1);
      if (!previous.value_or(false)) checker.text("value", value, false);
      break;
    case StepKind::unpivot:
      checker.list("columns", columns, 1);
      checker.text("name", name, false);
      checker.text("value_name", value_name, false);
      break;
    case StepKind::compute:
      checker.text("name", name, false);
      checker.text("expression", expression, false);
      break;
  }
  return errors;
}

}  // namespace sextant::catalog
