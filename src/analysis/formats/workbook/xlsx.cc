#include "analysis/formats/workbook/xlsx.h"

#include <fmt/format.h>

#include <charconv>
#include <map>

#include "analysis/formats/workbook/limits.h"
#include "analysis/formats/workbook/string_store.h"
#include "analysis/formats/workbook/xlsx_sheet.h"
#include "base/text.h"

namespace sextant::formats::workbook {
namespace {

int number_of(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

struct Relationship {
  std::string type;  // the last part of its URI
  std::string target;
};
using Relationships = std::map<std::string, Relationship, std::less<>>;

class RelationshipsXml final : public XmlHandler {
 public:
  explicit RelationshipsXml(std::string folder) : folder_(std::move(folder)) {}
  void start(std::string_view name, const Attributes& attributes) override {
    if (name != "Relationship" || attributes.get("TargetMode") == "External" ||
        found.size() >= 100'000)
      return;
    const auto type = attributes.get("Type");
    found[std::string(attributes.get("Id"))] = {std::string(type.substr(type.rfind('/') + 1)),
                                                resolve(attributes.get("Target"))};
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
  Relationships found;

 private:
  std::string resolve(std::string_view target) const {
    std::string path =
        target.starts_with('/') ? std::string(target.substr(1)) : folder_ + std::string(target);
    std::vector<std::string> parts;
    for (std::size_t i = 0; i <= path.size();) {
      auto end = path.find('/', i);
      if (end == path.npos) end = path.size();
      auto part = path.substr(i, end - i);
      if (part == "..") {
        if (!parts.empty()) parts.pop_back();
      } else if (!part.empty() && part != ".") {
        parts.push_back(std::move(part));
      }
      i = end + 1;
    }
    std::string out;
    for (const auto& part : parts) out += (out.empty() ? "" : "/") + part;
    return out;
  }
  std::string folder_;
};

std::string folder_of(const std::string& part) { return part.substr(0, part.rfind('/') + 1); }
std::string relationships_of(const std::string& part) {
  return folder_of(part) + "_rels/" + part.substr(part.rfind('/') + 1) + ".rels";
}

Result<Relationships> read_relationships(Package& package, const std::string& part,
                                         const std::string& folder) {
  RelationshipsXml xml(folder);
  if (package.has(part)) TRY_VOID(package.parse(part, xml));
  return std::move(xml.found);
}

struct SheetEntry {
  SheetInfo info;
  std::string relationship;
};

class WorkbookXml final : public XmlHandler {
 public:
  void start(std::string_view name, const Attributes& attributes) override {
    if (name == "workbookPr") {
      const auto flag = attributes.get("date1904");
      epoch_1904 = flag == "1" || flag == "true" || flag == "on";
    } else if (name == "sheet" && sheets.size() < kMostSheets) {
      SheetEntry entry;
      entry.info.name = attributes.get("name");
      const auto state = attributes.get("state");
      if (state == "hidden") entry.info.visibility = Visibility::hidden;
      if (state == "veryHidden") entry.info.visibility = Visibility::very_hidden;
      // r:id, not sheetId
      entry.relationship = attributes.get("id");
      sheets.push_back(std::move(entry));
    }
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
  std::vector<SheetEntry> sheets;
  bool epoch_1904 = false;
};

class StylesXml final : public XmlHandler {
 public:
  void start(std::string_view name, const Attributes& attributes) override {
    if (name == "numFmt" && custom_.size() < kMostFormats) {
      custom_[number_of(attributes.get("numFmtId"))] =
          classify_format(attributes.get("formatCode"));
    } else if (name == "cellXfs") {
      in_formats_ = true;
    } else if (name == "xf" && in_formats_ && formats.size() < kMostFormats) {
      const int id = number_of(attributes.get("numFmtId"));
      const auto found = custom_.find(id);
      formats.push_back(found != custom_.end() ? found->second : builtin_format(id));
    }
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_formats_ = false;
  }
  void text(std::string_view) override {}
  std::vector<NumberFormat> formats;

 private:
  std::map<int, NumberFormat> custom_;
  bool in_formats_ = false;
};

class StringsXml final : public XmlHandler {
 public:
  explicit StringsXml(StringStore& store) : store_(store) {}
  void start(std::string_view name, const Attributes&) override {
    if (name == "si")
      value_.clear();
    else if (name == "t")
      in_text_ = phonetic_ == 0;
    else if (name == "rPh")
      ++phonetic_;
  }
  void end(std::string_view name) override {
    if (name == "t") in_text_ = false;
    if (name == "rPh") phonetic_ = std::max(0, phonetic_ - 1);
    if (name != "si") return;
    if (value_.find("_x") == value_.npos) {
      take(store_.add(value_));
    } else {
      std::string plain;
      append_unescaped(plain, value_);
      take(store_.add(plain));
    }
  }
  void text(std::string_view text) override {
    if (!in_text_) return;
    if (value_.size() + text.size() > kLongestText) {
      fail_with({ErrorCode::too_large,
                 fmt::format("Shared string {} is longer than 64 MB.", store_.size()),
                 {},
                 {}});
      return;
    }
    value_ += text;
  }

 private:
  StringStore& store_;
  std::string value_;
  bool in_text_ = false;
  int phonetic_ = 0;
};

class XlsxReader final : public Reader {
 public:
  XlsxReader(Package package, const std::string& temp_directory)
      : package_(std::move(package)), strings_(temp_directory) {}

  Result<> open() {
    TRY(const auto root, read_relationships(package_, "_rels/.rels", ""));
    std::string workbook = "xl/workbook.xml";
    for (const auto& [id, relationship] : root) {
      if (relationship.type == "officeDocument") workbook = relationship.target;
    }
    if (!package_.has(workbook)) {
      return fail(ErrorCode::unreadable_file,
                  fmt::format("The workbook part {} is missing.", workbook),
                  "The file is damaged; open it and save it under a new name.");
    }
    TRY_VOID(package_.parse(workbook, workbook_));
    epoch_1904_ = workbook_.epoch_1904;
    TRY(relationships_,
        read_relationships(package_, relationships_of(workbook), folder_of(workbook)));
    std::string strings = folder_of(workbook) + "sharedStrings.xml";
    std::string styles = folder_of(workbook) + "styles.xml";
    for (const auto& [id, relationship] : relationships_) {
      if (relationship.type == "sharedStrings") strings = relationship.target;
      if (relationship.type == "styles") styles = relationship.target;
    }
    StylesXml styles_xml;
    if (package_.has(styles)) TRY_VOID(package_.parse(styles, styles_xml));
    if (!styles_xml.formats.empty()) formats_ = std::move(styles_xml.formats);
    iso_date_ = static_cast<std::uint16_t>(formats_.size());
    formats_.push_back({FormatClass::date, {}, {}});
    for (const auto& sheet : workbook_.sheets) total_ += package_.inflated_bytes(part_of(sheet));
    total_ += package_.inflated_bytes(strings);
    if (package_.has(strings)) {
      StringsXml strings_xml(strings_);
      TRY_VOID(package_.parse(strings, strings_xml,
                              [this](std::int64_t bytes) { set_progress(bytes); }));
      done_ += package_.inflated_bytes(strings);
    }
    return strings_.finish();
  }

  Result<> read(Sink& sink) override {
    std::int64_t cells = 0;
    for (auto& sheet : workbook_.sheets) {
      const auto part = part_of(sheet);
      const auto found = relationships_.find(sheet.relationship);
      if (found != relationships_.end()) {
        const auto& type = found->second.type;
        if (type == "chartsheet") sheet.info.kind = SheetKind::chart;
        if (type == "dialogsheet") sheet.info.kind = SheetKind::dialog;
        if (type == "xlMacrosheet" || type == "xlIntlMacrosheet")
          sheet.info.kind = SheetKind::macro;
      }
      TRY_VOID(sink.begin_sheet(sheet.info));
      if (sheet.info.kind == SheetKind::cells && !part.empty()) {
        if (!package_.has(part)) {
          return fail(
              ErrorCode::unreadable_file,
              fmt::format("Sheet “{}” is missing in the file (part {}).", sheet.info.name, part),
              "The file is damaged; open it and save it under a new name.");
        }
        SheetXml xml({sheet.info.name, strings_.size(), epoch_1904_, iso_date_, cells}, sink);
        auto parsed =
            package_.parse(part, xml, [this](std::int64_t bytes) { set_progress(bytes); });
        if (!parsed) {
          auto error = parsed.error();
          if (!error.message.starts_with("Sheet"))
            error.message = fmt::format("Sheet “{}”: {}", sheet.info.name, error.message);
          return fail(std::move(error));
        }
        done_ += package_.inflated_bytes(part);
      }
      TRY_VOID(sink.end_sheet());
    }
    return {};
  }

  std::string_view shared_string(std::int64_t index) const override { return strings_.at(index); }

 private:
  std::string part_of(const SheetEntry& sheet) const {
    const auto found = relationships_.find(sheet.relationship);
    return found == relationships_.end() ? std::string{} : found->second.target;
  }
  void set_progress(std::int64_t bytes) {
    progress_ =
        total_ > 0 ? std::min(1.0, static_cast<double>(done_ + bytes) / static_cast<double>(total_))
                   : 0;
  }

  Package package_;
  StringStore strings_;
  WorkbookXml workbook_;
  Relationships relationships_;
  std::uint16_t iso_date_ = 0;
  std::int64_t total_ = 0;
  std::int64_t done_ = 0;
};

}  // namespace

Result<std::unique_ptr<Reader>> open_xlsx(Package package, const std::string& temp_directory) {
  auto reader = std::make_unique<XlsxReader>(std::move(package), temp_directory);
  TRY_VOID(reader->open());
  return reader;
}

}  // namespace sextant::formats::workbook
