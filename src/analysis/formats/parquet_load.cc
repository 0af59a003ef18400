#include "analysis/formats/parquet_load.h"

#include <fmt/format.h>

#include "analysis/formats/content.h"
#include "analysis/formats/names.h"
#include "analysis/formats/table_writer.h"
#include "base/text.h"

namespace sextant::formats {
namespace {

constexpr std::size_t kMostColumns = 5000;

// One column of the result: what it is called and how it is computed.
struct Output {
  std::string original;
  std::string expression;
  std::string type;
};

void expand(const engine::ColumnType& type, const std::string& original,
            const std::string& expression, int depth, std::vector<Output>& out) {
  if (!type.fields.empty() && type.name.starts_with("STRUCT") && depth < 8 &&
      out.size() < kMostColumns) {
    for (std::size_t i = 0; i < type.children.size(); ++i) {
      expand(type.children[i], original + "." + type.fields[i],
             "struct_extract(" + expression + ", " + text::quote_literal(type.fields[i]) + ")",
             depth + 1, out);
    }
    return;
  }
  const bool nested = !type.children.empty();
  if (nested) {
    out.push_back({original, "to_json(" + expression + ")::VARCHAR", "VARCHAR"});
  } else if (type.name == "BLOB" || type.name == "BIT") {
    out.push_back({original, expression + "::VARCHAR", "VARCHAR"});
  } else if (type.name.starts_with("ENUM") || type.name == "JSON" || type.name == "UUID" ||
             type.name == "INTERVAL" || !engine::unsupported_reason(type).empty()) {
    out.push_back({original, expression + "::VARCHAR", "VARCHAR"});
  } else if (type.name == "\"NULL\"" || type.name == "NULL") {
    out.push_back({original, expression + "::VARCHAR", "VARCHAR"});
  } else {
    out.push_back({original, expression, type.name});
  }
}

Error unreadable(const Error& error, const LoadContext& context) {
  if (error.code == ErrorCode::cancelled || error.code == ErrorCode::resource_exhausted ||
      error.code == ErrorCode::storage_full) {
    return error;
  }
  // The stored file's path means nothing to people.
  auto why = error.message;
  const auto& path = context.file.path();
  for (auto at = why.find(path); at != why.npos; at = why.find(path, at + 1)) {
    why.replace(at, path.size(), context.title + context.extension);
  }
  return {ErrorCode::unreadable_file, "The Parquet file can not be read: " + why,
          "Write it again from the program it comes from, and upload it."};
}

}  // namespace

Result<> load_parquet(LoadContext& context) {
  TRY(const auto head, context.file.read_text(0, 4));
  if (!is_parquet(head)) {
    return fail(ErrorCode::unreadable_file,
                "The file is named .parquet but is not a Parquet file.");
  }
  auto& connection = context.output.connection();
  const auto source = "read_parquet(" + text::quote_literal(context.file.path()) + ")";
  auto shape = connection.query("SELECT * FROM " + source + " LIMIT 0");
  if (!shape) return fail(unreadable(shape.error(), context));
  std::vector<Output> outputs;
  for (std::size_t i = 0; i < shape->shape().types.size(); ++i) {
    const auto& name = shape->column_info()[i].name;
    expand(shape->shape().types[i], name, text::quote_identifier(name), 0, outputs);
  }
  if (outputs.empty()) {
    return fail(ErrorCode::unreadable_file, "The Parquet file has no columns.");
  }
  std::vector<std::string> header;
  for (const auto& output : outputs) header.push_back(output.original);
  auto names = column_names(header, header.size(), true);
  for (auto& note : names.notes) context.note(std::move(note));
  TableJob job;
  job.table = table_name(context.title, context.taken_names);
  job.title = context.title;
  job.names = names.names;
  job.originals = names.originals;
  std::string select;
  std::vector<std::pair<std::size_t, std::string>> misfits;  // column, its own expression
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    ColumnPlan plan;
    if (const auto* choice = context.choice("", names.originals[i]); choice && choice->type) {
      // The raw text of a misfit is looked for afterwards, so it must be the same expression.
      misfits.push_back({i, outputs[i].expression});
      outputs[i].type = *choice->type == "DECIMAL" ? "DECIMAL(38,4)" : *choice->type;
      outputs[i].expression = "TRY_CAST(" + outputs[i].expression + " AS " + outputs[i].type + ")";
      plan.chosen = true;
    }
    select +=
        (i ? ", " : "") + outputs[i].expression + " AS " + text::quote_identifier(names.names[i]);
    plan.type = outputs[i].type;
    plan.evidence = outputs[i].expression.starts_with("to_json") ? "lists, kept as JSON text"
                                                                 : "type of the file";
    job.plans.push_back(std::move(plan));
  }
  const auto table = text::quote_identifier(job.table);
  connection.set_progress([&](double fraction) {
    context.report("loaded",
                   static_cast<std::int64_t>(fraction * static_cast<double>(context.file.size())),
                   0, fraction);
  });
  const auto loaded =
      connection.query("CREATE TABLE " + table + " AS SELECT " + select + " FROM " + source);
  connection.set_progress({});
  if (!loaded) return fail(unreadable(loaded.error(), context));
  TRY(const auto counts, connection.query("SELECT count(*) FROM " + table));
  job.records = counts.int64(0, 0);
  // The file's row groups say how many rows they have.
  const auto promised = connection.query(
      "SELECT sum(n) FROM (SELECT row_group_id, any_value(row_group_num_rows) AS n FROM "
      "parquet_metadata(" +
      text::quote_literal(context.file.path()) + ") GROUP BY 1)");
  if (promised && promised->rows() == 1 && promised->int64(0, 0) > job.records) {
    return fail(ErrorCode::unreadable_file,
                fmt::format("The Parquet file promises {} rows but only {} could be read.",
                            promised->int64(0, 0), job.records),
                "It may not have been copied completely; upload it again.");
  }
  Quarantine quarantine(job.table, context.options.temp_directory);
  for (const auto& [column, own] : misfits) {
    auto& plan = job.plans[column];
    const auto name = text::quote_identifier(job.names[column]);
    TRY(const auto filled, connection.query("SELECT count(" + name + ") FROM " + table));
    plan.values = filled.int64(0, 0);
    TRY(const auto cells,
        connection.query("SELECT n, raw::VARCHAR FROM (SELECT file_row_number + 1 AS n, " + own +
                         " AS raw FROM read_parquet(" + text::quote_literal(context.file.path()) +
                         ", file_row_number=true)) WHERE raw IS NOT NULL AND TRY_CAST(raw AS " +
                         plan.type + ") IS NULL"));
    plan.misfits = cells.rows();
    for (std::int64_t r = 0; r < cells.rows(); ++r) {
      TRY_VOID(quarantine.add(cells.int64(r, 0), job.originals[column], cells.text(r, 1),
                              misfit_reason(plan)));
    }
  }
  return publish_table(context, job, quarantine);
}

}  // namespace sextant::formats
