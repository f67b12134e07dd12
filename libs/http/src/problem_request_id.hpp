// What the server adds to a problem document that a handler made.
#pragma once

#include "rollcall/http/message.hpp"

#include <string_view>

namespace rollcall::http {

// Appends the member "request_id" to a body that problem() wrote; other responses stay as they are. The id
// consists of letters, digits, '.', '_' and '-', so it needs no escaping.
void add_request_id(Response& response, std::string_view request_id);

}  // namespace rollcall::http
