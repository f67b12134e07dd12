#pragma once

#include <optional>
#include <string>
#include <vector>

#include <rollcall/accounts/device.hpp>
#include <rollcall/core/result.hpp>

namespace rollcall::accounts {

// Every member is one committed transaction. Thread safe. Throws core::InfraError.
class DeviceStore {
 public:
  virtual ~DeviceStore() = default;

  // Errors: conflict "device_exists".
  virtual core::Result<void> add(const Device& device) = 0;
  // The device and the use of the code in one transaction. Errors: conflict "device_exists" (the code stays
  // good); unauthenticated "code_refused" for an unknown, used or expired code.
  virtual core::Result<void> add_with_code(const Device& device, const std::string& code_mac) = 0;
  // Name, status and last_seen_at. Errors: not_found "device_not_found".
  virtual core::Result<void> update(const Device& device) = 0;
  virtual bool erase(const domain::DeviceId& id) = 0;
  virtual std::optional<Device> find(const domain::DeviceId& id) = 0;
  // By id.
  virtual std::vector<Device> list() = 0;

  virtual void add_code(const EnrollmentCode& code) = 0;

  // Errors: overloaded "too_many_requests" when `pending_max` others wait.
  virtual core::Result<void> add_request(const DeviceRequest& request, std::int64_t pending_max) = 0;
  virtual std::optional<DeviceRequest> find_request(const std::string& id) = 0;
  virtual std::optional<DeviceRequest> find_request_by_code(const std::string& device_code_mac) = 0;
  virtual std::vector<DeviceRequest> list_requests(core::TimePoint now) = 0;
  // Only from pending. Returns whether it was.
  virtual bool decide_request(const std::string& id, RequestStatus status, const std::string& decided_by) = 0;
  // The device, and the end of its request. Errors: conflict "device_exists"; not_found when not approved.
  virtual core::Result<void> add_approved(const Device& device, const std::string& request_id) = 0;
  // Codes and requests that expired before.
  virtual void erase_expired(core::TimePoint before) = 0;
};

}  // namespace rollcall::accounts
