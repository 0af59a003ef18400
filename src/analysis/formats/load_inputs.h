#pragma once
// All files of a load request into one output: decoded one after the other, tables of the same key
// brought together, tables named as they were named before. One thread.

#include "analysis/formats/load.h"

namespace sextant::formats {

Result<wire::LoadReply> load_inputs(const wire::LoadRequest& request, const LoadOptions& options,
                                    const ProgressCallback& progress, std::stop_token stop);

}  // namespace sextant::formats
