#include "analysis/formats/load_inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "analysis/formats/archive.h"
#include "analysis/formats/combine.h"
#include "analysis/formats/decode.h"
#include "analysis/formats/names.h"
#include "analysis/formats/steps.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

// A file to decode: an upload, or a member of one that is an archive.
struct Source {
  wire::LoadInput input;
  std::string prefix;  // of the keys of its tables: "orders.csv/"; "" for uploads
  bool member = false;
};

// The choices for one member, by the keys that its decoder knows.
catalog::LoadPlan plan_of(const Source& source, const catalog::LoadPlan& plan) {
  if (source.prefix.empty() || !plan.tables) return plan;
  auto own = plan;
  own.tables->clear();
  for (auto table : *plan.tables) {
    if (table.key != source.prefix && !table.key.starts_with(source.prefix + "/")) continue;
    table.key.erase(0, std::min(table.key.size(), source.prefix.size() + 1));
    own.tables->push_back(std::move(table));
  }
  return own;
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (std::size_t i = 0; i < names.size() && i < 20; ++i) out += (i ? ", " : "") + names[i];
  if (names.size() > 20) out += fmt::format(" and {} more", names.size() - 20);
  return out;
}

class Loader {
 public:
  Loader(const wire::LoadRequest& request, const LoadOptions& options,
         const ProgressCallback& progress, std::stop_token stop)
      : request_(request), options_(options), progress_(progress), stop_(stop) {
    inputs_.push_back({request.upload, request.original_filename});
    inputs_.insert(inputs_.end(), request.more.begin(), request.more.end());
  }

  Result<wire::LoadReply> run() {
    TRY(auto output, OutputDatabase::create(request_.output, options_, stop_));
    TRY_VOID(unpack());
    auto plan = request_.plan;
    TRY(auto files, decode(output, plan));
    wire::LoadReply reply;
    if (sources_.size() == 1 && !request_.file_name_column) {
      reply = std::move(files.front().reply);
    } else {
      TRY(const auto as_text, text_columns(output, files));
      if (!as_text.empty()) {
        add_text_choices(plan, as_text);
        TRY_VOID(keep_only(output, {}));
        TRY(files, decode(output, plan));
      }
      std::vector<std::string> filenames;
      for (const auto& file : files) filenames.push_back(file.filename);
      TRY(reply, combine(output, std::move(files), request_.file_name_column));
      if (const auto title = common_title(filenames);
          request_.file_name_column && reply.tables.size() == 1 && !title.empty()) {
        std::set<std::string> none;
        reply.tables.front().title = title;
        reply.tables.front().name = table_name(title, none);
      }
      for (const auto& column : as_text) {
        if (column.key != as_text.front().key) continue;
        reply.report.notes.push_back("The files do not agree on what " + column.column +
                                     " is; it was kept as text.");
      }
    }
    for (auto& note : notes_) reply.report.notes.push_back(std::move(note));
    for (const auto& message : failed_) reply.report.notes.push_back("Not loaded: " + message);
    name_tables(reply);
    TRY_VOID(apply_steps(output, request_.steps, reply));
    TRY_VOID(OutputDatabase::finish(std::move(output)));
    return reply;
  }

 private:
  Result<> unpack() {
    for (const auto& input : inputs_) {
      if (extension_of(input.original_filename) != ".zip") {
        sources_.push_back({input, {}, false});
        continue;
      }
      TRY(auto archive, unpack_archive(input.upload, options_.temp_directory, stop_));
      if (!archive.skipped.empty())
        notes_.push_back(
            "Left in the archive, since it can not be read: " + joined(archive.skipped) + ".");
      for (auto& member : archive.members) {
        auto name = member.name;
        std::ranges::replace(name, '/', ' ');
        const bool alone = archive.members.size() == 1 || request_.file_name_column;
        sources_.push_back({{member.file->path(), name}, alone ? "" : member.name, true});
        members_.push_back(std::move(member));
      }
    }
    return {};
  }

