// Base64 with the URL-safe alphabet and without padding (RFC 4648 section 5, as JWT uses it).
//
// Thread safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rollcall::crypto {

std::string base64url_encode(std::string_view bytes);

// nullopt unless it is exactly what base64url_encode would have written.
std::optional<std::string> base64url_decode(std::string_view text);

}  // namespace rollcall::crypto
