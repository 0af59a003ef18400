#pragma once
// Fan-out of a workspace's events to its open pages, and the tickets with which a page connects.
//
// Delivery to one socket is in order, without gaps and duplicates: events carry the workspace's
// sequence numbers; what a socket has not seen (on connecting with ?after=SEQ, or when a number was
// skipped because another server published it) is fetched by the replay callback. Events with seq 0
// are transient: sent once to whoever listens. A socket that can not keep up is closed (1013) and
// reconnects with its last number.
//
// All functions are thread-safe. publish() never blocks on a client. The hub outlives the server.

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "catalog/event.h"
#include "catalog/principal.h"

namespace sextant::http {

struct Ticket {
  std::string ticket;
  std::int64_t expires_in = 0;  // seconds
};
BOOST_DESCRIBE_STRUCT(Ticket, (), (ticket, expires_in))

struct HubOptions {
  // Servers that share it accept each other's tickets; empty: random. One use per server and
  // ticket.
  std::string ticket_secret;
  std::int64_t ticket_seconds = 30;
};

// An event as it goes over the wire, encoded once and shared by all sockets.
struct Message {
  std::int64_t seq = 0;
  std::string text;
};
using SharedMessage = std::shared_ptr<const Message>;

// The end of one socket, implemented by the transport.
class Subscriber {
 public:
  virtual ~Subscriber() = default;
  virtual void offer(SharedMessage message) = 0;  // any thread; must not block
  virtual void disconnect() = 0;                  // any thread; closes with 1008
};

class Hub {
 public:
  // The persisted events of a workspace with seq > after, in order; may return a first part only
  // (it is asked again until nothing comes). Called on pool threads.
  using Replay = std::function<Result<std::vector<catalog::Event>>(const std::string& workspace_id,
                                                                   std::int64_t after)>;

  explicit Hub(Replay replay, HubOptions options = {});
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  void publish(const std::string& workspace_id, const catalog::Event& event);
  // To the open pages of one user alone; transient events only.
  void publish_to(const std::string& workspace_id, const std::string& user_id,
                  const catalog::Event& event);

  Ticket issue_ticket(const catalog::Principal& principal);
  // The principal of a ticket that is genuine, not expired and not used; uses it.
  Result<catalog::Principal> redeem(std::string_view ticket);

  // Closes the sockets of a user who was signed out or removed.
  void disconnect_user(const std::string& user_id);
  std::size_t connections() const;

  // For the transport.
  void subscribe(const catalog::Principal& principal, std::shared_ptr<Subscriber> subscriber);
  void unsubscribe(const catalog::Principal& principal, const Subscriber* subscriber);
  Result<std::vector<catalog::Event>> replay(const std::string& workspace_id,
                                             std::int64_t after) const;
  static SharedMessage encode(const catalog::Event& event);

 private:
  struct Member {
    std::string user_id;
    std::shared_ptr<Subscriber> subscriber;
  };

  const Replay replay_;
  const HubOptions options_;
  std::string key_;  // derived from the secret

  mutable std::mutex mutex_;
  std::unordered_map<std::string, std::vector<Member>> members_;  // by workspace
  std::unordered_map<std::string, std::int64_t> used_tickets_;    // nonce → expiry, Unix seconds
};

}  // namespace sextant::http
