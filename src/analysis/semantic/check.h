#pragma once
// Whether what a person put into a semantic model holds on the data.

#include <map>
#include <string>

#include "analysis/engine/engine.h"
#include "base/result.h"
#include "catalog/semantic_model.h"
#include "wire/messages.h"

namespace sextant::semantic {

// Runs each metric and measures each join of the request. The reply has the metrics with exact
// names and the joins with cardinality, match ratio and orphans. Errors: invalid_fields with the
// path that the request gives of each wrong item; those of the connection.
Result<wire::CheckModelReply> check_model(const wire::CheckModelRequest& request,
                                          engine::Engine& engine, std::stop_token stop);

// What is known of the metrics that people wrote: those that the data of this version can not carry
// out are left out of a model. Threads: one at a time.
class MetricChecks {
 public:
  // Removes those metrics of `edits` from the model whose SQL the gate or the binder refuses.
  void remove_broken(catalog::SemanticModel& model, const catalog::ModelEdits& edits,
                     engine::Engine& engine);

 private:
  std::string fingerprint_;            // of the catalog and joins that the verdicts are about
  std::map<std::string, bool> valid_;  // by name, table and expression
};

// Why a metric can not be computed as a figure of its table; nothing when it can. Its SQL passes
// the gate here, so that what a person wrote is judged before any question uses it; it is bound,
// not run.
Result<> check_metric(const catalog::SemanticModel& model, const catalog::Metric& metric,
                      engine::Engine& engine);

}  // namespace sextant::semantic
