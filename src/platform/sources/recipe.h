#pragma once
// What a version is made of, and how it differs from the one before. Pure functions; thread-safe.

#include <string>
#include <vector>

#include "platform/sources/records.h"
#include "wire/messages.h"

namespace sextant::sources {

// The request that makes a recipe's version at `output`. Error: conflict when it has no files.
Result<wire::LoadRequest> load_request(const Recipe& recipe, std::string output);

// Tables are compared by their SQL names, columns by theirs.
std::vector<SchemaChange> schema_changes(const std::vector<catalog::Table>& before,
                                         const std::vector<catalog::Table>& after);

// Whether what reads the old version may fail or read otherwise on the new one.
bool breaks(const std::vector<SchemaChange>& changes);

}  // namespace sextant::sources
