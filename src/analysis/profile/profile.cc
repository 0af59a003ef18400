#include "analysis/profile/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "analysis/profile/column_values.h"
#include "analysis/profile/keys.h"
#include "analysis/profile/quality.h"
#include "analysis/profile/semantic_type.h"
#include "analysis/profile/table_sentence.h"
#include "analysis/profile/value_shapes.h"
#include "base/text.h"

namespace sextant::profile {
namespace {

constexpr std::int64_t kExactRows = 1'000'000;  // up to here counts and quantiles are exact
constexpr std::int64_t kExactGroups = 100'000;  // and up to this many different values in any table
constexpr std::int64_t kExactTexts =
    1'000'000;  // of texts: where each comes often, by their number
constexpr std::int64_t kOften = 4;
constexpr std::size_t kColumnsPerQuery = 40;
// A query over a wide table spends its time on the names of the columns that it does not need: with
// few rows, those that are looked at together are copied before.
constexpr std::size_t kWide = 250;
constexpr std::int64_t kCopiedRows = 50'000;
constexpr std::string_view kCopy = "_looked_at";
constexpr double kLongText = 48;  // letters of the average value
constexpr double kFar = 3;        // widths of the middle half from it that make an outlier
constexpr int kSamples = 200;
constexpr int kBins = 20;
constexpr std::size_t kLongestValue = 200;  // bytes of a value shown

struct Extra {
  std::string unit;
  std::int64_t quarantined = 0;
};

class TableProfiler {
 public:
  TableProfiler(engine::Connection& connection, const std::string& database,
                const catalog::Table& table)
      : connection_(connection),
        table_(table),
        whole_(text::quote_identifier(database) + ".main." +
               text::quote_identifier(table.stored_name)),
        from_(whole_) {
    out_.table = table.name;
    for (const auto& column : table.columns) {
      catalog::ColumnProfile profile;
      profile.name = column.name;
      profile.original_name = column.original_name;
      profile.type = column.type;
      out_.columns.push_back(std::move(profile));
    }
    average_length_.resize(table.columns.size());
    low_.resize(table.columns.size());
    high_.resize(table.columns.size());
  }

  Result<catalog::TableProfile> run(const std::map<std::string, Extra>& extras,
                                    const std::function<void(double)>& progress) {
    TRY(const auto rows, connection_.query("SELECT count(*) FROM " + from_));
    out_.rows = rows.int64(0, 0);
    const auto columns = out_.columns.size();
    for (std::size_t first = 0; first < columns; first += kColumnsPerQuery) {
      const auto last = std::min(first + kColumnsPerQuery, columns);
      if (columns > kWide && out_.rows <= kCopiedRows) TRY_VOID(copy(first, last));
      TRY_VOID(summarise(first, last));
      for (auto c = first; c < last; ++c) {
        TRY_VOID(describe(c, extras));
        progress(0.9 * static_cast<double>(c + 1) / static_cast<double>(columns));
      }
    }
    TRY_VOID(find_keys(connection_, whole_, out_));
    if (from_ != whole_) TRY_VOID(connection_.query("DROP TABLE " + from_));
    out_.quality = quality_of(out_);
    out_.sentence = table_sentence(table_, out_);
    return std::move(out_);
  }

 private:
  std::string column_sql(std::size_t c) const {
    return text::quote_identifier(out_.columns[c].name);
  }

  bool comparable(std::size_t c) const {
    const auto& type = out_.columns[c].type;
    return !type.ends_with(']') && !type.starts_with("STRUCT") && !type.starts_with("MAP") &&
           !type.starts_with("UNION") && type != "BLOB" && type != "JSON";
  }

  // Whether a value far from the others says anything: not of numbers that only name things.
  static bool may_stand_out(catalog::SemanticType type) {
    using catalog::SemanticType;
    switch (type) {
      case SemanticType::amount:
      case SemanticType::quantity:
      case SemanticType::price:
      case SemanticType::share:
      case SemanticType::measure:
        return true;
      default:
        return false;
    }
  }

