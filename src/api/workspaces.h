#pragma once
// /api/workspaces: the members of the workspace that the request is for, and invitations into it.

#include "http/router.h"
#include "platform/accounts/account_service.h"

namespace sextant::api {

void add_workspace_routes(http::Router& router, accounts::AccountService& accounts);

}  // namespace sextant::api
