// SHA-256 (FIPS 180-4) through libsodium.
#pragma once

#include "rollcall/core/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace rollcall::core {

// Lower-case hexadecimal, 64 characters.
std::string sha256_hex(std::string_view bytes);

// Of a file's content, read in blocks. Errors: not_found (reason "file_unreadable").
Result<std::string> sha256_hex_of_file(const std::filesystem::path& file);

}  // namespace rollcall::core
