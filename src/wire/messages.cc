#include "wire/messages.h"

#include "base/result.h"

namespace sextant::wire {

WireError to_wire(const Error& error) {
  return {std::string(to_string(error.code)), error.message, error.hint, error.detail};
}

Error from_wire(const WireError& wire) {
  return Error(error_code_from(wire.code), wire.message, wire.hint, wire.detail);
}

}  // namespace sextant::wire
