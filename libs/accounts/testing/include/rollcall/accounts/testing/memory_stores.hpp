// Stores in memory that keep the promises of the ports.
#pragma once

#include <algorithm>
#include <map>
#include <mutex>

#include <rollcall/accounts/ports/api_key_store.hpp>
#include <rollcall/accounts/ports/device_store.hpp>
#include <rollcall/accounts/ports/session_store.hpp>
#include <rollcall/accounts/ports/user_store.hpp>

namespace rollcall::accounts::testing {

class MemoryUsers final : public UserStore {
 public:
  core::Result<void> add(const User& user) override {
    if (find_by_name(user.username)) return core::Error{core::Errc::conflict, "username_taken", "Taken."};
    users[user.id.value] = user;
    return {};
  }
  core::Result<void> add_first(const User& user) override {
    if (!users.empty()) return core::Error{core::Errc::conflict, "already_set_up", "There are users."};
    return add(user);
  }
  core::Result<void> update(const User& user) override {
    const auto found = users.find(user.id.value);
    if (found == users.end()) return core::Error{core::Errc::not_found, "user_not_found", "No such user."};
    found->second = user;
    return {};
  }
  void note_login(const UserId& id, core::TimePoint at, const std::string& password_hash) override {
    users[id.value].last_login_at = at;
    users[id.value].password_hash = password_hash;
  }
  bool use_totp_step(const UserId& id, std::int64_t step) override {
    auto& user = users[id.value];
    if (step <= user.totp_last_step) return false;
    user.totp_last_step = step;
    return true;
  }
  std::optional<User> find(const UserId& id) override {
    const auto found = users.find(id.value);
    return found == users.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<User> find_by_name(const std::string& username) override {
    for (const auto& [id, user] : users) {
      if (user.username == username) return user;
    }
    return std::nullopt;
  }
  std::vector<User> list() override {
    std::vector<User> all;
    for (const auto& [id, user] : users) all.push_back(user);
    return all;
  }
  std::int64_t count() override { return static_cast<std::int64_t>(users.size()); }

  std::map<std::string, User> users;
};

class MemoryDevices final : public DeviceStore {
 public:
  core::Result<void> add(const Device& device) override {
    if (!devices.emplace(device.id.value, device).second) {
      return core::Error{core::Errc::conflict, "device_exists", "Registered already."};
    }
    return {};
  }
  core::Result<void> add_with_code(const Device& device, const std::string& code_mac) override {
    const auto code = codes.find(code_mac);
    if (code == codes.end() || device.registered_at >= code->second.expires_at) {
      return core::Error{core::Errc::unauthenticated, "code_refused", "No."};
    }
    if (auto added = add(device); !added) return added;
    codes.erase(code);
    return {};
  }
  core::Result<void> update(const Device& device) override {
    const auto found = devices.find(device.id.value);
    if (found == devices.end())
      return core::Error{core::Errc::not_found, "device_not_found", "No such device."};
    found->second = device;
    return {};
  }
  bool erase(const domain::DeviceId& id) override { return devices.erase(id.value) > 0; }
  std::optional<Device> find(const domain::DeviceId& id) override {
    const auto found = devices.find(id.value);
    return found == devices.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<Device> list() override {
    std::vector<Device> all;
    for (const auto& [id, device] : devices) all.push_back(device);
    return all;
  }
  void add_code(const EnrollmentCode& code) override { codes[code.mac] = code; }
  core::Result<void> add_request(const DeviceRequest& request, std::int64_t pending_max) override {
    if (static_cast<std::int64_t>(requests.size()) >= pending_max) {
      return core::Error{core::Errc::overloaded, "too_many_requests", "Too many wait."};
    }
    requests[request.id] = request;
    return {};
  }
  std::optional<DeviceRequest> find_request(const std::string& id) override {
    const auto found = requests.find(id);
    return found == requests.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<DeviceRequest> find_request_by_code(const std::string& mac) override {
    for (const auto& [id, request] : requests) {
      if (request.device_code_mac == mac) return request;
    }
    return std::nullopt;
  }
  std::vector<DeviceRequest> list_requests(core::TimePoint now) override {
    std::vector<DeviceRequest> pending;
    for (const auto& [id, request] : requests) {
      if (request.status == RequestStatus::pending && now < request.expires_at) pending.push_back(request);
    }
    return pending;
  }
  bool decide_request(const std::string& id, RequestStatus status, const std::string& decided_by) override {
    const auto found = requests.find(id);
    if (found == requests.end() || found->second.status != RequestStatus::pending) return false;
    found->second.status = status;
    found->second.decided_by = decided_by;
    return true;
  }
  core::Result<void> add_approved(const Device& device, const std::string& request_id) override {
    const auto found = requests.find(request_id);
    if (found == requests.end() || found->second.status != RequestStatus::approved) {
      return core::Error{core::Errc::not_found, "request_not_found", "Not approved."};
    }
    if (auto added = add(device); !added) return added;
    requests.erase(found);
    return {};
  }
  void erase_expired(core::TimePoint before) override {
    std::erase_if(codes, [&](const auto& each) { return each.second.expires_at < before; });
    std::erase_if(requests, [&](const auto& each) { return each.second.expires_at < before; });
  }

  std::map<std::string, Device> devices;
  std::map<std::string, EnrollmentCode> codes;
  std::map<std::string, DeviceRequest> requests;
};

// Thread safe, for tests of parallel refreshes.
class MemorySessions final : public SessionStore {
 public:
  void add(const Session& session) override {
    const std::lock_guard lock(mutex);
    sessions[session.id] = session;
  }
  std::optional<Session> find(const std::string& id) override {
    const std::lock_guard lock(mutex);
    const auto found = sessions.find(id);
    return found == sessions.end() ? std::nullopt : std::optional(found->second);
  }
  std::vector<Session> list_live(core::TimePoint now) override {
    const std::lock_guard lock(mutex);
    std::vector<Session> live;
    for (const auto& [id, session] : sessions) {
      if (!session.revoked_at && now < session.expires_at && now < session.ends_at) live.push_back(session);
    }
    return live;
  }
  bool advance(const std::string& id, std::int64_t counter, core::TimePoint used_at,
               core::TimePoint expires_at) override {
    const std::lock_guard lock(mutex);
    auto& session = sessions[id];
    if (session.counter != counter || session.revoked_at) return false;
    ++session.counter;
    session.used_at = used_at;
    session.expires_at = expires_at;
    ++advances;
    return true;
  }
  void touch(const std::string& id, core::TimePoint used_at, core::TimePoint expires_at) override {
    const std::lock_guard lock(mutex);
    sessions[id].used_at = used_at;
    sessions[id].expires_at = expires_at;
    ++touches;
  }
  void revoke(const std::string& id, core::TimePoint at) override {
    const std::lock_guard lock(mutex);
    const auto found = sessions.find(id);
    if (found != sessions.end()) found->second.revoked_at = at;
  }
  void revoke_all(SubjectKind kind, const std::string& subject, core::TimePoint at) override {
    const std::lock_guard lock(mutex);
    for (auto& [id, session] : sessions) {
      if (session.subject_kind == kind && session.subject == subject) session.revoked_at = at;
    }
  }
  void erase_ended(core::TimePoint before) override {
    const std::lock_guard lock(mutex);
    std::erase_if(sessions, [&](const auto& each) {
      return each.second.expires_at < before || each.second.revoked_at.value_or(before) < before;
    });
  }

  std::mutex mutex;
  std::map<std::string, Session> sessions;
  int advances = 0;
  int touches = 0;
};

class MemoryApiKeys final : public ApiKeyStore {
 public:
  void add(const ApiKey& key) override { keys[key.id] = key; }
  bool replace_mac(const std::string& id, const std::string& mac) override {
    const auto found = keys.find(id);
    if (found == keys.end() || found->second.revoked_at) return false;
    found->second.mac = mac;
    return true;
  }
  bool revoke(const std::string& id, core::TimePoint at) override {
    const auto found = keys.find(id);
    if (found == keys.end() || found->second.revoked_at) return false;
    found->second.revoked_at = at;
    return true;
  }
  std::vector<ApiKey> list() override {
    std::vector<ApiKey> all;
    for (const auto& [id, key] : keys) all.push_back(key);
    return all;
  }

  std::map<std::string, ApiKey> keys;
};

}  // namespace rollcall::accounts::testing
