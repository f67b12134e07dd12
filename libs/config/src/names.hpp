// Names that are not options: those of other programs and of later versions, and misspelled ones.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rollcall::config {

// ROLLCALL_* variables that the build, the tests and the tools read.
bool is_tool_variable(std::string_view name);

// Variables that are documented for this program but do nothing in this version.
bool is_for_later(std::string_view name);

// The candidate that was probably meant, if one is near enough.
std::optional<std::string> did_you_mean(std::string_view name, std::span<const std::string> candidates);

}  // namespace rollcall::config
