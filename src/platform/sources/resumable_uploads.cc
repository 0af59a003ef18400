#include "platform/sources/resumable_uploads.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <chrono>
#include <fstream>
#include <memory>
#include <vector>

#include "base/id.h"
#include "base/log.h"
#include "platform/accounts/authorise.h"

namespace sextant::sources {
namespace {

namespace fs = std::filesystem;
constexpr auto kLife = std::chrono::hours(7 * 24);

// How a placement is kept with an upload.
struct KeptPlacement {
  std::optional<std::string> source_id;
  bool append = false;
  bool confirmed = false;
};
BOOST_DESCRIBE_STRUCT(KeptPlacement, (), (source_id, append, confirmed))

Error broken(const char* what) {
  return {ErrorCode::storage_full, fmt::format("The upload could not be {}.", what),
          "Free disk space on the server, then go on with the upload."};
}

Result<> append_file(const fs::path& from, const fs::path& to) {
  std::ifstream in(from, std::ios::binary);
  std::ofstream out(to, std::ios::binary | std::ios::app);
  if (in.peek() != std::ifstream::traits_type::eof()) out << in.rdbuf();
  out.flush();
  if (!out || in.bad()) return fail(broken("written"));
  return {};
}

Result<std::string> sha256_of(const fs::path& path) {
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(),
                                                                   EVP_MD_CTX_free);
  EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
  std::ifstream in(path, std::ios::binary);
  std::vector<char> block(1 << 20);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0)
    EVP_DigestUpdate(context.get(), block.data(), static_cast<std::size_t>(in.gcount()));
  if (in.bad()) return fail(broken("read"));
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned length = 0;
  EVP_DigestFinal_ex(context.get(), digest.data(), &length);
  std::string out;
  for (unsigned i = 0; i < length; ++i) out += fmt::format("{:02x}", digest[i]);
  return out;
}

}  // namespace

struct ResumableUploads::Stored {
  ResumableUpload upload;
  Placement placement;
};

ResumableUploads::ResumableUploads(store::Database& database, const blobs::WorkspaceFiles& files,
                                   SourceService& sources)
    : database_(database), files_(files), sources_(sources) {}

fs::path ResumableUploads::path_of(const std::string& workspace_id, const std::string& id) const {
  return files_.folder(workspace_id) / blobs::WorkspaceFiles::partial_path(id);
}

Result<ResumableUpload> ResumableUploads::create(const catalog::Principal& who,
                                                 const NewUpload& fresh) {
  TRY_VOID(sources_.may_receive(who, fresh.filename, fresh.size));
  TRY_VOID(remove_expired(who.workspace_id));
  TRY_VOID(files_.prepare(who.workspace_id));
  const auto id = new_id();
  if (!std::ofstream(path_of(who.workspace_id, id), std::ios::binary)) return fail(broken("begun"));
  const KeptPlacement placement{fresh.placement.source_id, fresh.placement.append,
                                fresh.placement.confirmed};
  TRY_VOID(database_.execute(
      "INSERT INTO resumable_uploads (id, workspace_id, user_id, filename, size, placement, "
      "created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {id, who.workspace_id, who.user_id, fresh.filename, fresh.size, store::Value::json(placement),
       now(), now() + kLife}));
  return get(who, id);
}

Result<ResumableUploads::Stored> ResumableUploads::find(const catalog::Principal& who,
                                                        const std::string& id) {
  TRY(auto row, database_.one("SELECT filename, size, placement, file_id, expires_at FROM "
                              "resumable_uploads WHERE id = $1 AND workspace_id = $2 AND user_id "
                              "= $3",
                              {id, who.workspace_id, who.user_id}, "upload"));
  Stored out;
  out.upload = {id, row.text("filename"),   row.integer("size"),
                0,  row.text("expires_at"), row.maybe_text("file_id")};
  TRY(const auto placement, row.document<KeptPlacement>("placement"));
  out.placement.source_id = placement.source_id;
  out.placement.append = placement.append;
  out.placement.confirmed = placement.confirmed;
  if (out.upload.file_id) {
    out.upload.offset = out.upload.size;
    return out;
  }
  std::error_code ec;
  const auto arrived = fs::file_size(path_of(who.workspace_id, id), ec);
  if (ec) {
    return fail(ErrorCode::not_found, "What had arrived of this upload is gone.",
                "Begin the upload anew.");
  }
  out.upload.offset = static_cast<std::int64_t>(arrived);
  return out;
}

