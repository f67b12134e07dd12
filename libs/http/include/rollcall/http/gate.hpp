// Who may come in: decided from the head of a request, before its body is read.
#pragma once

#include "rollcall/http/message.hpp"
#include "rollcall/http/router.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace rollcall::http {

// Called on I/O threads, by several at once: answer from memory and never wait.
class Gate {
 public:
  virtual ~Gate() = default;

  // May say in `head.context` what it knows about the caller, for the handler. Returns the refusal, if any.
  virtual std::optional<Response> admit(const Route& route, Request& head) = 0;

  // Adds headers to every answer, also to refusals. `origin` is the request's Origin header or empty;
  // `is_options` tells a preflight.
  virtual void amend(std::string_view origin, bool is_options, Response& response) = 0;
};

}  // namespace rollcall::http
