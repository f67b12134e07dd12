// Errors as RFC 9457 problem documents (application/problem+json).
//
// Members: type ("about:blank"), title (the phrase of the status), status, detail (one sentence for people),
// reason (a stable word for programs), and request_id, which the server adds.
#pragma once

#include "rollcall/core/result.hpp"
#include "rollcall/http/message.hpp"

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

namespace rollcall::http {

struct ProblemText {
  std::string_view reason;
  std::string detail = {};
};

Response problem(unsigned status, const ProblemText& text);

// `extensions` is an object; its members follow the standard ones and must not repeat them.
Response problem(unsigned status, const ProblemText& text, const nlohmann::ordered_json& extensions);

// invalid_input 400, unauthenticated 401, forbidden 403, not_found 404, conflict 409, too_large 413,
// unsupported_type 415, overloaded 503.
unsigned status_of(core::Errc code);

// Sends reason and message; Error::detail stays here. A 503 says Retry-After: 1.
Response problem(const core::Error& error);

// With another status than the code's own, such as 422 for an image without a face.
Response problem(const core::Error& error, unsigned status);

}  // namespace rollcall::http
