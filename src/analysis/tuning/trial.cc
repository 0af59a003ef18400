#include "analysis/tuning/trial.h"

#include <duckdb.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "base/text.h"

namespace sextant::tuning {
namespace {

constexpr double kWorthwhile = 1.2;            // times as fast
constexpr double kLeastGain = 0.001;           // seconds; below is noise
constexpr double kQuick = 2;                   // seconds; a run below it is repeated
constexpr std::chrono::seconds kPatience{30};  // for all runs together, after the first

// The rows of a result whatever their order, as two sums of hashes.
class Fingerprint final : public engine::ExportWriter {
 public:
  Result<> begin(std::shared_ptr<const engine::Shape> shape, const engine::RowSink&) override {
    shape_ = std::move(shape);
    return {};
  }

  Result<> append(const engine::Chunk& chunk, const engine::RowSink&) override {
    rows_ += chunk.rows();
    if (rows_ > kMostRows) {
      return fail(ErrorCode::resource_exhausted, "Too many rows to compare.");
    }
    std::vector<engine::ColumnView> columns;
    for (std::size_t i = 0; i < shape_->types.size(); ++i) {
      columns.emplace_back(shape_->types[i], duckdb_data_chunk_get_vector(chunk.handle(), i));
    }
    for (std::int64_t row = 0; row < chunk.rows(); ++row) add(columns, row);
    return {};
  }

  Result<> finish(const engine::RowSink&, std::stop_token) override { return {}; }

  bool operator==(const Fingerprint& other) const {
    const auto names = [](const Fingerprint& one) {
      std::vector<std::string> out;
      for (const auto& column : one.shape_->columns) out.push_back(column.name);
      return out;
    };
    return rows_ == other.rows_ && sum_ == other.sum_ && second_ == other.second_ &&
           names(*this) == names(other);
  }

  std::int64_t rows() const { return rows_; }

 private:
  void add(const std::vector<engine::ColumnView>& columns, std::int64_t row) {
    text_.clear();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      const auto& type = shape_->types[i].name;
      if (columns[i].is_null(row)) {
        text_ += '\0';
      } else if (type == "DOUBLE" || type == "FLOAT") {
        fmt::format_to(std::back_inserter(text_), "{:.8g}", columns[i].number(row));
      } else {
        columns[i].write_text(text_, row);
      }
      text_ += '\x1f';
    }
    sum_ += std::hash<std::string>()(text_);
    text_ += '\x1e';
    second_ += std::hash<std::string>()(text_);
  }

  std::shared_ptr<const engine::Shape> shape_;
  std::string text_;
  std::int64_t rows_ = 0;
  std::uint64_t sum_ = 0, second_ = 0;
};

class Trial {
 public:
  Trial(engine::Engine& engine, const engine::RunRequest& request, std::stop_token stop)
      : engine_(engine), request_(request), stop_(std::move(stop)) {}

  struct Run {
    Fingerprint rows;
    double seconds = 0;  // the least of its runs
  };

  Result<Run> run(const std::string& sql) {
    TRY(auto best, once(sql));
    if (best.seconds < kQuick) {
      TRY(auto again, once(sql));
      best.seconds = std::min(best.seconds, again.seconds);
    }
    return best;
  }

 private:
  Result<Run> once(const std::string& sql) {
    engine::RunRequest request = request_;
    request.sql = sql;
    Run out;
    TRY(const auto head, engine_.write_all(
                             request, out.rows, [](std::string_view) -> Result<> { return {}; },
                             [](std::int64_t) {}, stop_));
    out.seconds = head.execution_time;
    return out;
  }

  engine::Engine& engine_;
  const engine::RunRequest& request_;
  std::stop_token stop_;
};

bool is_faster(const Trial::Run& after, const Trial::Run& before) {
  return after.seconds * kWorthwhile <= before.seconds &&
         before.seconds - after.seconds >= kLeastGain;
}

catalog::FasterWay way_of(const std::vector<Rewriting>& changes, const Trial::Run& before,
                          const Trial::Run& after) {
  catalog::FasterWay way;
  for (const auto& change : changes) {
    const auto told = [&](const catalog::Advice& one) {
      return one.title == change.advice.title && one.text == change.advice.text;
    };
    if (std::ranges::none_of(way.changes, told)) way.changes.push_back(change.advice);
    way.edits.insert(way.edits.end(), change.edits.begin(), change.edits.end());
  }
  std::ranges::sort(way.edits, {}, &catalog::TextEdit::start);
  way.seconds_before = before.seconds;
  way.seconds_after = after.seconds;
  way.rows = before.rows.rows();
  return way;
}

}  // namespace

Result<wire::FasterWayReply> find_faster_way(engine::Engine& engine,
                                             const engine::RunRequest& request, const Keys& keys,
                                             std::stop_token stop) {
  const auto none = [](const char* reason) { return wire::FasterWayReply{std::nullopt, reason}; };
  TRY(const auto checked, engine.check(request.sql, request.saved));
  TRY(const auto tree, engine.tree(request.sql, request.saved));
  const auto found = rewritings(request.sql, tree, engine.catalog(), keys);
  if (found.empty()) return none("No rule finds anything to say in another way.");
  if (!checked.verdict.repeatable) {
    return none("It calls now(), random() or the like, so two runs can not be compared.");
  }
  Trial trial(engine, request, stop);
  const auto before = trial.run(request.sql);
  if (!before && before.error().code == ErrorCode::resource_exhausted) {
    return none("Its result is too large for a second run to be compared with it.");
  }
  if (!before) return fail(before.error());

  const auto begun = std::chrono::steady_clock::now();
  const auto has_time = [&] { return std::chrono::steady_clock::now() - begun < kPatience; };
  bool same = false;  // something gave the same rows
  std::vector<Rewriting> kept, left = found;
  Trial::Run now = *before;
  // What gains little at first may be half of what is left when the costliest part is gone.
  for (bool gained = true; gained && !left.empty();) {
    gained = false;
    for (auto change = left.begin(); change != left.end() && has_time();) {
      auto with = kept;
      with.push_back(*change);
      // One that can not be run is no way.
      auto after = trial.run(rewritten(request.sql, with));
      if (stop.stop_requested()) return fail(ErrorCode::cancelled, "The request was cancelled.");
      const bool equal = after && after->rows == before->rows;
      same = same || equal;
      if (equal && !is_faster(*after, now)) {
        ++change;
        continue;
      }
      if (equal) {
        gained = true;
        kept = std::move(with);
        now = std::move(*after);
      }
      change = left.erase(change);
    }
  }
  if (!kept.empty()) return wire::FasterWayReply{way_of(kept, *before, now), ""};
  return none(same ? "Said in another way it was no faster."
                   : "Said in another way it gave other rows.");
}

}  // namespace sextant::tuning
