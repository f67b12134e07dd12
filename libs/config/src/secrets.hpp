// Whether a secret is one.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rollcall::config {

// What is wrong with a signing secret: too short, too uniform, or a sample that documents show. nullopt:
// nothing.
std::optional<std::string> weakness_of_secret(std::string_view secret);

}  // namespace rollcall::config
