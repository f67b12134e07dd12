// The head of a response as bytes.
#pragma once

#include "rollcall/http/message.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace rollcall::http {

enum class Persistence { keep_alive, close };

// Adds the security headers and Cache-Control where the response has none of its own.
void add_default_headers(Headers& headers);

// Content-Length, Transfer-Encoding, Connection and Date are ours; a handler's are left out.
std::string serialize_head(const Response& response, Persistence persistence, std::string_view date);

// "Sat, 21 Nov 2026 10:59:00 GMT" (RFC 9110 section 5.6.7).
std::string http_date(std::chrono::system_clock::time_point time);

}  // namespace rollcall::http
