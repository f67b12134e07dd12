// Devices: how they get in, and what administrators do with them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rollcall/accounts/ports/device_store.hpp>
#include <rollcall/accounts/sessions.hpp>
#include <rollcall/core/clock.hpp>
#include <rollcall/core/result.hpp>
#include <rollcall/crypto/key.hpp>

namespace rollcall::accounts {

enum class Enrollment { code, approval, open };

struct Registration {
  std::string device;
  std::string name;
  std::optional<std::string> enrollment_code;
};

// What a device that waits for an approval needs.
struct Waiting {
  std::string device_code;  // secret, polled with
  std::string user_code;    // shown on its screen: "BCDF-GHJK"
  std::chrono::seconds interval{5};
  std::chrono::seconds expires_in{600};
};

// Either tokens, or Waiting.
struct Registered {
  std::optional<IssuedTokens> tokens;
  std::optional<Waiting> waiting;
};

struct NewCode {
  std::string code;  // ten characters of Crockford's base 32: 50 bits
  core::TimePoint expires_at;
};

// Thread safe.
class Devices {
 public:
  struct Parts {
    DeviceStore& store;
    Roster& roster;
    Sessions& sessions;
    crypto::Key mac_key;
    const core::Clock& clock;
    Enrollment enrollment = Enrollment::code;
  };

  explicit Devices(Parts parts) : parts_(std::move(parts)) {}

  // Once, before serving.
  void load();

  // Errors: invalid_input "bad_device_id"; unauthenticated "code_refused", whatever is wrong with the code;
  // conflict "device_exists"; overloaded "too_many_requests".
  core::Result<Registered> enroll(const Registration& registration);
  // Errors: invalid_input "authorization_pending", forbidden "access_denied", unauthenticated "code_refused".
  core::Result<IssuedTokens> poll(std::string_view device_code);

  NewCode make_code(const std::string& made_by, std::chrono::seconds life);
  std::vector<DeviceRequest> requests() { return parts_.store.list_requests(parts_.clock.now()); }
  // Errors: not_found "request_not_found".
  core::Result<void> decide(const std::string& request, RequestStatus status, const std::string& decided_by);

  std::vector<Device> list() { return parts_.store.list(); }
  core::Result<Device> get(const domain::DeviceId& id);
  core::Result<Device> rename(const domain::DeviceId& id, const std::string& name);
  // Ends its sessions. It can register again only after forget().
  core::Result<Device> revoke(const domain::DeviceId& id);
  // Lets the same id register anew.
  core::Result<void> forget(const domain::DeviceId& id);
  void note_heartbeat(const domain::DeviceId& id);

  void tidy() { parts_.store.erase_expired(parts_.clock.now()); }

 private:
  IssuedTokens let_in(const Device& device);
  std::string mac_of(std::string_view purpose, std::string_view text) const;

  const Parts parts_;
};

}  // namespace rollcall::accounts
