// Keyed and unkeyed digests, as raw bytes, and comparison without a tell-tale time.
//
// Thread safe.
#pragma once

#include <string>
#include <string_view>

#include <rollcall/crypto/key.hpp>

namespace rollcall::crypto {

// 32 bytes each.
std::string hmac_sha256(const Key& key, std::string_view message);
std::string sha256(std::string_view message);

// The time depends only on the lengths.
bool equal(std::string_view a, std::string_view b);

std::string random_bytes(std::size_t count);
// From 0 to limit - 1, without bias.
std::uint32_t random_below(std::uint32_t limit);

// Lower-case hexadecimal.
std::string to_hex(std::string_view bytes);

}  // namespace rollcall::crypto
