#include "../request.hpp"
#include "../uploads.hpp"
#include "../views.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

struct PhotoVerdictView {
  static constexpr std::string_view kSchemaName = "PhotoVerdict";
  std::string source_name;
  bool accepted = false;
  std::optional<FaceView> face;
  std::vector<ReasonView> reasons;
};
BOOST_DESCRIBE_STRUCT(PhotoVerdictView, (), (source_name, accepted, face, reasons))

struct EnrollmentReport {
  static constexpr std::string_view kSchemaName = "EnrollmentReport";
  std::int64_t accepted = 0;
  std::int64_t rejected = 0;
  std::vector<PhotoVerdictView> results;
};
BOOST_DESCRIBE_STRUCT(EnrollmentReport, (), (accepted, rejected, results))

PhotoVerdictView view_of_verdict(const attendance::PhotoVerdict& verdict) {
  PhotoVerdictView view{.source_name = verdict.source_name, .accepted = verdict.accepted()};
  if (verdict.face) view.face = view_of(*verdict.face);
  for (const auto& reason : verdict.reasons) view.reasons.push_back({reason.word, reason.message});
  return view;
}

// What of the batch the client still waits for: later photos are refused rather than half done.
bool out_of_time(const http::Request& request) {
  return std::chrono::steady_clock::now() >= request.deadline;
}

http::Response handle(Services& services, const http::Request& request) {
  const domain::PersonId id{path_id(request)};
  if (const auto person = services.people.get(id); !person) return http::problem(person.error());
  const auto images_max = static_cast<std::size_t>(services.limits.images_max);
  const auto form = read_form(request, images_max + 8);
  if (!form)
    return http::problem(415, {"unsupported_type", "Send photos as multipart/form-data or one as image/*."});
  if (!*form) return http::problem((*form).error());
  const auto& images = (**form).images;
  if (images.empty())
    return http::problem(400, {"image_missing", "Send at least one photo in a part named images."});
  if (images.size() > images_max) {
    return http::problem(
        413, {"too_many_images", "At most " + std::to_string(images_max) + " photos in one request."});
  }

  EnrollmentReport report;
  for (const auto& image : images) {
    if (out_of_time(request)) {
      report.results.push_back(
          {.source_name = image.name,
           .reasons = {{"deadline_exceeded", "Send this photo again, in a smaller batch."}}});
      ++report.rejected;
      continue;
    }
    const auto verdict = services.enroll_face(id, {.bytes = image.bytes, .source_name = image.name});
    if (!verdict) return http::problem(verdict.error());
    ++(verdict->accepted() ? report.accepted : report.rejected);
    report.results.push_back(view_of_verdict(*verdict));
  }
  return http::json_response(report.accepted > 0 ? 201 : 422, encode(report));
}

}  // namespace

Endpoint enroll_faces() {
  return {
      .method = http::Method::post,
      .pattern = "/v1/people/{id}/faces",
      .handler = &handle,
      .pool = http::Pool::heavy,
      .body_size = BodySize::images,
      .operation_id = "enrollFaces",
      .tag = "faces",
      .summary = "Enrol photos of a person",
      .description =
          "Each photo gets its own verdict: good ones are enrolled even if others are refused. Needs a "
          "valid consent of the person.",
      .request = {{"multipart/form-data",
                   [](SchemaRegistry&) {
                     return OrderedJson{
                         {"type", "object"},
                         {"properties",
                          {{"images",
                            {{"type", "array"}, {"items", {{"type", "string"}, {"format", "binary"}}}}}}},
                         {"required", {"images"}}};
                   }},
                  {"image/*", &binary_schema}},
      .answers = {{201, "At least one photo was enrolled.", {json_content<EnrollmentReport>()}},
                  {422, "No photo could be enrolled; each says why.", {json_content<EnrollmentReport>()}}},
      .problems = {404, 409, 413, 415}};
}

}  // namespace rollcall::api::endpoints
