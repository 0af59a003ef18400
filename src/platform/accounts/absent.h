#pragma once
// People for whom something is done that they asked for earlier. Thread-safe.

#include <optional>
#include <string>

#include "catalog/principal.h"
#include "platform/store/database.h"

namespace sextant::accounts {

// With the role that they have now; none when the account is off or no member any more.
Result<std::optional<catalog::Principal>> find_principal(store::Session& session,
                                                         const std::string& workspace_id,
                                                         const std::string& user_id);

}  // namespace sextant::accounts
