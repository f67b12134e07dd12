// Values made safe for a terminal and a log.
#pragma once

#include <string>
#include <string_view>

#include <rollcall/config/option.hpp>

namespace rollcall::config {

// Control characters become '?', a long text is cut, a password inside a URL is hidden.
std::string printable(std::string_view text);

// The same; a secret option's value is hidden altogether.
std::string printable(const Option& option, std::string_view value);

}  // namespace rollcall::config
