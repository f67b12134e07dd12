// What a device itself asks: to get in, and to say that it is there.
#include "views.hpp"

namespace rollcall::api::endpoints {
namespace {

struct DeviceRegistration {
  static constexpr std::string_view kSchemaName = "DeviceRegistration";
  Text<1, 128> device_id;
  std::optional<Text<1, 200>> name;
  std::optional<Text<1, 64>> enrollment_code;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "device_id") return "Chosen by the site: \"kiosk-001\".";
    if (member == "enrollment_code") return "Made by an administrator; good once.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(DeviceRegistration, (), (device_id, name, enrollment_code))

struct DeviceWaiting {
  static constexpr std::string_view kSchemaName = "DeviceWaiting";
  std::string status = "pending";
  std::string device_code;
  std::string user_code;
  std::int64_t interval = 5;
  std::int64_t expires_in = 600;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "device_code") return "Ask POST /v1/devices/token with it, every `interval` seconds.";
    if (member == "user_code") return "To be shown; whoever approves compares it.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(DeviceWaiting, (), (status, device_code, user_code, interval, expires_in))

struct DevicePoll {
  static constexpr std::string_view kSchemaName = "DevicePoll";
  Text<1, 100> device_code;
};
BOOST_DESCRIBE_STRUCT(DevicePoll, (), (device_code))

http::Response enroll(Services& services, const http::Request& request) {
  const auto body = read_body<DeviceRegistration>(request);
  if (!body) return body.error().response;
  accounts::Registration registration{.device = body->device_id.value, .name = {}, .enrollment_code = {}};
  if (body->name) registration.name = body->name->value;
  if (body->enrollment_code) registration.enrollment_code = body->enrollment_code->value;
  const auto registered = services.accounts.devices.enroll(registration);
  if (!registered) return account_problem(registered.error());
  if (registered->tokens) return http::json_response(201, encode(view_of(*registered->tokens)));
  return http::json_response(202,
                             encode(DeviceWaiting{.device_code = registered->waiting->device_code,
                                                  .user_code = registered->waiting->user_code,
                                                  .interval = registered->waiting->interval.count(),
                                                  .expires_in = registered->waiting->expires_in.count()}));
}

http::Response poll(Services& services, const http::Request& request) {
  const auto body = read_body<DevicePoll>(request);
  if (!body) return body.error().response;
  const auto tokens = services.accounts.devices.poll(body->device_code.value);
  if (!tokens) return account_problem(tokens.error());
  return http::json_response(201, encode(view_of(*tokens)));
}

http::Response beat(Services& services, const http::Request& request) {
  services.accounts.devices.note_heartbeat({caller_of(request).principal->id});
  return {.status = 204};
}

}  // namespace

Endpoint register_device() {
  return {.method = http::Method::post,
          .pattern = "/v1/devices/register",
          .handler = &enroll,
          .body_size = BodySize::json,
          .operation_id = "registerDevice",
          .tag = "devices",
          .summary = "Let a device in",
          .description =
              "With an enrollment code the answer has tokens at once. Where DEVICE_ENROLLMENT is approval, a "
              "device "
              "without a code waits until somebody approves it.",
          .request = {json_content<DeviceRegistration>()},
          .answers = {{201, "Registered.", {json_content<TokensView>()}},
                      {202, "Waits for an approval.", {json_content<DeviceWaiting>()}}},
          .problems = {401, 409, 429}};
}

Endpoint poll_device() {
  return {.method = http::Method::post,
          .pattern = "/v1/devices/token",
          .handler = &poll,
          .body_size = BodySize::json,
          .operation_id = "pollDevice",
          .tag = "devices",
          .summary = "Has somebody approved this device?",
          .description = "400 with the reason authorization_pending until then (after RFC 8628).",
          .request = {json_content<DevicePoll>()},
          .answers = {{201, "Approved.", {json_content<TokensView>()}}},
          .problems = {401, 403, 409, 429}};
}

Endpoint heartbeat() {
  return {.method = http::Method::post,
          .pattern = "/v1/devices/heartbeat",
          .handler = &beat,
          .operation_id = "heartbeat",
          .tag = "devices",
          .summary = "The device is there",
          .answers = {{204, "Noted."}},
          .problems = {401, 403},
          .narrows = true};
}

}  // namespace rollcall::api::endpoints
