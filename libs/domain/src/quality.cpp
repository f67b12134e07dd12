#include "rollcall/domain/quality.hpp"

#include <cmath>

namespace rollcall::domain {

std::string_view name_of(QualityIssue issue) {
  switch (issue) {
    case QualityIssue::too_small:
      return "too_small";
    case QualityIssue::low_detection_score:
      return "low_detection_score";
    case QualityIssue::blurred:
      return "blurred";
    case QualityIssue::too_dark:
      return "too_dark";
    case QualityIssue::too_bright:
      return "too_bright";
    case QualityIssue::turned_away:
      return "turned_away";
    case QualityIssue::tilted:
      return "tilted";
    case QualityIssue::rolled:
      return "rolled";
  }
  return "";
}

std::string_view advice_for(QualityIssue issue) {
  switch (issue) {
    case QualityIssue::too_small:
      return "The face is too small: come closer or send a larger photo.";
    case QualityIssue::low_detection_score:
      return "The face is hard to see: uncover it and face the camera.";
    case QualityIssue::blurred:
      return "The face is blurred: hold still and clean the lens.";
    case QualityIssue::too_dark:
      return "The face is too dark: turn towards the light.";
    case QualityIssue::too_bright:
      return "The face is too bright: move out of direct light.";
    case QualityIssue::turned_away:
      return "The face is turned aside: look straight into the camera.";
    case QualityIssue::tilted:
      return "The face looks up or down: look straight into the camera.";
    case QualityIssue::rolled:
      return "The head is tilted to a shoulder: hold it upright.";
  }
  return "";
}

std::vector<QualityIssue> assess(const Quality& quality, const QualityPolicy& policy) {
  std::vector<QualityIssue> issues;
  const auto check = [&issues](bool broken, QualityIssue issue) {
    if (broken) issues.push_back(issue);
  };
  check(quality.size_px < policy.size_px_min, QualityIssue::too_small);
  check(quality.detection_score < policy.detection_score_min, QualityIssue::low_detection_score);
  check(quality.brightness < policy.brightness_min, QualityIssue::too_dark);
  check(quality.brightness > policy.brightness_max, QualityIssue::too_bright);
  check(quality.sharpness < policy.sharpness_min, QualityIssue::blurred);
  check(std::abs(quality.yaw_deg) > policy.yaw_deg_max, QualityIssue::turned_away);
  check(std::abs(quality.pitch_deg) > policy.pitch_deg_max, QualityIssue::tilted);
  check(std::abs(quality.roll_deg) > policy.roll_deg_max, QualityIssue::rolled);
  return issues;
}

}  // namespace rollcall::domain
