#include "rollcall/http/problem.hpp"

#include "problem_request_id.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace rollcall::http {
namespace {

TEST(Problem, FollowsRfc9457) {
  const auto response = problem(409, {"event_conflict", "The event has another body."}, {{"event_id", "e1"}});
  EXPECT_EQ(response.status, 409U);
  EXPECT_EQ(response.headers.get("Content-Type"), "application/problem+json");
  EXPECT_EQ(response.body,
            R"({"type":"about:blank","title":"Conflict","status":409,"reason":"event_conflict",)"
            R"("detail":"The event has another body.","event_id":"e1"})");
}

TEST(Problem, DetailOfAnErrorStaysInside) {
  const core::Error error{core::Errc::not_found, "no_such_person", "There is no such person.",
                          "table people row 7"};
  const auto response = problem(error);
  EXPECT_EQ(response.status, 404U);
  EXPECT_EQ(response.body.find("table"), std::string::npos);
  EXPECT_EQ(problem(error, 422).status, 422U);
}

TEST(Problem, OverloadedSaysWhenToComeBack) {
  const auto response = problem(core::Error{core::Errc::overloaded, "queue_full", "Try again."});
  EXPECT_EQ(response.status, 503U);
  EXPECT_EQ(response.headers.get("Retry-After"), "1");
}

TEST(Problem, TextThatIsNotUtf8IsRepaired) {
  const auto response = problem(400, {"odd", "a\xff"});
  EXPECT_EQ(nlohmann::json::parse(response.body).at("detail"), "a\xEF\xBF\xBD");
}

TEST(Problem, TheServerAddsTheRequestId) {
  auto response = problem(404, {"gone"});
  add_request_id(response, "id-1");
  EXPECT_EQ(nlohmann::json::parse(response.body).at("request_id"), "id-1");
  Response other{200, {}, "{}"};
  add_request_id(other, "id-1");
  EXPECT_EQ(other.body, "{}");
}

}  // namespace
}  // namespace rollcall::http
