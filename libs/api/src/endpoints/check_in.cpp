#include "../image_problem.hpp"
#include "../request.hpp"
#include "../uploads.hpp"
#include "../views.hpp"
#include "list.hpp"

#include <rollcall/api/metrics.hpp>
#include <rollcall/core/digest.hpp>
#include <rollcall/core/time_format.hpp>
#include <rollcall/core/uuid.hpp>
#include <rollcall/http/media_type.hpp>

namespace rollcall::api::endpoints {
namespace {

struct CheckinBody {
  static constexpr std::string_view kSchemaName = "Checkin";
  std::optional<Text<1, 64>> user_id;
  Text<1, 128> device_id;
  Text<1, 16'000'000> image_url;
  std::optional<Text<1, 128>> event_id;
  std::optional<Timestamp> captured_at;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "user_id")
      return "Who the person claims to be (external id or id): the face is compared with that "
             "person alone. Absent: with everybody.";
    if (member == "image_url") return "A data: URL, or the address of a picture on an allowed host.";
    if (member == "event_id")
      return "The device's own id of this check-in, made before the first attempt. The same id "
             "again answers duplicate: true and records nothing.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(CheckinBody, (), (user_id, device_id, image_url, event_id, captured_at))

// The same as form fields or query parameters, when the picture itself is sent.
struct CheckinFields {
  static constexpr std::string_view kSchemaName = "CheckinFields";
  std::optional<Text<1, 64>> user_id;
  std::optional<Text<1, 128>> device_id;
  std::optional<Text<1, 128>> event_id;
  std::optional<Timestamp> captured_at;
};
BOOST_DESCRIBE_STRUCT(CheckinFields, (), (user_id, device_id, event_id, captured_at))

struct CheckinAnswer {
  static constexpr std::string_view kSchemaName = "CheckinAnswer";
  EventView event;
  bool duplicate = false;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(CheckinAnswer, (), (event, duplicate, message))

// One check-in, wherever its members came from.
struct Attempt {
  CheckinFields fields;
  std::optional<std::string> image_url;
  std::string_view image;
};

Input<Attempt> read_attempt(const http::Request& request) {
  if (const auto form = read_form(request, 16)) {
    if (!*form) return Refusal{http::problem((*form).error())};
    const auto& images = (**form).images;
    if (images.size() != 1) return Refusal{http::problem(400, {"image_missing", "Send exactly one photo."})};
    auto pairs = (**form).fields;
    pairs.insert(pairs.end(), request.query.pairs().begin(), request.query.pairs().end());
    auto fields = decode_pairs<CheckinFields>(pairs);
    if (!fields) return Refusal{problem(fields.error())};
    return Attempt{.fields = *std::move(fields), .image_url = {}, .image = images[0].bytes};
  }
  auto body = read_body<CheckinBody>(request);
  if (!body) return body.error();
  return Attempt{.fields = {.user_id = std::move(body->user_id),
                            .device_id = std::move(body->device_id),
                            .event_id = std::move(body->event_id),
                            .captured_at = body->captured_at},
                 .image_url = std::move(body->image_url.value),
                 .image = {}};
}

// Everything that makes two requests the same check-in, each part preceded by its length.
std::string fingerprint(const Attempt& attempt) {
  std::string text;
  const auto add = [&text](std::string_view part) {
    text.append(std::to_string(part.size())).append(":").append(part);
  };
  add(attempt.fields.user_id ? attempt.fields.user_id->value : "");
  add(attempt.fields.captured_at ? core::to_rfc3339(attempt.fields.captured_at->value) : "");
  add(core::sha256_hex(attempt.image_url ? std::string_view(*attempt.image_url) : attempt.image));
  return core::sha256_hex(text);
}

Input<std::string> event_id_of(const http::Request& request, const Attempt& attempt, core::TimePoint now) {
  const auto header = request.headers.get("Idempotency-Key");
  if (!header) return attempt.fields.event_id ? attempt.fields.event_id->value : core::make_uuid_v7(now);
  Text<1, 128> key;
  if (auto wrong = Scalar<Text<1, 128>>::read_text(*header, key)) {
    return Refusal{problem(FieldErrors{{{"Idempotency-Key", wrong->reason, std::move(wrong->message)}}})};
  }
  if (attempt.fields.event_id && attempt.fields.event_id->value != *header) {
    return Refusal{
        http::problem(400, {"event_id_mismatch", "event_id and Idempotency-Key differ: send one of them."})};
  }
  return std::move(key.value);
}

http::Response answer(Services& services, const attendance::Receipt& receipt) {
  const auto& event = receipt.event;
  services.metrics.checkin(receipt.duplicate ? "duplicate" : domain::name_of(event.verdict));
  return http::json_response(receipt.duplicate ? 200 : 201,
                             encode(CheckinAnswer{.event = view_of(event, receipt.person),
                                                  .duplicate = receipt.duplicate,
                                                  .message = sentence_for(event.verdict, event.reason)}));
}

http::Response refuse(Services& services, const core::Error& error) {
  services.metrics.checkin(error.reason);
  return image_problem(error);
}

http::Response handle(Services& services, const http::Request& request) {
  auto attempt = read_attempt(request);
  if (!attempt) return attempt.error().response;
  auto event_id = event_id_of(request, *attempt, services.clock.now());
  if (!event_id) return event_id.error().response;

  const auto& fields = attempt->fields;
  const auto& principal = *caller_of(request).principal;
  const bool is_device = principal.role == accounts::Role::device;
  if (is_device && fields.device_id && fields.device_id->value != principal.id) {
    return http::problem(403, {"device_mismatch", "A device checks people in under its own device_id."});
  }
  const auto device = is_device ? principal.id : fields.device_id ? fields.device_id->value : "web";
  attendance::FaceCheckin checkin{.key = {.device = {device},
                                          .device_event_id = *std::move(event_id),
                                          .request_sha256 = fingerprint(*attempt)},
                                  .image = attempt->image};
  if (fields.user_id) checkin.claimed = fields.user_id->value;
  if (fields.captured_at) checkin.captured_at = fields.captured_at->value;

  std::string fetched;
  if (attempt->image_url) {
    // A retry is answered from the ledger even if the picture is gone by now.
    const auto earlier = services.record_checkin.find_earlier(checkin.key);
    if (!earlier) return refuse(services, earlier.error());
    if (*earlier) return answer(services, **earlier);
    auto image = services.image_source.fetch(*attempt->image_url);
    if (!image) return refuse(services, image.error());
    fetched = *std::move(image);
    checkin.image = fetched;
  }
  const auto receipt = services.record_checkin(checkin);
  if (!receipt) return refuse(services, receipt.error());
  return answer(services, *receipt);
}

}  // namespace

Endpoint check_in() {
  return {.method = http::Method::post,
          .pattern = "/v1/checkins",
          .handler = &handle,
          .pool = http::Pool::heavy,
          .body_size = BodySize::image,
          .operation_id = "checkIn",
          .tag = "attendance",
          .summary = "Check in by face",
          .description =
              "A 2xx answer means that the event is committed and synced to disk. After a time-out send the "
              "same event "
              "id again: it is recorded once. The verdict is match, ambiguous, unknown or low_quality; only "
              "a match has "
              "a name. The picture may be the body itself (image/*, with the other members as query "
              "parameters), a part "
              "of a form, or an image_url in JSON.",
          .parameters = {{"Idempotency-Key", "header", &schema_of<Text<1, 128>>, "The same as event_id."}},
          .request = {json_content<CheckinBody>(),
                      {"multipart/form-data",
                       [](SchemaRegistry& registry) {
                         auto schema = registry.reference<CheckinFields>();
                         return OrderedJson{
                             {"allOf",
                              {std::move(schema),
                               {{"type", "object"},
                                {"properties", {{"image", {{"type", "string"}, {"format", "binary"}}}}},
                                {"required", {"image"}}}}}};
                       }},
                      {"image/*", &binary_schema}},
          .answers = {{201, "Recorded.", {json_content<CheckinAnswer>()}},
                      {200, "Had been recorded before.", {json_content<CheckinAnswer>()}}},
          .problems = {403, 404, 409, 413, 415, 422},
          .narrows = true};
}

}  // namespace rollcall::api::endpoints