  // A member of an archive that can not be read costs only its own tables.
  Result<std::vector<Decoded>> decode(OutputDatabase& output, const catalog::LoadPlan& plan) {
    std::vector<Decoded> out;
    std::set<std::string> taken(request_.taken_names.begin(), request_.taken_names.end());
    std::optional<Error> first_error;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      const auto& source = sources_[i];
      const auto count = static_cast<double>(sources_.size());
      const ProgressCallback part = [&](const wire::Progress& progress) {
        if (!progress_) return;
        auto whole = progress;
        whole.fraction = (static_cast<double>(i) + progress.fraction) / count;
        progress_(whole);
      };
      const auto own_plan = plan_of(source, plan);
      auto reply = decode_file({source.input, own_plan, request_.as_text, taken}, output, options_,
                               part, stop_);
      if (!reply) {
        auto error = std::move(reply).error();
        if (sources_.size() > 1)
          error.message = source.input.original_filename + ": " + error.message;
        const bool only_this =
            source.member && sources_.size() > 1 &&
            (error.code == ErrorCode::unreadable_file || error.code == ErrorCode::unsupported_type);
        if (!only_this) return fail(std::move(error));
        if (!first_error) first_error = error;
        failed_.insert(error.message);
        TRY_VOID(keep_only(output, out));
        continue;
      }
      for (auto& table : reply->report.tables) {
        if (source.prefix.empty()) continue;
        table.key = table.key.empty() ? source.prefix : source.prefix + "/" + table.key;
      }
      out.push_back({source.input.original_filename, std::move(*reply), !source.prefix.empty()});
    }
    if (out.empty()) return fail(std::move(*first_error));
    return out;
  }

  static void add_text_choices(catalog::LoadPlan& plan, const std::vector<TextColumn>& columns) {
    if (!plan.tables) plan.tables.emplace();
    for (const auto& column : columns) {
      auto table = std::ranges::find(*plan.tables, column.key, &catalog::TableChoice::key);
      if (table == plan.tables->end()) {
        plan.tables->push_back({column.key, {}, {}, {}});
        table = plan.tables->end() - 1;
      }
      if (!table->columns) table->columns.emplace();
      std::erase_if(*table->columns, [&](const auto& c) { return c.column == column.column; });
      catalog::ColumnChoice choice;
      choice.column = column.column;
      choice.type = "VARCHAR";
      table->columns->push_back(std::move(choice));
    }
  }

  // The tables and passages of these files, and nothing else.
  static Result<> keep_only(OutputDatabase& output, const std::vector<Decoded>& files) {
    std::vector<std::string> tables;
    std::int64_t passages = 0;
    for (const auto& file : files) {
      for (const auto& table : file.reply.tables) tables.push_back(table.stored_name);
      passages += file.reply.report.passages.value_or(0);
    }
    return output.keep_only(tables, passages);
  }

  // Tables keep the names that they had in the version before. One that stands alone there and
  // here is the same, whatever its sheet is called now.
  void name_tables(wire::LoadReply& reply) const {
    const auto& known = request_.known_names;
    const bool alone = known.size() == 1 && reply.tables.size() == 1;
    std::set<std::string> taken(request_.taken_names.begin(), request_.taken_names.end());
    for (const auto& [key, name] : known) taken.insert(name);
    for (std::size_t t = 0; t < reply.tables.size(); ++t) {
      auto& load = reply.report.tables[t];
      const auto found = alone ? known.begin() : known.find(load.key);
      auto& name = reply.tables[t].name;
      name = found != known.end() ? found->second : unique_name(name, taken);
      load.table = name;
    }
  }

  const wire::LoadRequest& request_;
  const LoadOptions& options_;
  const ProgressCallback& progress_;
  std::stop_token stop_;
  std::vector<wire::LoadInput> inputs_;
  std::vector<Source> sources_;
  std::vector<Member> members_;  // unpacked, for as long as they are read
  std::vector<std::string> notes_;
  std::set<std::string> failed_;
};

}  // namespace

Result<wire::LoadReply> load_inputs(const wire::LoadRequest& request, const LoadOptions& options,
                                    const ProgressCallback& progress, std::stop_token stop) {
  return Loader(request, options, progress, stop).run();
}

}  // namespace sextant::formats
