#pragma once
// `sextant openapi`: the contract, from the same types that serve it.

namespace sextant {

int openapi_command();

}  // namespace sextant
