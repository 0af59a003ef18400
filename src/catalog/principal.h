#pragma once
// Who makes a request, and in which workspace.

#include <boost/describe.hpp>
#include <string>

namespace sextant::catalog {

enum class MemberRole { viewer, editor, admin, owner };  // each may do all that those before it may
BOOST_DESCRIBE_ENUM(MemberRole, viewer, editor, admin, owner)

struct Principal {
  std::string user_id;
  std::string email;
  std::string workspace_id;
  MemberRole role = MemberRole::viewer;  // in that workspace
  bool owns_install = false;             // the first account
  std::string session_id = {};           // the log-in that the request belongs to
};
BOOST_DESCRIBE_STRUCT(Principal, (), (user_id, email, workspace_id, role, owns_install, session_id))

}  // namespace sextant::catalog
