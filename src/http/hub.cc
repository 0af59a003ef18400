#include "http/hub.h"

#include <sodium.h>

#include <chrono>

#include "base/id.h"
#include "base/json.h"
#include "base/log.h"

namespace sextant::http {
namespace {

struct TicketContent {
  catalog::Principal principal;
  std::int64_t expires = 0;  // Unix seconds
};
BOOST_DESCRIBE_STRUCT(TicketContent, (), (principal, expires))

constexpr int kBase64 = sodium_base64_VARIANT_URLSAFE_NO_PADDING;

std::int64_t unix_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

const unsigned char* bytes_of(std::string_view s) {
  return reinterpret_cast<const unsigned char*>(s.data());
}

}  // namespace

Hub::Hub(Replay replay, HubOptions options)
    : replay_(std::move(replay)), options_(std::move(options)) {
  const std::string secret =
      options_.ticket_secret.empty() ? random_token() : options_.ticket_secret;
  if (sodium_init() < 0) throw std::runtime_error("libsodium could not be initialised");
  static constexpr std::string_view kPurpose = "sextant realtime ticket";
  key_.resize(crypto_secretbox_KEYBYTES);
  crypto_generichash(reinterpret_cast<unsigned char*>(key_.data()), key_.size(), bytes_of(secret),
                     secret.size(), bytes_of(kPurpose), kPurpose.size());
}

Hub::~Hub() = default;

SharedMessage Hub::encode(const catalog::Event& event) {
  return std::make_shared<const Message>(Message{event.seq, json::dump(event)});
}

void Hub::publish(const std::string& workspace_id, const catalog::Event& event) {
  const std::lock_guard lock(mutex_);
  const auto found = members_.find(workspace_id);
  if (found == members_.end()) return;
  const SharedMessage message = encode(event);
  for (const auto& member : found->second) member.subscriber->offer(message);
}

void Hub::publish_to(const std::string& workspace_id, const std::string& user_id,
                     const catalog::Event& event) {
  const std::lock_guard lock(mutex_);
  const auto found = members_.find(workspace_id);
  if (found == members_.end()) return;
  SharedMessage message;
  for (const auto& member : found->second) {
    if (member.user_id != user_id) continue;
    if (!message) message = encode(event);
    member.subscriber->offer(message);
  }
}

Ticket Hub::issue_ticket(const catalog::Principal& principal) {
  const std::string content =
      json::dump(TicketContent{principal, unix_seconds() + options_.ticket_seconds});
  std::string sealed(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + content.size(),
                     '\0');
  auto* out = reinterpret_cast<unsigned char*>(sealed.data());
  randombytes_buf(out, crypto_secretbox_NONCEBYTES);
  crypto_secretbox_easy(out + crypto_secretbox_NONCEBYTES, bytes_of(content), content.size(), out,
                        bytes_of(key_));
  std::string text(sodium_base64_encoded_len(sealed.size(), kBase64), '\0');
  sodium_bin2base64(text.data(), text.size(), out, sealed.size(), kBase64);
  text.pop_back();  // the terminating zero
  return {std::move(text), options_.ticket_seconds};
}

Result<catalog::Principal> Hub::redeem(std::string_view ticket) {
  const auto refuse = [] {
    return fail(ErrorCode::unauthenticated, "the ticket is unknown, expired or was used already",
                "Get a new one from POST /api/realtime/ticket; it serves one connection.");
  };
  constexpr std::size_t kOverhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (ticket.size() > 4096) return refuse();
  std::string sealed(ticket.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(sealed.data()), sealed.size(),
                        ticket.data(), ticket.size(), nullptr, &size, nullptr, kBase64) != 0 ||
      size <= kOverhead) {
    return refuse();
  }
  std::string content(size - kOverhead, '\0');
  if (crypto_secretbox_open_easy(reinterpret_cast<unsigned char*>(content.data()),
                                 bytes_of(sealed) + crypto_secretbox_NONCEBYTES,
                                 size - crypto_secretbox_NONCEBYTES, bytes_of(sealed),
                                 bytes_of(key_)) != 0) {
    return refuse();
  }
  auto read = json::parse_as<TicketContent>(content);
  const std::int64_t time = unix_seconds();
  if (!read || read->expires < time) return refuse();

  const std::lock_guard lock(mutex_);
  std::erase_if(used_tickets_, [&](const auto& used) { return used.second < time; });
  const std::string nonce = sealed.substr(0, crypto_secretbox_NONCEBYTES);
  if (!used_tickets_.emplace(nonce, read->expires).second) return refuse();
  return std::move(read->principal);
}

void Hub::disconnect_user(const std::string& user_id) {
  const std::lock_guard lock(mutex_);
  for (const auto& [workspace, members] : members_) {
    for (const auto& member : members) {
      if (member.user_id == user_id) member.subscriber->disconnect();
    }
  }
}

std::size_t Hub::connections() const {
  const std::lock_guard lock(mutex_);
  std::size_t count = 0;
  for (const auto& [workspace, members] : members_) count += members.size();
  return count;
}

void Hub::subscribe(const catalog::Principal& principal, std::shared_ptr<Subscriber> subscriber) {
  const std::lock_guard lock(mutex_);
  members_[principal.workspace_id].push_back({principal.user_id, std::move(subscriber)});
}

void Hub::unsubscribe(const catalog::Principal& principal, const Subscriber* subscriber) {
  const std::lock_guard lock(mutex_);
  const auto found = members_.find(principal.workspace_id);
  if (found == members_.end()) return;
  std::erase_if(found->second, [&](const Member& m) { return m.subscriber.get() == subscriber; });
  if (found->second.empty()) members_.erase(found);
}

Result<std::vector<catalog::Event>> Hub::replay(const std::string& workspace_id,
                                                std::int64_t after) const {
  return replay_(workspace_id, after);
}

}  // namespace sextant::http
