// What is decided about a request from its head alone, before a byte of the body is read.
#pragma once

#include "rollcall/http/message.hpp"
#include "rollcall/http/router.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace rollcall::http {

struct RequestHead {
  std::string_view method;
  std::string_view target;
  Headers headers;
  bool has_body = false;
  std::optional<std::uint64_t> content_length = {};  // unknown for a chunked body
};

struct Admitted {
  const Route* route;
  Request request;  // all but the body, the id, the client's address and the deadline
};

// The response is an answer that needs no handler: 204 to OPTIONS, or 400, 404, 405, 413, 414, 415, 417.
std::variant<Admitted, Response> admit(const Router& router, RequestHead head, std::size_t target_bytes_max);

}  // namespace rollcall::http
