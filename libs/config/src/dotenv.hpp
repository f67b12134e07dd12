// The .env format: KEY=value lines, # comments, optional quotes and "export".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rollcall::config {

struct DotenvLine {
  int number;  // from 1
  std::string name;
  std::string value;
};

struct Dotenv {
  std::vector<DotenvLine> lines;
  std::vector<int> unreadable;  // numbers of lines that are not KEY=value
};

// 'single quotes' are literal; "double quotes" know \n, \t, \", \\ ; an unquoted value ends before " #".
// There is no interpolation: a value means what it says.
Dotenv parse_dotenv(std::string_view text);

}  // namespace rollcall::config
