#include "platform/store/migrations.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "base/log.h"
#include "base/time.h"

namespace sextant::store {
namespace {

std::string checksum(std::string_view sql) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(sql.data()), sql.size());
  std::string hex;
  for (const unsigned char byte : hash) hex += fmt::format("{:02x}", byte);
  return hex;
}

}  // namespace

Result<> apply_migrations(BackendTransaction& tx, std::span<const Migration> migrations) {
  TRY_VOID(
      tx.script("CREATE TABLE IF NOT EXISTS schema_migrations (version BIGINT PRIMARY KEY, name "
                "TEXT NOT NULL, "
                "checksum TEXT NOT NULL, applied_at TEXT NOT NULL)"));
  TRY(const Rows applied,
      tx.query("SELECT version, name, checksum FROM schema_migrations ORDER BY version"));
  const auto known = static_cast<std::int64_t>(migrations.size());
  const std::int64_t present = applied.empty() ? 0 : applied.back().integer("version");
  if (present > known) {
    return fail(
        ErrorCode::conflict,
        fmt::format("The database was made by a newer version of Sextant: its schema is number "
                    "{}, this program knows up to {}.",
                    present, known),
        "Start the newer program, or restore a backup that was made before the upgrade.");
  }
  for (const Row& row : applied) {
    const Migration& ours = migrations[static_cast<std::size_t>(row.integer("version") - 1)];
    if (row.text("checksum") != checksum(ours.sql)) {
      return fail(
          ErrorCode::conflict,
          fmt::format("Step {} ('{}') of the database's schema is not the one that this program "
                      "has.",
                      ours.version, row.text("name")),
          "The database belongs to another build of Sextant; start that one, or use another "
          "DATABASE_URL.");
    }
  }
  for (const Migration& step : migrations.subspan(applied.size())) {
    if (auto done = tx.script(step.sql); !done) {
      Error error = std::move(done).error();
      error.message =
          fmt::format("Schema step {} ('{}') failed: {}", step.version, step.name, error.message);
      return fail(std::move(error));
    }
    TRY_VOID(
        tx.execute("INSERT INTO schema_migrations (version, name, checksum, applied_at) VALUES "
                   "($1, $2, $3, $4)",
                   {step.version, step.name, checksum(step.sql), now()}));
    log::info("store.migrated", {{"version", step.version}, {"name", std::string(step.name)}});
  }
  return {};
}

}  // namespace sextant::store
