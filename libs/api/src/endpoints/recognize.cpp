#include "../image_problem.hpp"
#include "../request.hpp"
#include "../uploads.hpp"
#include "../views.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

struct RecognizedFaceView {
  static constexpr std::string_view kSchemaName = "RecognizedFace";
  BoxView box;
  std::vector<PointView> landmarks;
  QualityView quality;
  domain::Verdict verdict{};
  std::string reason;
  std::string message;
  std::optional<PersonRef> person;
};
BOOST_DESCRIBE_STRUCT(RecognizedFaceView, (), (box, landmarks, quality, verdict, reason, message, person))

struct RecognitionView {
  static constexpr std::string_view kSchemaName = "Recognition";
  std::int64_t width_px = 0;
  std::int64_t height_px = 0;
  std::vector<RecognizedFaceView> faces;
};
BOOST_DESCRIBE_STRUCT(RecognitionView, (), (width_px, height_px, faces))

http::Response handle(Services& services, const http::Request& request) {
  const auto form = read_form(request, 8);
  if (!form)
    return http::problem(415, {"unsupported_type", "Send a photo as multipart/form-data or image/*."});
  if (!*form) return http::problem((*form).error());
  if ((**form).images.size() != 1) return http::problem(400, {"image_missing", "Send exactly one photo."});
  const auto recognition = services.recognize_faces((**form).images[0].bytes);
  if (!recognition) return image_problem(recognition.error());

  RecognitionView view{.width_px = recognition->width_px, .height_px = recognition->height_px};
  for (const auto& found : recognition->faces) {
    RecognizedFaceView face{.box = view_of(found.face.box),
                            .landmarks = view_of(found.face.landmarks),
                            .quality = view_of(found.face.quality),
                            .verdict = found.judgement.verdict,
                            .reason = std::string(found.judgement.reason),
                            .message = sentence_for(found.judgement.verdict, found.judgement.reason)};
    if (found.judgement.person) {
      if (const auto person = services.people.get(*found.judgement.person))
        face.person = reference_to(*person);
    }
    view.faces.push_back(std::move(face));
  }
  return http::json_response(200, encode(view));
}

}  // namespace

Endpoint recognize() {
  return {.method = http::Method::post,
          .pattern = "/v1/recognitions",
          .handler = &handle,
          .pool = http::Pool::heavy,
          .body_size = BodySize::image,
          .operation_id = "recognize",
          .tag = "recognition",
          .summary = "Who is in this picture?",
          .description =
              "Nothing is recorded. Boxes and landmarks are in pixels of the upright picture; landmarks are "
              "left eye, right eye, nose, left and right corner of the mouth as seen in the picture.",
          .request = {{"image/*", &binary_schema}, {"multipart/form-data", &binary_schema}},
          .answers = {{200, "Every face, largest first.", {json_content<RecognitionView>()}}},
          .problems = {413, 415, 422}};
}

}  // namespace rollcall::api::endpoints
