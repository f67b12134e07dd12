// The configuration for people.
#pragma once

#include <span>
#include <string>

#include <rollcall/config/load.hpp>

namespace rollcall::config {

// The text of docs/config.md.
std::string print_markdown(std::span<const Option> table = options());

// One line per option: value (secrets hidden) and where it came from.
std::string print_effective(const Configuration& configuration);

// One line per fault, all of them.
std::string print_faults(const Faults& faults);

}  // namespace rollcall::config
