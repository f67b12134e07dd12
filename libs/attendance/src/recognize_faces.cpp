#include "rollcall/attendance/recognize_faces.hpp"

namespace rollcall::attendance {
namespace {

void give_each_name_once(std::vector<RecognizedFace>& faces) {
  for (auto& face : faces) {
    for (const auto& other : faces) {
      if (&face == &other || !face.judgement.person || face.judgement.person != other.judgement.person)
        continue;
      if (face.candidates.front().score > other.candidates.front().score) continue;
      face.judgement = {domain::Verdict::ambiguous, std::nullopt, "same_person_twice"};
      break;
    }
  }
}

}  // namespace

core::Result<Recognition> RecognizeFaces::operator()(std::string_view image,
                                                     const std::optional<domain::ScopeId>& scope) const {
  auto analysis = parts_.analyzer.analyze(image, {});
  if (!analysis) return analysis.error();
  Recognition recognition{
      .width_px = analysis->width_px, .height_px = analysis->height_px, .faces = {}, .gallery_version = 0};
  for (auto& face : analysis->faces) {
    auto found = parts_.index.search(face.embedding, 2, scope);
    recognition.gallery_version = found.version;
    auto judgement = domain::judge(found.candidates, face.quality, parts_.policy);
    recognition.faces.push_back({std::move(face), std::move(judgement), std::move(found.candidates)});
  }
  give_each_name_once(recognition.faces);
  return recognition;
}

}  // namespace rollcall::attendance
