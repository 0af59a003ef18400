#pragma once
// /api/auth: accounts, log-ins and the signed-in user. Invitations and members are in workspaces.h.

#include "http/router.h"
#include "platform/accounts/account_service.h"

namespace sextant::api {

void add_auth_routes(http::Router& router, accounts::AccountService& accounts);

}  // namespace sextant::api
