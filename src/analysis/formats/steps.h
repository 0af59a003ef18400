#pragma once
// Clean-up steps on loaded tables. Runs on the output before it is finished. One thread.

#include "analysis/formats/output_database.h"
#include "catalog/step.h"
#include "wire/messages.h"

namespace sextant::formats {

// Does the steps in order and brings the tables of the reply up to date; adds one report a step.
// Error: unreadable_file names the step, what it lacks and what to do; then nothing is of use.
Result<> apply_steps(OutputDatabase& output, const std::vector<catalog::Step>& steps,
                     wire::LoadReply& reply);

}  // namespace sextant::formats
