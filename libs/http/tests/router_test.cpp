#include "rollcall/http/router.hpp"

#include <gtest/gtest.h>

namespace rollcall::http {
namespace {

Route route(Method method, std::string pattern) {
  Route result;
  result.method = method;
  result.pattern = std::move(pattern);
  result.handler = [](const Request&) { return Response(); };
  return result;
}

Router sample() {
  Router router;
  router.add(route(Method::get, "/"));
  router.add(route(Method::get, "/v1/people"));
  router.add(route(Method::post, "/v1/people"));
  router.add(route(Method::get, "/v1/people/{id}"));
  router.add(route(Method::del, "/v1/people/{id}"));
  router.add(route(Method::get, "/v1/people/search"));
  router.add(route(Method::post, "/v1/people/{id}/faces/{face}"));
  router.add(route(Method::post, "/auth/login/"));
  return router;
}

// "pattern name=value ...", "404", "400" or the Allow list.
std::string outcome(std::optional<Method> method, std::string_view path) {
  const auto router = sample();
  const auto match = router.match(method, path);
  if (const auto* not_allowed = std::get_if<MethodNotAllowed>(&match)) return not_allowed->allow;
  if (std::holds_alternative<RouteNotFound>(match)) return "404";
  if (std::holds_alternative<MalformedPath>(match)) return "400";
  const auto& found = std::get<RouteFound>(match);
  auto text = found.route->pattern;
  for (const auto& [name, value] : found.path_params) text.append(" ").append(name).append("=").append(value);
  return text;
}

struct Case {
  const char* name;
  std::optional<Method> method;
  std::string path;
  std::string expected;
};
class RouterMatch : public ::testing::TestWithParam<Case> {};

TEST_P(RouterMatch, Finds) {
  EXPECT_EQ(outcome(GetParam().method, GetParam().path), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    All, RouterMatch,
    ::testing::ValuesIn(std::vector<Case>{
        Case{"root", Method::get, "/", "/"},  //
        Case{"literal", Method::get, "/v1/people", "/v1/people"},
        Case{"param", Method::get, "/v1/people/7", "/v1/people/{id} id=7"},
        Case{"literal_before_param", Method::get, "/v1/people/search", "/v1/people/search"},
        Case{"param_where_the_literal_lacks_the_method", Method::del, "/v1/people/search",
             "/v1/people/{id} id=search"},
        Case{"two_params", Method::post, "/v1/people/7/faces/8", "/v1/people/{id}/faces/{face} face=8 id=7"},
        Case{"decoded_param", Method::get, "/v1/people/J%C3%B6rg%20K", "/v1/people/{id} id=J\xC3\xB6rg K"},
        Case{"decoded_literal", Method::get, "/v1/%70eople", "/v1/people"},
        Case{"head_is_get", Method::head, "/v1/people", "/v1/people"},
        Case{"trailing_slash_kept", Method::post, "/auth/login/", "/auth/login/"},
        Case{"trailing_slash_missing", Method::post, "/auth/login", "404"},
        Case{"trailing_slash_too_much", Method::get, "/v1/people/", "404"},
        Case{"empty_segment", Method::get, "//v1/people", "404"},
        Case{"unknown", Method::get, "/v2/people", "404"},
        Case{"wrong_method", Method::put, "/v1/people", "GET, HEAD, POST, OPTIONS"},
        Case{"no_head_without_get", Method::get, "/auth/login/", "POST, OPTIONS"},
        Case{"unknown_method", std::nullopt, "/v1/people/7", "GET, HEAD, DELETE, OPTIONS"},
        Case{"options", Method::options, "/v1/people", "GET, HEAD, POST, OPTIONS"},
        Case{"no_leading_slash", Method::get, "v1/people", "400"},
        Case{"empty", Method::get, "", "400"},
        Case{"dots", Method::get, "/v1/people/..", "400"},
        Case{"encoded_dots", Method::get, "/v1/people/%2e%2E", "400"},
        Case{"encoded_slash", Method::get, "/v1/people/a%2Fb", "400"},
        Case{"encoded_backslash", Method::get, "/v1/people/a%5cb", "400"},
        Case{"double_encoding_stays_text", Method::get, "/v1/people/%252e%252e", "/v1/people/{id} id=%2e%2e"},
        Case{"nul", Method::get, "/v1/people/a%00", "400"},
        Case{"line_break", Method::get, "/v1/people/a%0d%0a", "400"},
        Case{"not_utf8", Method::get, "/v1/people/%ff", "400"},
        Case{"bad_percent", Method::get, "/v1/people/%g0", "400"},
        Case{"longest", Method::get, "/v1/people/" + std::string(255, 'a'),
             "/v1/people/{id} id=" + std::string(255, 'a')},
        Case{"too_long", Method::get, "/v1/people/" + std::string(256, 'a'), "400"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(RouterDeathTest, CompetingPatternsAreABug) {
  auto router = sample();
  EXPECT_DEATH(router.add(route(Method::get, "/v1/people")), "");
  EXPECT_DEATH(router.add(route(Method::get, "/v1/people/{other}")), "");
  EXPECT_DEATH(router.add(route(Method::post, "/{any}/people/{id}/faces/first")), "");
  EXPECT_DEATH(router.add(route(Method::get, "no/slash")), "");
  EXPECT_DEATH(router.add(route(Method::get, "/half{open")), "");
}

}  // namespace
}  // namespace rollcall::http
