// JSON in and out, with limits that hold before memory is spent.
#pragma once

#include "rollcall/core/result.hpp"
#include "rollcall/http/message.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

namespace rollcall::http {

struct JsonLimits {
  std::size_t bytes_max = 1024 * 1024;
  std::size_t depth_max = 32;      // of objects and arrays inside each other
  std::size_t members_max = 1000;  // of one object
};

// Strict RFC 8259; a leading byte order mark is skipped.
// Errors: too_large (reason "json_too_large"); invalid_input (reasons "json_malformed", which covers invalid
// UTF-8 and numbers beyond a double, "json_too_deep", "json_too_many_members", "json_duplicate_key").
core::Result<nlohmann::json> parse_json(std::string_view text, const JsonLimits& limits = {});

// Compact; numbers in their shortest decimal form; invalid UTF-8 becomes U+FFFD.
std::string to_text(const nlohmann::ordered_json& value);

Response json_response(unsigned status, const nlohmann::ordered_json& value);

}  // namespace rollcall::http
