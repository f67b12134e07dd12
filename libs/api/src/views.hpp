// What answers are made of. Raw scores appear only in Explanation.
#pragma once

#include "schema/members.hpp"

#include <optional>
#include <string>
#include <vector>

#include <rollcall/attendance/enroll_face.hpp>
#include <rollcall/attendance/recognize_faces.hpp>
#include <rollcall/attendance/record_checkin.hpp>
#include <rollcall/domain/event.hpp>
#include <rollcall/domain/face.hpp>
#include <rollcall/domain/person.hpp>

namespace rollcall::domain {
BOOST_DESCRIBE_ENUM(PersonStatus, active, archived)
BOOST_DESCRIBE_ENUM(FaceStatus, active, archived)
BOOST_DESCRIBE_ENUM(Verdict, match, ambiguous, unknown, low_quality)
BOOST_DESCRIBE_ENUM(CheckinMethod, face)
}  // namespace rollcall::domain

namespace rollcall::api {

struct PersonView {
  static constexpr std::string_view kSchemaName = "Person";
  std::string id;
  std::string display_name;
  std::optional<std::string> external_id;
  domain::PersonStatus status{};
  Timestamp created_at;
  Timestamp updated_at;
};
BOOST_DESCRIBE_STRUCT(PersonView, (), (id, display_name, external_id, status, created_at, updated_at))

struct PersonPage {
  static constexpr std::string_view kSchemaName = "PersonPage";
  std::vector<PersonView> items;
  std::optional<std::string> next_cursor;
};
BOOST_DESCRIBE_STRUCT(PersonPage, (), (items, next_cursor))

// A person as part of another answer.
struct PersonRef {
  static constexpr std::string_view kSchemaName = "PersonRef";
  std::string id;
  std::string display_name;
  std::optional<std::string> external_id;
};
BOOST_DESCRIBE_STRUCT(PersonRef, (), (id, display_name, external_id))

struct QualityView {
  static constexpr std::string_view kSchemaName = "Quality";
  float size_px = 0;
  float detection_score = 0;
  float sharpness = 0;
  float brightness = 0;
  float clipped = 0;
  float yaw_deg = 0;
  float pitch_deg = 0;
  float roll_deg = 0;
};
BOOST_DESCRIBE_STRUCT(QualityView, (),
                      (size_px, detection_score, sharpness, brightness, clipped, yaw_deg, pitch_deg,
                       roll_deg))

struct FaceView {
  static constexpr std::string_view kSchemaName = "Face";
  std::string id;
  domain::FaceStatus status{};
  std::string source_name;
  QualityView quality;
  std::string model;
  std::int64_t template_count = 0;
  Timestamp created_at;
};
BOOST_DESCRIBE_STRUCT(FaceView, (), (id, status, source_name, quality, model, template_count, created_at))

struct ReasonView {
  static constexpr std::string_view kSchemaName = "Reason";
  std::string reason;
  std::string message;
};
BOOST_DESCRIBE_STRUCT(ReasonView, (), (reason, message))

struct BoxView {
  static constexpr std::string_view kSchemaName = "Box";
  float x = 0;
  float y = 0;
  float width = 0;
  float height = 0;
};
BOOST_DESCRIBE_STRUCT(BoxView, (), (x, y, width, height))

struct PointView {
  static constexpr std::string_view kSchemaName = "Point";
  float x = 0;
  float y = 0;
};
BOOST_DESCRIBE_STRUCT(PointView, (), (x, y))

struct EventView {
  static constexpr std::string_view kSchemaName = "Event";
  std::string id;
  std::int64_t sequence = 0;
  std::string device_id;
  std::string event_id;
  domain::CheckinMethod method{};
  domain::Verdict verdict{};
  std::string reason;
  std::optional<PersonRef> person;
  Timestamp captured_at;
  Timestamp received_at;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "sequence") return "Position in the ledger; grows by the order of commits.";
    if (member == "event_id") return "The device's own id of this check-in; unique with device_id.";
    if (member == "person") return "Only with the verdict match, while that person is enrolled.";
    if (member == "captured_at") return "By the device's clock, or received_at when it did not say.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(EventView, (),
                      (id, sequence, device_id, event_id, method, verdict, reason, person, captured_at,
                       received_at))

PersonView view_of(const domain::Person& person);
PersonRef reference_to(const domain::Person& person);
QualityView view_of(const domain::Quality& quality);
FaceView view_of(const domain::Face& face);
BoxView view_of(const domain::Box& box);
std::vector<PointView> view_of(const domain::Landmarks& landmarks);
EventView view_of(const domain::Event& event, const std::optional<domain::Person>& person);

// One sentence for a verdict and its rule: "Recognised.", "Nobody enrolled looks like this face.", ...
std::string sentence_for(domain::Verdict verdict, std::string_view reason);

}  // namespace rollcall::api
