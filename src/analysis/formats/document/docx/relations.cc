#include "analysis/formats/document/docx/relations.h"

#include <filesystem>

namespace sextant::formats::docx {
namespace {

class Reader final : public workbook::XmlHandler {
 public:
  explicit Reader(std::string folder) : folder_(std::move(folder)) {}

  void start(std::string_view name, const workbook::Attributes& attributes) override {
    if (name != "Relationship" || attributes.get("TargetMode") == "External") return;
    const std::string type(attributes.get("Type"));
    const std::string target(attributes.get("Target"));
    if (target.empty()) return;
    const auto path = target.starts_with('/')
                          ? std::filesystem::path(target.substr(1))
                          : (std::filesystem::path(folder_) / target).lexically_normal();
    found.emplace(type.substr(type.rfind('/') + 1), path.string());
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}

  std::multimap<std::string, std::string> found;

 private:
  std::string folder_;
};

}  // namespace

Result<std::multimap<std::string, std::string>> read_relations(workbook::Package& package,
                                                               const std::string& part) {
  const std::filesystem::path path(part);
  const auto relations =
      (path.parent_path() / "_rels" / (path.filename().string() + ".rels")).string();
  if (!package.has(relations)) return std::multimap<std::string, std::string>{};
  Reader reader(path.parent_path().string());
  TRY_VOID(package.parse(relations, reader));
  return std::move(reader.found);
}

}  // namespace sextant::formats::docx
