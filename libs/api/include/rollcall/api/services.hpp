// What the endpoints work with; made by the wiring, alive while the server runs.
#pragma once

#include <functional>
#include <string>

#include <rollcall/accounts/api_keys.hpp>
#include <rollcall/accounts/devices.hpp>
#include <rollcall/accounts/ports/audit_trail.hpp>
#include <rollcall/accounts/users.hpp>
#include <rollcall/api/gatekeeper.hpp>
#include <rollcall/attendance/consents.hpp>
#include <rollcall/attendance/enroll_face.hpp>
#include <rollcall/attendance/erase_person.hpp>
#include <rollcall/attendance/gallery_keeper.hpp>
#include <rollcall/attendance/people.hpp>
#include <rollcall/attendance/ports/crop_store.hpp>
#include <rollcall/attendance/ports/event_store.hpp>
#include <rollcall/attendance/ports/face_store.hpp>
#include <rollcall/attendance/ports/image_source.hpp>
#include <rollcall/attendance/ports/people_store.hpp>
#include <rollcall/attendance/ports/template_index.hpp>
#include <rollcall/attendance/recognize_faces.hpp>
#include <rollcall/attendance/record_checkin.hpp>
#include <rollcall/core/clock.hpp>
#include <rollcall/http/router.hpp>

namespace rollcall::api {

// Facts about this server that the status page shows.
struct ServerFacts {
  std::string version;
  std::string environment;  // "development" or "production"
  std::string pack;
  std::string model;
  bool demo_grade = false;  // the pack is not meant for real use
  core::TimePoint started_at;
};

struct RequestLimits {
  std::size_t image_bytes_max = 8 * 1024 * 1024;
  int images_max = 32;  // in one enrolment request
  std::chrono::milliseconds handler_timeout = std::chrono::seconds(10);
};

class Metrics;

struct AccountServices {
  accounts::Users& users;
  accounts::Sessions& sessions;
  accounts::Devices& devices;
  accounts::ApiKeys& api_keys;
  CookieSettings cookies = {};
};

// Thread safety: every referenced part is thread safe.
struct Services {
  attendance::PeopleStore& people_store;
  attendance::FaceStore& face_store;
  attendance::EventStore& event_store;
  attendance::TemplateIndex& index;
  attendance::GalleryKeeper& gallery;
  attendance::People& people;
  attendance::Consents& consents;
  attendance::ErasePerson& erase_person;
  attendance::CropStore& crops;
  attendance::EnrollFace& enroll_face;
  attendance::RecognizeFaces& recognize_faces;
  attendance::RecordCheckin& record_checkin;
  attendance::ImageSource& image_source;
  accounts::AuditTrail& audit;
  const core::Clock& clock;
  Metrics& metrics;
  ServerFacts facts;
  RequestLimits limits;
  // Answers "/" for browsers.
  http::RequestHandler home_page;
  // Throws core::InfraError when the database does not answer.
  std::function<void()> check_database;
  // False while the server drains.
  std::function<bool()> accepting;
  AccountServices accounts;
};

}  // namespace rollcall::api
