// Valid values for tests to vary.
#pragma once

#include <string>

#include <rollcall/domain/consent.hpp>
#include <rollcall/domain/event.hpp>
#include <rollcall/domain/face.hpp>
#include <rollcall/domain/person.hpp>

namespace rollcall::storage::testing {

inline core::TimePoint time_at(long long microseconds) {
  return core::TimePoint{std::chrono::microseconds{1'767'225'600'000'000 + microseconds}};
}

inline domain::Person person_named(const std::string& name, const std::string& id) {
  domain::Person person;
  person.id.value = id;
  person.display_name = name;
  person.created_at = time_at(1);
  person.updated_at = time_at(2);
  return person;
}

inline domain::Consent consent_of(const std::string& person) {
  domain::Consent consent;
  consent.id.value = "consent-" + person;
  consent.person.value = person;
  consent.text_version = "2026-03";
  consent.language = "en";
  consent.method = domain::ConsentMethod::electronic;
  consent.recorded_by = "test";
  consent.given_at = time_at(2);
  return consent;
}

inline domain::Face face_of(const std::string& person, const std::string& id) {
  domain::Face face;
  face.id.value = id;
  face.person.value = person;
  face.source_name = id + ".jpg";
  face.photo_sha256 = "sha-of-" + id;
  face.quality = {112.5F, 0.93F, 214.7F, 131.25F, 0.01F, -3.5F, 2.25F, 0.1F};
  face.model.value = "model@1";
  face.consent = consent_of(person).id;
  face.created_at = time_at(3);
  return face;
}

inline domain::Template template_of(const domain::Face& face, const std::string& id) {
  return {{id}, face.id, face.person, face.model, {0.625F, -0.8125F, 0.0F}};
}

inline domain::Event event_from(const std::string& device, const std::string& device_event_id) {
  domain::Event event;
  event.id.value = "event-" + device + "-" + device_event_id;
  event.device.value = device;
  event.device_event_id = device_event_id;
  event.request_sha256 = "0badcafe";
  event.verdict = domain::Verdict::match;
  event.reason = "match";
  event.person = domain::PersonId{"p1"};
  event.captured_at = time_at(-5);
  event.received_at = time_at(7);
  event.evidence.model.value = "model@1";
  event.evidence.gallery_version = 41;
  event.evidence.policy.identify_score_min = 0.43F;
  event.evidence.policy.margin_min = 0.05F;
  event.evidence.candidates = {{{"p1"}, {"t1"}, 0.71F}, {{"p2"}, {"t7"}, 0.2F}};
  event.evidence.quality = {112.5F, 0.93F, 214.7F, 131.25F, 0.01F, -3.5F, 2.25F, 0.1F};
  event.evidence.box = {10.5F, 20.25F, 100, 120};
  event.evidence.landmarks = {{{1.1F, 2.2F}, {3.3F, 4.4F}, {5.5F, 6.6F}, {7.7F, 8.8F}, {9.9F, 10.1F}}};
  event.evidence.width_px = 640;
  event.evidence.height_px = 480;
  return event;
}

}  // namespace rollcall::storage::testing
