#include "views.hpp"

namespace rollcall::api {

PersonView view_of(const domain::Person& person) {
  return {.id = person.id.value,
          .display_name = person.display_name,
          .external_id = person.external_id,
          .status = person.status,
          .created_at = {person.created_at},
          .updated_at = {person.updated_at}};
}

PersonRef reference_to(const domain::Person& person) {
  return {.id = person.id.value, .display_name = person.display_name, .external_id = person.external_id};
}

QualityView view_of(const domain::Quality& quality) {
  return {.size_px = quality.size_px,
          .detection_score = quality.detection_score,
          .sharpness = quality.sharpness,
          .brightness = quality.brightness,
          .clipped = quality.clipped,
          .yaw_deg = quality.yaw_deg,
          .pitch_deg = quality.pitch_deg,
          .roll_deg = quality.roll_deg};
}

FaceView view_of(const domain::Face& face) {
  return {.id = face.id.value,
          .status = face.status,
          .source_name = face.source_name,
          .quality = view_of(face.quality),
          .model = face.model.value,
          .template_count = face.template_count,
          .created_at = {face.created_at}};
}

BoxView view_of(const domain::Box& box) {
  return {box.x, box.y, box.width, box.height};
}

std::vector<PointView> view_of(const domain::Landmarks& landmarks) {
  std::vector<PointView> points;
  for (const auto& point : landmarks) points.push_back({point.x, point.y});
  return points;
}

EventView view_of(const domain::Event& event, const std::optional<domain::Person>& person) {
  EventView view{.id = event.id.value,
                 .sequence = event.sequence,
                 .device_id = event.device.value,
                 .event_id = event.device_event_id,
                 .method = event.method,
                 .verdict = event.verdict,
                 .reason = event.reason,
                 .person = {},
                 .captured_at = {event.captured_at},
                 .received_at = {event.received_at}};
  if (person) view.person = reference_to(*person);
  return view;
}

std::string sentence_for(domain::Verdict verdict, std::string_view reason) {
  switch (verdict) {
    case domain::Verdict::match:
      return "Recognised.";
    case domain::Verdict::ambiguous:
      return reason == "same_person_twice" ? "Two faces in this picture look like the same person."
                                           : "Two enrolled people look too much like this face to name one.";
    case domain::Verdict::unknown:
      if (reason == "nobody_enrolled") return "Nobody is enrolled to compare with.";
      if (reason == "not_the_claimed_person")
        return "This face does not look enough like the person it claims to be.";
      return "Nobody enrolled looks enough like this face.";
    case domain::Verdict::low_quality:
      return "The picture of the face is not good enough to give a name.";
  }
  return "";
}

}  // namespace rollcall::api
