#include "rollcall/http/problem.hpp"

#include "problem_request_id.hpp"
#include "rollcall/core/assert.hpp"
#include "rollcall/http/json.hpp"

#include <nlohmann/json.hpp>

namespace rollcall::http {
namespace {

constexpr std::string_view kProblemType = "application/problem+json";

}  // namespace

Response problem(unsigned status, const ProblemText& text) {
  return problem(status, text, nlohmann::ordered_json::object());
}

Response problem(unsigned status, const ProblemText& text, const nlohmann::ordered_json& extensions) {
  ROLLCALL_ASSERT(extensions.is_object());
  nlohmann::ordered_json body = {
      {"type", "about:blank"}, {"title", status_phrase(status)}, {"status", status}, {"reason", text.reason}};
  if (!text.detail.empty()) body["detail"] = text.detail;
  for (const auto& [name, value] : extensions.items()) {
    ROLLCALL_ASSERT(!body.contains(name));
    body[name] = value;
  }
  Response response;
  response.status = status;
  response.headers.set("Content-Type", kProblemType);
  if (status == 503) response.headers.set("Retry-After", "1");
  response.body = to_text(body);
  return response;
}

unsigned status_of(core::Errc code) {
  switch (code) {
    case core::Errc::invalid_input:
      return 400;
    case core::Errc::unauthenticated:
      return 401;
    case core::Errc::forbidden:
      return 403;
    case core::Errc::not_found:
      return 404;
    case core::Errc::conflict:
      return 409;
    case core::Errc::too_large:
      return 413;
    case core::Errc::unsupported_type:
      return 415;
    case core::Errc::overloaded:
      return 503;
  }
  ROLLCALL_ASSERT(false);
}

Response problem(const core::Error& error) {
  return problem(error, status_of(error.code));
}

Response problem(const core::Error& error, unsigned status) {
  return problem(status, ProblemText{error.reason, error.message});
}

void add_request_id(Response& response, std::string_view request_id) {
  const auto type = response.headers.get("Content-Type");
  if (type != kProblemType || !response.body.ends_with('}')) return;
  response.body.pop_back();
  response.body.append(R"(,"request_id":")").append(request_id).append("\"}");
}

}  // namespace rollcall::http
