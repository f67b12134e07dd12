// Percent-encoding (RFC 3986 section 2.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rollcall::http {

// nullopt where '%' is not followed by two hexadecimal digits. What the bytes mean is for the caller to
// check.
std::optional<std::string> percent_decode(std::string_view text);

}  // namespace rollcall::http
