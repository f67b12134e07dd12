// Text of one configuration value -> typed value; nullopt when it is not one.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::config {

// 1,true,yes,on and 0,false,no,off in any case.
std::optional<bool> parse_boolean(std::string_view text);

// Decimal, optional minus; the whole text.
std::optional<std::int64_t> parse_integer(std::string_view text);

// Decimal notation, finite; the whole text; the point is a point whatever the locale.
std::optional<double> parse_number(std::string_view text);

// An integer with a unit: 500ms, 10s, 15m, 24h, 30d. The unit must be there.
std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

// Bytes: a bare integer, or one with B, KB, MB, GB (powers of 1000) or KiB, MiB, GiB (powers of 1024), in any
// case.
std::optional<std::uint64_t> parse_size(std::string_view text);

// The text without white space around it.
std::string_view trimmed(std::string_view text);

std::string lower_case(std::string_view text);

}  // namespace rollcall::config
