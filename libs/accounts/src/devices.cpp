#include "rollcall/accounts/devices.hpp"

#include <algorithm>

#include <rollcall/core/uuid.hpp>
#include <rollcall/crypto/base64url.hpp>
#include <rollcall/crypto/mac.hpp>

namespace rollcall::accounts {
namespace {

using core::Errc;
using core::Error;

constexpr std::chrono::seconds kRequestLife{600};
constexpr std::int64_t kRequestsMax = 20;
constexpr std::size_t kCodeLength = 10;
constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
// Without vowels, so that no code is a word (RFC 8628 section 6.1).
constexpr std::string_view kUserCodeLetters = "BCDFGHJKLMNPQRSTVWXZ";

std::string random_text(std::string_view alphabet, std::size_t length) {
  std::string text;
  for (std::size_t i = 0; i < length; ++i) {
    text += alphabet[crypto::random_below(static_cast<std::uint32_t>(alphabet.size()))];
  }
  return text;
}

// As people type it: any case, hyphens and spaces, O for 0, I and L for 1.
std::string canonical_code(std::string_view typed) {
  std::string code;
  for (char c : typed.substr(0, 64)) {
    if (c == '-' || c == ' ') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    code += c;
  }
  return code;
}

bool is_device_id(std::string_view id) {
  return !id.empty() && id.size() <= 128 &&
         std::ranges::all_of(id, [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

Error code_refused() {
  return {Errc::unauthenticated, "code_refused", "The enrollment code is missing, wrong, used or expired."};
}

Error device_not_found() {
  return {Errc::not_found, "device_not_found", "There is no device with this id."};
}

}  // namespace

void Devices::load() {
  for (const auto& device : parts_.store.list()) {
    if (device.status == DeviceStatus::active) {
      parts_.roster.admit(SubjectKind::device, device.id.value, Role::device, std::nullopt);
    }
  }
}

std::string Devices::mac_of(std::string_view purpose, std::string_view text) const {
  return crypto::to_hex(crypto::hmac_sha256(parts_.mac_key.derive(purpose), text));
}

IssuedTokens Devices::let_in(const Device& device) {
  parts_.roster.admit(SubjectKind::device, device.id.value, Role::device, std::nullopt);
  return parts_.sessions.start(SubjectKind::device, device.id.value);
}

core::Result<Registered> Devices::enroll(const Registration& registration) {
  if (!is_device_id(registration.device)) {
    return Error{Errc::invalid_input, "bad_device_id",
                 "A device id has 1 to 128 printable ASCII characters, no spaces."};
  }
  const auto now = parts_.clock.now();
  Device device{.id = {registration.device},
                .name = registration.name.empty() ? registration.device : registration.name,
                .registered_at = now,
                .registered_by = "enrollment code"};
  if (registration.enrollment_code) {
    const auto mac = mac_of("enrollment code", canonical_code(*registration.enrollment_code));
    if (auto added = parts_.store.add_with_code(device, mac); !added) {
      return added.error().code == Errc::unauthenticated ? code_refused() : added.error();
    }
    return Registered{.tokens = let_in(device), .waiting = {}};
  }
  switch (parts_.enrollment) {
    case Enrollment::code:
      return code_refused();
    case Enrollment::open:
      device.registered_by = "open enrollment";
      if (auto added = parts_.store.add(device); !added) return added.error();
      return Registered{.tokens = let_in(device), .waiting = {}};
    case Enrollment::approval:
      break;
  }
  if (parts_.store.find(device.id))
    return Error{Errc::conflict, "device_exists", "This device is registered already."};
  Waiting waiting{.device_code = crypto::base64url_encode(crypto::random_bytes(32)),
                  .user_code = random_text(kUserCodeLetters, 8).insert(4, "-"),
                  .expires_in = kRequestLife};
  const DeviceRequest request{.id = core::make_uuid_v7(now),
                              .device_code_mac = mac_of("device code", waiting.device_code),
                              .user_code = waiting.user_code,
                              .device = device.id,
                              .name = device.name,
                              .made_at = now,
                              .expires_at = now + kRequestLife};
  parts_.store.erase_expired(now);
  if (auto added = parts_.store.add_request(request, kRequestsMax); !added) return added.error();
  return Registered{.tokens = {}, .waiting = std::move(waiting)};
}

core::Result<IssuedTokens> Devices::poll(std::string_view device_code) {
  const auto request = parts_.store.find_request_by_code(mac_of("device code", device_code.substr(0, 200)));
  const auto now = parts_.clock.now();
  if (!request || now >= request->expires_at) return code_refused();
  switch (request->status) {
    case RequestStatus::pending:
      return Error{Errc::invalid_input, "authorization_pending", "Nobody has approved this device yet."};
    case RequestStatus::denied:
      return Error{Errc::forbidden, "access_denied", "This device was turned away."};
    case RequestStatus::approved:
      break;
  }
  const Device device{.id = request->device,
                      .name = request->name,
                      .registered_at = now,
                      .registered_by = request->decided_by};
  if (auto added = parts_.store.add_approved(device, request->id); !added) {
    return added.error().code == Errc::not_found ? code_refused() : added.error();
  }
  return let_in(device);
}

NewCode Devices::make_code(const std::string& made_by, std::chrono::seconds life) {
  const auto now = parts_.clock.now();
  NewCode made{random_text(kCrockford, kCodeLength), now + life};
  parts_.store.erase_expired(now);
  parts_.store.add_code({.mac = mac_of("enrollment code", made.code),
                         .made_by = made_by,
                         .made_at = now,
                         .expires_at = made.expires_at});
  return made;
}

core::Result<void> Devices::decide(const std::string& request, RequestStatus status,
                                   const std::string& decided_by) {
  const auto found = parts_.store.find_request(request);
  if (!found || parts_.clock.now() >= found->expires_at ||
      !parts_.store.decide_request(request, status, decided_by)) {
    return Error{Errc::not_found, "request_not_found", "No device waits under this id."};
  }
  return {};
}

core::Result<Device> Devices::get(const domain::DeviceId& id) {
  auto device = parts_.store.find(id);
  if (!device) return device_not_found();
  return *std::move(device);
}

core::Result<Device> Devices::rename(const domain::DeviceId& id, const std::string& name) {
  auto device = get(id);
  if (!device) return device.error();
  device->name = name;
  if (auto updated = parts_.store.update(*device); !updated) return updated.error();
  return device;
}

core::Result<Device> Devices::revoke(const domain::DeviceId& id) {
  auto device = get(id);
  if (!device) return device.error();
  device->status = DeviceStatus::revoked;
  if (auto updated = parts_.store.update(*device); !updated) return updated.error();
  parts_.sessions.end_all(SubjectKind::device, id.value);
  return device;
}

core::Result<void> Devices::forget(const domain::DeviceId& id) {
  if (!parts_.store.erase(id)) return device_not_found();
  parts_.sessions.end_all(SubjectKind::device, id.value);
  return {};
}

void Devices::note_heartbeat(const domain::DeviceId& id) {
  auto device = parts_.store.find(id);
  if (!device) return;
  device->last_seen_at = parts_.clock.now();
  (void)parts_.store.update(*device);
}

}  // namespace rollcall::accounts
