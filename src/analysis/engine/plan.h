#pragma once
// DuckDB's plan as a tree for people, with advice by rules. Thread-safe.

#include "base/json.h"
#include "base/result.h"
#include "catalog/plan.h"
#include "catalog/source.h"

namespace sextant::engine {

// `plan` is what EXPLAIN (FORMAT JSON) or EXPLAIN (ANALYZE, FORMAT JSON) gives. Tables get the
// names that the catalog has for them.
Result<catalog::ExplainedPlan> read_plan(const json::Value& plan, const catalog::Catalog& catalog);

// What in this plan costs more than it needs to.
std::vector<catalog::Advice> advise(const catalog::PlanNode& plan);

}  // namespace sextant::engine
