#include "rollcall/domain/event.hpp"

namespace rollcall::domain {

std::string_view name_of(CheckinMethod method) {
  switch (method) {
    case CheckinMethod::face:
      return "face";
  }
  return "";
}

std::optional<CheckinMethod> checkin_method_from(std::string_view name) {
  if (name == "face") return CheckinMethod::face;
  return std::nullopt;
}

Judgement replay(const Evidence& evidence) {
  if (!evidence.claimed) return judge(evidence.candidates, evidence.quality, evidence.policy);
  std::optional<float> score;
  if (!evidence.candidates.empty()) score = evidence.candidates.front().score;
  return judge_claim(*evidence.claimed, score, evidence.quality, evidence.policy);
}

}  // namespace rollcall::domain