  // From now on only these columns are looked at.
  Result<> copy(std::size_t first, std::size_t last) {
    from_ = fmt::format("temp.{}", kCopy);
    std::string names;
    for (auto c = first; c < last; ++c) names += (names.empty() ? "" : ", ") + column_sql(c);
    TRY_VOID(connection_.query(
        fmt::format("CREATE OR REPLACE TEMP TABLE {} AS SELECT {} FROM {}", kCopy, names, whole_)));
    return {};
  }

  // One pass over several columns: counts, extremes, moments.
  Result<> summarise(std::size_t first, std::size_t last) {
    std::string sql = "SELECT 1";
    for (auto c = first; c < last; ++c) {
      const auto name = column_sql(c);
      const auto& type = out_.columns[c].type;
      sql += ", count(" + name + ")";
      sql += comparable(c) ? ", approx_count_distinct(" + name + ")" : std::string(", 0");
      if (is_number_type(type)) {
        const auto finite = type == "DOUBLE" || type == "FLOAT"
                                ? "CASE WHEN isfinite(" + name + ") THEN " + name + " END"
                                : name;
        sql += fmt::format(
            ", min({0})::VARCHAR, max({0})::VARCHAR, avg({0}::DOUBLE), "
            "coalesce(stddev_samp({0}::DOUBLE), 0), "
            "{1}({0}::DOUBLE, [0.05, 0.25, 0.5, 0.75, 0.95])",
            finite, out_.rows <= kExactRows ? "quantile_cont" : "approx_quantile");
      } else if (type == "VARCHAR") {
        sql += fmt::format(", min({0}), max({0}), avg(length({0})), NULL, NULL", name);
      } else if (comparable(c)) {
        sql += fmt::format(", min({0})::VARCHAR, max({0})::VARCHAR, NULL, NULL, NULL", name);
      } else {
        sql += ", NULL, NULL, NULL, NULL, NULL";
      }
    }
    TRY(const auto row, connection_.query(sql + " FROM " + from_));
    std::int64_t at = 1;
    for (auto c = first; c < last; ++c, at += 7) {
      auto& column = out_.columns[c];
      column.rows = out_.rows;
      column.quantiles_are_exact = out_.rows <= kExactRows;
      column.nulls = out_.rows - row.int64(0, at);
      column.null_ratio =
          out_.rows == 0 ? 0 : static_cast<double>(column.nulls) / static_cast<double>(out_.rows);
      column.distinct = std::min(row.int64(0, at + 1), row.int64(0, at));
      if (!row.is_null(0, at + 2)) {
        column.min = std::string(text::truncate_utf8(row.text(0, at + 2), kLongestValue));
        column.max = std::string(text::truncate_utf8(row.text(0, at + 3), kLongestValue));
      }
      if (is_number_type(column.type) && column.min) {
        low_[c] = std::stod(*column.min);
        high_[c] = std::stod(*column.max);
        column.mean = row.number(0, at + 4);
        column.stddev = row.number(0, at + 5);
        const auto quantiles = row.to_json(0, at + 6);
        if (quantiles.is_array()) {
          for (const auto& q : quantiles.get_array())
            column.quantiles.push_back(q.to_number<double>());
        }
      } else if (column.type == "VARCHAR" && !row.is_null(0, at + 4)) {
        average_length_[c] = row.number(0, at + 4);
      }
    }
    return {};
  }