Result<ResumableUpload> ResumableUploads::get(const catalog::Principal& who,
                                              const std::string& id) {
  TRY_VOID(accounts::authorise(who, accounts::Action::create, {"upload", who.workspace_id}));
  TRY(auto stored, find(who, id));
  return std::move(stored.upload);
}

Result<ResumableUpload> ResumableUploads::append(const catalog::Principal& who,
                                                 const std::string& id, std::int64_t offset,
                                                 const UploadPiece& piece) {
  TRY_VOID(accounts::authorise(who, accounts::Action::create, {"upload", who.workspace_id}));
  {
    const std::lock_guard lock(mutex_);
    if (!busy_.insert(id).second) {
      return fail(ErrorCode::conflict, "Another piece of this upload is being stored.",
                  "Ask with HEAD where the upload stands, then go on from there.");
    }
  }
  struct Release {
    ResumableUploads& uploads;
    const std::string& id;
    ~Release() {
      const std::lock_guard lock(uploads.mutex_);
      uploads.busy_.erase(id);
    }
  } release{*this, id};
  TRY(auto stored, find(who, id));
  auto& upload = stored.upload;
  if (offset != upload.offset) {
    return fail(ErrorCode::conflict,
                fmt::format("The upload stands at byte {}, not {}.", upload.offset, offset),
                "Ask with HEAD where the upload stands, then go on from there.",
                {{"offset", upload.offset}});
  }
  if (upload.offset + piece.size > upload.size) {
    return fail(
        ErrorCode::too_large,
        fmt::format("The upload was to have {} bytes, and this piece goes beyond.", upload.size),
        "Begin a new upload with the right length.");
  }
  if (!upload.file_id) {
    TRY_VOID(append_file(piece.file, path_of(who.workspace_id, id)));
    upload.offset += piece.size;
    if (upload.offset == upload.size) TRY_VOID(complete(who, stored));
  }
  return std::move(stored.upload);
}

Result<> ResumableUploads::complete(const catalog::Principal& who, Stored& stored) {
  auto& upload = stored.upload;
  const auto path = path_of(who.workspace_id, upload.id);
  TRY(auto sha256, sha256_of(path));
  TRY(auto files, sources_.accept(who, {{upload.filename, path, upload.size, std::move(sha256)}},
                                  stored.placement));
  upload.file_id = files.front().id;
  TRY_VOID(database_.execute("UPDATE resumable_uploads SET file_id = $2 WHERE id = $1",
                             {upload.id, *upload.file_id}));
  return {};
}

Result<> ResumableUploads::remove(const catalog::Principal& who, const std::string& id) {
  TRY_VOID(accounts::authorise(who, accounts::Action::create, {"upload", who.workspace_id}));
  TRY_VOID(find(who, id));
  TRY_VOID(database_.execute("DELETE FROM resumable_uploads WHERE id = $1", {id}));
  return files_.remove(who.workspace_id, blobs::WorkspaceFiles::partial_path(id));
}

Result<> ResumableUploads::remove_expired(const std::string& workspace_id) {
  TRY(const auto rows,
      database_.query(
          "SELECT id FROM resumable_uploads WHERE workspace_id = $1 AND expires_at < $2",
          {workspace_id, now()}));
  for (const auto& row : rows) {
    TRY_VOID(files_.remove(workspace_id, blobs::WorkspaceFiles::partial_path(row.text("id"))));
    TRY_VOID(database_.execute("DELETE FROM resumable_uploads WHERE id = $1", {row.text("id")}));
  }
  return {};
}

}  // namespace sextant::sources
