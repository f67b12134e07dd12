// Kiosks and cameras, and how they get in.
#pragma once

#include <optional>
#include <string>

#include <rollcall/core/clock.hpp>
#include <rollcall/domain/ids.hpp>

namespace rollcall::accounts {

enum class DeviceStatus { active, revoked };

struct Device {
  domain::DeviceId id;  // chosen by the device: "kiosk-001"
  std::string name;
  DeviceStatus status = DeviceStatus::active;
  core::TimePoint registered_at;
  std::string registered_by;  // who made the code or approved it: "user:<id>", or "open enrollment"
  std::optional<core::TimePoint> last_seen_at = {};
};

// Lets one device in, once. The code itself is known to nobody but its reader.
struct EnrollmentCode {
  std::string mac;  // hexadecimal HMAC of the code
  std::string made_by;
  core::TimePoint made_at;
  core::TimePoint expires_at;
};

enum class RequestStatus { pending, approved, denied };

// A device that waits for an approval (after RFC 8628).
struct DeviceRequest {
  std::string id;
  std::string device_code_mac;  // hexadecimal HMAC of what the device polls with
  std::string user_code;        // shown on the device, compared by whoever approves
  domain::DeviceId device;
  std::string name;
  RequestStatus status = RequestStatus::pending;
  std::string decided_by = {};
  core::TimePoint made_at;
  core::TimePoint expires_at;
};

}  // namespace rollcall::accounts