  Result<> describe(std::size_t c, const std::map<std::string, Extra>& extras) {
    auto& column = out_.columns[c];
    const auto extra = extras.find(column.name);
    if (extra != extras.end() && !extra->second.unit.empty())
      column.unit = extra->second.unit;
    else if (is_number_type(column.type))
      column.unit = unit_in_header(column.original_name, column.name);
    const auto values = column.rows - column.nulls;
    if (comparable(c) && values > 0) {
      const bool short_text = column.type == "VARCHAR" && average_length_[c] <= kLongText;
      // How a text is written is looked at once for each different one.
      const bool few =
          out_.rows <= kExactRows || column.distinct <= kExactGroups ||
          (short_text && column.distinct <= kExactTexts && column.distinct * kOften <= values);
      TRY_VOID(count_values(connection_, from_, few ? Counting::exact : Counting::estimate,
                            short_text, column));
    }

    ColumnFacts facts;
    facts.name = column.name;
    facts.original_name = column.original_name;
    facts.type = column.type;
    facts.unit = column.unit;
    facts.rows = column.rows;
    facts.values = values;
    facts.distinct = column.distinct;
    facts.min = low_[c];
    facts.max = high_[c];
    facts.average_length = average_length_[c];
    if (column.type == "VARCHAR" && values > 0) {
      TRY(const auto samples,
          connection_.query(
              fmt::format("SELECT DISTINCT v FROM (SELECT {0} AS v FROM {1} WHERE {0} IS NOT NULL "
                          "LIMIT 20000) LIMIT {2}",
                          column_sql(c), from_, kSamples)));
      for (std::int64_t r = 0; r < samples.rows(); ++r) facts.samples.push_back(samples.text(r, 0));
    }
    column.semantic_type = semantic_type_of(facts);

    if (is_number_type(column.type) && values > 0) TRY_VOID(make_histogram(c));
    if (is_time_type(column.type) && values > 0) TRY_VOID(make_timeline(c));
    if (values == 0) {
      column.notes.push_back("no values");
    } else {
      if (column.distinct_is_exact && column.distinct == values && values > 1) {
        column.notes.push_back("all values unique");
      }
      if (column.distinct == 1 && column.rows > 1) column.notes.push_back("always the same value");
      if (column.null_ratio > 0.5) {
        column.notes.push_back(fmt::format("{:.0f} % empty", 100 * column.null_ratio));
      }
    }
    const auto misfits = extra == extras.end() ? 0 : extra->second.quarantined;
    if (misfits > 0)
      column.notes.push_back(
          fmt::format("{} cell{} quarantined", misfits, misfits == 1 ? "" : "s"));
    column.quality = quality_of(column, misfits);
    return {};
  }

  Result<> make_histogram(std::size_t c) {
    auto& column = out_.columns[c];
    if (!low_[c] || !high_[c]) return {};
    const double low = *low_[c];
    const double high = *high_[c];
    if (!std::isfinite(low) || !std::isfinite(high)) return {};
    if (low == high) {
      column.histogram.push_back({low, high, column.rows - column.nulls});
      return {};
    }
    const double raw = (high - low) / kBins;
    if (!std::isfinite(raw) || raw <= 0) return {};
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    double step = 10 * power;
    for (const double nice : {1.0, 2.0, 2.5, 5.0}) {
      if (raw <= nice * power * 1.0000001) {
        step = nice * power;
        break;
      }
    }
    const bool whole =
        !column.type.starts_with("DECIMAL") && column.type != "DOUBLE" && column.type != "FLOAT";
    if (whole) step = std::max(1.0, std::floor(step));
    const double start = std::floor(low / step) * step;
    if (step <= 0 || start + step == start || !std::isfinite(start)) return {};
    const auto bins = static_cast<std::int64_t>(std::floor((high - start) / step)) + 1;
    if (bins > 4 * kBins) return {};
    catalog::Outliers usual;
    if (column.quantiles.size() == 5) {
      const double width = column.quantiles[3] - column.quantiles[1];
      if (width > 0) {
        usual.from = column.quantiles[1] - kFar * width;
        usual.to = column.quantiles[3] + kFar * width;
      }
    }
    TRY(const auto counts,
        connection_.query(fmt::format(
            "SELECT least(greatest(floor(({0}::DOUBLE - ({1:.17g})) / ({2:.17g})), 0), "
            "{3})::INTEGER AS b, count(*), count(*) FILTER ({0}::DOUBLE < {5:.17g}), count(*) "
            "FILTER ({0}::DOUBLE > {6:.17g}) FROM {4} WHERE {0} IS NOT NULL AND "
            "isfinite({0}::DOUBLE) GROUP BY 1",
            column_sql(c), start, step, bins - 1, from_, usual.from, usual.to)));
    for (std::int64_t b = 0; b < bins; ++b) {
      column.histogram.push_back(
          {start + step * static_cast<double>(b), start + step * static_cast<double>(b + 1), 0});
    }
    for (std::int64_t r = 0; r < counts.rows(); ++r) {
      column.histogram[static_cast<std::size_t>(counts.int64(r, 0))].count = counts.int64(r, 1);
      usual.low += counts.int64(r, 2);
      usual.high += counts.int64(r, 3);
    }
    if (usual.to > usual.from && may_stand_out(column.semantic_type)) column.outliers = usual;
    return {};
  }

