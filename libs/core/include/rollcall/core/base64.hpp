// Base64 with the standard alphabet and padding (RFC 4648 section 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rollcall::core {

std::string base64_encode(std::string_view bytes);

// nullopt unless the whole text is well-formed: no white space, full padding.
std::optional<std::string> base64_decode(std::string_view text);

}  // namespace rollcall::core
