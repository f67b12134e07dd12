// "value; name=text; name="quoted text"": the shape of Content-Type and Content-Disposition.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::http {

struct ParameterisedValue {
  std::string value;                              // lower case
  std::map<std::string, std::string> parameters;  // names in lower case
};

// nullopt when it is not well-formed, repeats a parameter or has more than 16 of them. In a quoted text a
// backslash escapes only '"' and '\', because browsers of old send Windows paths unescaped.
std::optional<ParameterisedValue> parse_parameterised(std::string_view text);

}  // namespace rollcall::http
