#include "../ownership.hpp"
#include "../request.hpp"
#include "../views.hpp"
#include "list.hpp"

#include <rollcall/domain/quality.hpp>

namespace rollcall::api::endpoints {
namespace {

struct PolicyView {
  static constexpr std::string_view kSchemaName = "RecognitionPolicy";
  float identify_score_min = 0;
  float verify_score_min = 0;
  float margin_min = 0;
};
BOOST_DESCRIBE_STRUCT(PolicyView, (), (identify_score_min, verify_score_min, margin_min))

struct CandidateView {
  static constexpr std::string_view kSchemaName = "Candidate";
  std::string person_id;
  std::optional<std::string> display_name;
  std::string template_id;
  float score = 0;
};
BOOST_DESCRIBE_STRUCT(CandidateView, (), (person_id, display_name, template_id, score))

struct ReplayView {
  static constexpr std::string_view kSchemaName = "Replay";
  domain::Verdict verdict{};
  std::string reason;
  bool agrees = false;
};
BOOST_DESCRIBE_STRUCT(ReplayView, (), (verdict, reason, agrees))

struct Explanation {
  static constexpr std::string_view kSchemaName = "Explanation";
  EventView event;
  std::vector<std::string> steps;
  std::string model;
  std::int64_t gallery_version = 0;
  std::optional<std::string> claimed_person_id;
  PolicyView policy;
  std::vector<CandidateView> candidates;
  QualityView quality;
  std::vector<ReasonView> quality_issues;
  std::int64_t width_px = 0;
  std::int64_t height_px = 0;
  BoxView box;
  std::vector<PointView> landmarks;
  ReplayView replay;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "steps") return "The decision in sentences, in the order it was made.";
    if (member == "candidates") return "Best first; cosine similarities of the named model.";
    if (member == "replay") return "The decision made again from this evidence.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(Explanation, (),
                      (event, steps, model, gallery_version, claimed_person_id, policy, candidates, quality,
                       quality_issues, width_px, height_px, box, landmarks, replay))

std::string number(float value) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%.3f", static_cast<double>(value));
  return text.data();
}

std::vector<std::string> steps_of(const domain::Event& event) {
  const auto& evidence = event.evidence;
  const auto& policy = evidence.policy;
  std::vector<std::string> steps;
  const auto issues = domain::assess(evidence.quality, policy.quality);
  if (issues.empty()) steps.emplace_back("The face is good enough to be compared.");
  for (const auto issue : issues) steps.emplace_back(domain::advice_for(issue));

  if (evidence.candidates.empty()) {
    steps.emplace_back("There was no template to compare with.");
  } else if (evidence.claimed) {
    steps.push_back("The claimed person scores " + number(evidence.candidates[0].score) + "; " +
                    number(policy.verify_score_min) + " is needed.");
  } else {
    steps.push_back("The best person scores " + number(evidence.candidates[0].score) + "; " +
                    number(policy.identify_score_min) + " is needed.");
    if (evidence.candidates.size() > 1) {
      steps.push_back("The second person is " +
                      number(evidence.candidates[0].score - evidence.candidates[1].score) + " behind; " +
                      number(policy.margin_min) + " is needed.");
    }
  }
  steps.push_back("Verdict: " + std::string(domain::name_of(event.verdict)) + ". " +
                  sentence_for(event.verdict, event.reason));
  return steps;
}

Explanation explain(const domain::Event& event, attendance::PeopleStore& people) {
  const auto& evidence = event.evidence;
  const auto replayed = domain::replay(evidence);
  std::optional<domain::Person> person;
  if (event.person) person = people.find(*event.person);
  Explanation view{.event = view_of(event, person),
                   .steps = steps_of(event),
                   .model = evidence.model.value,
                   .gallery_version = static_cast<std::int64_t>(evidence.gallery_version),
                   .policy = {evidence.policy.identify_score_min, evidence.policy.verify_score_min,
                              evidence.policy.margin_min},
                   .quality = view_of(evidence.quality),
                   .width_px = static_cast<std::int64_t>(evidence.width_px),
                   .height_px = static_cast<std::int64_t>(evidence.height_px),
                   .box = view_of(evidence.box),
                   .landmarks = view_of(evidence.landmarks),
                   .replay = {replayed.verdict, std::string(replayed.reason),
                              replayed.verdict == event.verdict && replayed.reason == event.reason &&
                                  replayed.person == event.person}};
  if (evidence.claimed) view.claimed_person_id = evidence.claimed->value;
  for (const auto& candidate : evidence.candidates) {
    const auto known = people.find(candidate.person);
    view.candidates.push_back({.person_id = candidate.person.value,
                               .display_name = known ? std::optional{known->display_name} : std::nullopt,
                               .template_id = candidate.best_template.value,
                               .score = candidate.score});
  }
  for (const auto issue : domain::assess(evidence.quality, evidence.policy.quality)) {
    view.quality_issues.push_back(
        {std::string(domain::name_of(issue)), std::string(domain::advice_for(issue))});
  }
  return view;
}

http::Response handle(Services& services, const http::Request& request) {
  const auto event = services.event_store.find(domain::EventId{path_id(request)});
  if (!event) return event_not_found();
  return http::json_response(200, encode(explain(*event, services.people_store)));
}

}  // namespace

Endpoint explain_event() {
  return {
      .pattern = "/v1/events/{id}/explain",
      .handler = &handle,
      .operation_id = "explainEvent",
      .tag = "attendance",
      .summary = "Why an event got its verdict",
      .description = "From stored evidence alone. The only answer with raw scores: it is for administrators.",
      .answers = {{200, "The evidence and the decision.", {json_content<Explanation>()}}},
      .problems = {404}};
}

}  // namespace rollcall::api::endpoints
