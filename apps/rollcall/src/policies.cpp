#include "policies.hpp"

#include <thread>

namespace rollcall::app {
namespace {

float identify_score_min(const config::Settings& settings, float calibrated) {
  if (settings.recognition_cosine_min) return static_cast<float>(*settings.recognition_cosine_min);
  if (settings.face_similarity_threshold) {
    return domain::cosine_from_similarity(static_cast<float>(*settings.face_similarity_threshold),
                                          calibrated);
  }
  if (settings.face_recognition_tolerance) {
    return domain::cosine_from_tolerance(static_cast<float>(*settings.face_recognition_tolerance),
                                         calibrated);
  }
  return calibrated;
}

}  // namespace

domain::RecognitionPolicy recognition_policy(const config::Settings& settings,
                                             const vision::PackFacts& facts) {
  const auto& calibration = facts.calibration;
  const float identify = identify_score_min(settings, calibration.identify_score_min);
  const float to_verify = calibration.identify_score_min - calibration.verify_score_min;
  return {.identify_score_min = identify,
          .verify_score_min = identify - to_verify,
          .margin_min = settings.recognition_margin_min ? static_cast<float>(*settings.recognition_margin_min)
                                                        : calibration.margin_min,
          .quality = facts.checkin_quality};
}

attendance::EnrollmentPolicy enrollment_policy(const config::Settings& settings,
                                               const vision::PackFacts& facts) {
  return {.quality = facts.enrolment_quality,
          .augmentations = settings.enrollment_augmentations_per_image,
          // Whoever would be recognised as somebody else must not be enrolled beside them.
          .other_person_score_max = recognition_policy(settings, facts).identify_score_min,
          .crop = settings.enrollment_keep_crops ? attendance::CropOutput::png
                                                 : attendance::CropOutput::discarded};
}

std::size_t vision_threads(const config::Settings& settings) {
  if (settings.vision_threads > 0) return static_cast<std::size_t>(settings.vision_threads);
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace rollcall::app
