#include "catalog/source.h"

namespace sextant::catalog {

std::string Catalog::fingerprint() const {
  std::string out;
  for (const auto& source : sources) {
    if (!out.empty()) out += ',';
    out += source.source_id + "@" + std::to_string(source.version);
  }
  return out;
}

const Table* Catalog::find_table(std::string_view name) const {
  for (const auto& source : sources) {
    for (const auto& table : source.tables) {
      if (table.name == name) return &table;
    }
  }
  return nullptr;
}

}  // namespace sextant::catalog
