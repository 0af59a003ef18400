#pragma once
// One-use tickets for downloads: a browser streams a file to disk only from an address, and an
// address must not hold an access token. A ticket is known to the database by its hash alone, holds
// for a minute, and is gone with its first use, at whichever server. Thread-safe.

#include <string>

#include "base/json.h"
#include "catalog/principal.h"
#include "platform/store/database.h"

namespace sextant::queries {

inline constexpr std::int64_t kDownloadTicketSeconds = 60;

class Downloads {
 public:
  explicit Downloads(store::Database& database) : database_(database) {}

  // For what the request says, to be run in the caller's name. Gives the ticket.
  Result<std::string> issue(const catalog::Principal& who, const json::Value& request);

  struct Redeemed {
    catalog::Principal who;  // with the role of now
    json::Value request;
  };
  // unauthenticated when it is unknown, expired, used, or of somebody who is no member any more.
  Result<Redeemed> redeem(const std::string& ticket);

 private:
  store::Database& database_;
};

}  // namespace sextant::queries
