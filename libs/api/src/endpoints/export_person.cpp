#include "../ownership.hpp"
#include "../request.hpp"
#include "../views.hpp"
#include "consent_view.hpp"
#include "list.hpp"

#include <rollcall/core/base64.hpp>

namespace rollcall::api::endpoints {
namespace {

constexpr int kEventsAtOnce = 500;

struct ExportedFace {
  static constexpr std::string_view kSchemaName = "ExportedFace";
  FaceView face;
  std::string consent_id;
  std::optional<std::string> crop_png;
  static constexpr std::string_view about(std::string_view member) {
    return member == "crop_png" ? "The stored picture in base64, where crops are kept." : "";
  }
};
BOOST_DESCRIBE_STRUCT(ExportedFace, (), (face, consent_id, crop_png))

struct PersonExport {
  static constexpr std::string_view kSchemaName = "PersonExport";
  PersonView person;
  std::vector<ConsentView> consents;
  std::vector<ExportedFace> faces;
  std::vector<EventView> events;
};
BOOST_DESCRIBE_STRUCT(PersonExport, (), (person, consents, faces, events))

std::vector<EventView> events_of(Services& services, const domain::Person& person) {
  std::vector<EventView> events;
  attendance::EventQuery query{.person = person.id, .limit = kEventsAtOnce};
  do {
    const auto page = services.event_store.list(query).value();
    for (const auto& event : page.items) events.push_back(view_of(event, person));
    query.cursor = page.next_cursor;
  } while (query.cursor);
  return events;
}

http::Response handle(Services& services, const http::Request& request) {
  const auto person = services.people.get({path_id(request)});
  if (!person) return http::problem(person.error());
  const auto consents = services.consents.list(person->id);
  if (!consents) return http::problem(consents.error());
  PersonExport view{.person = view_of(*person), .consents = {}, .faces = {}, .events = {}};
  for (const auto& consent : *consents) view.consents.push_back(view_of(consent));
  for (const auto& face : services.face_store.list(person->id)) {
    ExportedFace exported{.face = view_of(face), .consent_id = face.consent.value, .crop_png = {}};
    if (const auto png = services.crops.get(face)) exported.crop_png = core::base64_encode(*png);
    view.faces.push_back(std::move(exported));
  }
  view.events = events_of(services, *person);
  auto response = http::json_response(200, encode(view));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

}  // namespace

Endpoint export_person() {
  return {.pattern = "/v1/people/{id}/export",
          .handler = &handle,
          .operation_id = "exportPerson",
          .tag = "privacy",
          .summary = "Everything that is held about a person",
          .description =
              "Record, consents, faces and events, for the person to read or take elsewhere. Templates "
              "are named and not given out: they would let others recognise the person.",
          .answers = {{200, "All of it.", {json_content<PersonExport>()}}},
          .problems = {404},
          .refuse_foreign = &refuse_foreign_person};
}

}  // namespace rollcall::api::endpoints