  Result<> make_timeline(std::size_t c) {
    auto& column = out_.columns[c];
    const auto name = column_sql(c);
    TRY(const auto span,
        connection_.query(fmt::format(
            "SELECT date_diff('day', min({0})::DATE, max({0})::DATE) FROM {1} WHERE isfinite({0})",
            name, from_)));
    if (span.is_null(0, 0)) return {};
    const auto days = span.int64(0, 0);
    column.time_grain = days <= 62     ? "day"
                        : days <= 366  ? "week"
                        : days <= 3660 ? "month"
                        : days <= 7320 ? "quarter"
                                       : "year";
    TRY(const auto points, connection_.query(fmt::format(
                               "SELECT date_trunc('{2}', {0})::DATE::VARCHAR, count(*) FROM {1} "
                               "WHERE isfinite({0}) GROUP BY 1 ORDER BY 1 LIMIT 3000",
                               name, from_, *column.time_grain)));
    for (std::int64_t r = 0; r < points.rows(); ++r) {
      column.timeline.push_back({points.text(r, 0), points.int64(r, 1)});
    }
    return {};
  }

  engine::Connection& connection_;
  const catalog::Table& table_;
  const std::string whole_;
  std::string from_;  // the whole table, or a copy of the columns that are looked at
  catalog::TableProfile out_;
  std::vector<double> average_length_;
  std::vector<std::optional<double>> low_;
  std::vector<std::optional<double>> high_;
};

// What the load noted, by table and column.
Result<std::map<std::string, std::map<std::string, Extra>>> read_extras(
    engine::Connection& connection, const std::string& database) {
  std::map<std::string, std::map<std::string, Extra>> out;
  const auto schema = text::quote_identifier(database) + ".main.";
  TRY(const auto rows,
      connection.query(
          "SELECT c.table_name, c.column_name, coalesce(c.unit, ''), (SELECT count(*) FROM " +
          schema +
          "_quarantine q WHERE q.table_name = c.table_name AND q.column_name = c.original_name) "
          "FROM " +
          schema + "_columns c"));
  for (std::int64_t r = 0; r < rows.rows(); ++r) {
    out[rows.text(r, 0)][rows.text(r, 1)] = {rows.text(r, 2), rows.int64(r, 3)};
  }
  return out;
}

// The name under which the version's file is attached.
Result<std::string> find_database(engine::Connection& connection, const std::string& path) {
  TRY(const auto rows, connection.query("SELECT database_name, path FROM duckdb_databases() "
                                        "WHERE path IS NOT NULL AND NOT internal"));
  for (std::int64_t r = 0; r < rows.rows(); ++r) {
    const auto attached = rows.text(r, 1);
    if (attached == path || attached.ends_with("/" + path)) return rows.text(r, 0);
  }
  return fail(ErrorCode::unavailable, "The data to be profiled can not be opened.",
              "Retry the file; it is rebuilt from the upload.");
}

}  // namespace

Result<wire::ProfileReply> profile_tables(engine::Connection& connection,
                                          const catalog::SourceVersion& version,
                                          const ProgressCallback& progress, std::stop_token stop) {
  connection.set_stop(stop);
  TRY_VOID(add_shape_functions(connection));
  TRY(const auto database, find_database(connection, version.path));
  TRY(const auto extras, read_extras(connection, database));
  wire::ProfileReply reply;
  std::int64_t rows = 0;
  for (std::size_t t = 0; t < version.tables.size(); ++t) {
    const auto& table = version.tables[t];
    TableProfiler profiler(connection, database, table);
    const auto report = [&](double fraction) {
      if (!progress) return;
      const auto tables = static_cast<double>(version.tables.size());
      progress({"profiled", 0, rows, (static_cast<double>(t) + fraction) / tables});
    };
    const auto found = extras.find(table.stored_name);
    TRY(auto profile,
        profiler.run(found == extras.end() ? std::map<std::string, Extra>{} : found->second,
                     report));
    rows += profile.rows;
    reply.tables.push_back(std::move(profile));
  }
  return reply;
}

}  // namespace sextant::profile
