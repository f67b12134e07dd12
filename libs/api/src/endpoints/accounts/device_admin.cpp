// What administrators do with devices.
#include "views.hpp"

namespace rollcall::api::endpoints {
namespace {

constexpr std::int64_t kCodeMinutes = 15;
constexpr std::int64_t kCodeMinutesMax = 24 * 60;

struct NewDeviceCode {
  static constexpr std::string_view kSchemaName = "NewDeviceCode";
  std::optional<Whole<1, kCodeMinutesMax>> minutes;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "minutes") return "How long the code is good; 15 if absent.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(NewDeviceCode, (), (minutes))

struct DeviceCode {
  static constexpr std::string_view kSchemaName = "DeviceCode";
  std::string code;
  Timestamp expires_at;
};
BOOST_DESCRIBE_STRUCT(DeviceCode, (), (code, expires_at))

struct DeviceRequestView {
  static constexpr std::string_view kSchemaName = "DeviceRequest";
  std::string id;
  std::string device_id;
  std::string name;
  std::string user_code;
  Timestamp made_at;
  Timestamp expires_at;
};
BOOST_DESCRIBE_STRUCT(DeviceRequestView, (), (id, device_id, name, user_code, made_at, expires_at))

struct DeviceRequestList {
  static constexpr std::string_view kSchemaName = "DeviceRequestList";
  std::vector<DeviceRequestView> items;
};
BOOST_DESCRIBE_STRUCT(DeviceRequestList, (), (items))

struct DeviceDecision {
  static constexpr std::string_view kSchemaName = "DeviceDecision";
  bool approve = false;
};
BOOST_DESCRIBE_STRUCT(DeviceDecision, (), (approve))

struct DeviceChanges {
  static constexpr std::string_view kSchemaName = "DeviceChanges";
  Text<1, 200> name;
};
BOOST_DESCRIBE_STRUCT(DeviceChanges, (), (name))

struct DeviceList {
  static constexpr std::string_view kSchemaName = "DeviceList";
  std::vector<DeviceView> items;
};
BOOST_DESCRIBE_STRUCT(DeviceList, (), (items))

http::Response make_code(Services& services, const http::Request& request) {
  const auto body = read_body<NewDeviceCode>(request);
  if (!body) return body.error().response;
  const std::chrono::minutes life(body->minutes ? body->minutes->value : kCodeMinutes);
  const auto made = services.accounts.devices.make_code(caller_of(request).actor(), life);
  return http::json_response(201, encode(DeviceCode{made.code, {made.expires_at}}));
}

http::Response list_requests(Services& services, const http::Request&) {
  DeviceRequestList view;
  for (const auto& waiting : services.accounts.devices.requests()) {
    view.items.push_back({.id = waiting.id,
                          .device_id = waiting.device.value,
                          .name = waiting.name,
                          .user_code = waiting.user_code,
                          .made_at = {waiting.made_at},
                          .expires_at = {waiting.expires_at}});
  }
  return http::json_response(200, encode(view));
}

http::Response decide(Services& services, const http::Request& request) {
  const auto body = read_body<DeviceDecision>(request);
  if (!body) return body.error().response;
  const auto status = body->approve ? accounts::RequestStatus::approved : accounts::RequestStatus::denied;
  const auto decided = services.accounts.devices.decide(path_id(request), status, caller_of(request).actor());
  if (!decided) return http::problem(decided.error());
  return {.status = 204};
}

http::Response list(Services& services, const http::Request&) {
  DeviceList view;
  for (const auto& device : services.accounts.devices.list()) view.items.push_back(view_of(device));
  return http::json_response(200, encode(view));
}

http::Response answer(const core::Result<accounts::Device>& device) {
  if (!device) return http::problem(device.error());
  return http::json_response(200, encode(view_of(*device)));
}

http::Response rename(Services& services, const http::Request& request) {
  const auto body = read_body<DeviceChanges>(request);
  if (!body) return body.error().response;
  return answer(services.accounts.devices.rename({path_id(request)}, body->name.value));
}

http::Response revoke(Services& services, const http::Request& request) {
  return answer(services.accounts.devices.revoke({path_id(request)}));
}

http::Response forget(Services& services, const http::Request& request) {
  const auto forgotten = services.accounts.devices.forget({path_id(request)});
  if (!forgotten) return http::problem(forgotten.error());
  return {.status = 204};
}

}  // namespace

Endpoint create_device_code() {
  return {.method = http::Method::post,
          .pattern = "/v1/device-codes",
          .handler = &make_code,
          .body_size = BodySize::json,
          .operation_id = "createDeviceCode",
          .tag = "devices",
          .summary = "A code that lets one device in",
          .request = {json_content<NewDeviceCode>()},
          .answers = {{201, "The code, shown this once.", {json_content<DeviceCode>()}}},
          .problems = {401, 403}};
}

Endpoint list_device_requests() {
  return {.pattern = "/v1/device-requests",
          .handler = &list_requests,
          .operation_id = "listDeviceRequests",
          .tag = "devices",
          .summary = "Devices that wait for an approval",
          .answers = {{200, "Oldest first.", {json_content<DeviceRequestList>()}}},
          .problems = {401, 403}};
}

Endpoint decide_device_request() {
  return {.method = http::Method::post,
          .pattern = "/v1/device-requests/{id}",
          .handler = &decide,
          .body_size = BodySize::json,
          .operation_id = "decideDeviceRequest",
          .tag = "devices",
          .summary = "Approve a device, or turn it away",
          .request = {json_content<DeviceDecision>()},
          .answers = {{204, "Decided."}},
          .problems = {401, 403, 404}};
}

Endpoint list_devices() {
  return {.pattern = "/v1/devices",
          .handler = &list,
          .operation_id = "listDevices",
          .tag = "devices",
          .summary = "Registered devices",
          .answers = {{200, "By id.", {json_content<DeviceList>()}}},
          .problems = {401, 403}};
}

Endpoint rename_device() {
  return {.method = http::Method::patch,
          .pattern = "/v1/devices/{id}",
          .handler = &rename,
          .body_size = BodySize::json,
          .operation_id = "renameDevice",
          .tag = "devices",
          .summary = "Give a device another name",
          .request = {json_content<DeviceChanges>()},
          .answers = {{200, "The device.", {json_content<DeviceView>()}}},
          .problems = {401, 403, 404}};
}

Endpoint revoke_device() {
  return {.method = http::Method::post,
          .pattern = "/v1/devices/{id}/revoke",
          .handler = &revoke,
          .operation_id = "revokeDevice",
          .tag = "devices",
          .summary = "Turn a device out",
          .description = "Its tokens end at once, and its id cannot register again before it is forgotten.",
          .answers = {{200, "The device.", {json_content<DeviceView>()}}},
          .problems = {401, 403, 404}};
}

Endpoint forget_device() {
  return {.method = http::Method::del,
          .pattern = "/v1/devices/{id}",
          .handler = &forget,
          .operation_id = "forgetDevice",
          .tag = "devices",
          .summary = "Let this id register anew",
          .answers = {{204, "Forgotten; its events stay."}},
          .problems = {401, 403, 404}};
}

}  // namespace rollcall::api::endpoints
