#include <gtest/gtest.h>

#include <rollcall/config/print.hpp>

namespace rollcall::config {
namespace {

TEST(PrintMarkdown, HasOneRowPerOptionWithItsDefault) {
  const auto text = print_markdown();
  for (const auto& option : options()) {
    EXPECT_NE(text.find("| `" + std::string(option.name) + "`"), std::string::npos) << option.name;
  }
  EXPECT_NE(text.find("| `HTTP_PORT` | `8081` | a port from 1 to 65535"), std::string::npos);
  EXPECT_NE(text.find("| `APP_ENV` (also `ENVIRONMENT`) |"), std::string::npos);
}

TEST(PrintEffective, ShowsValueAndSourceAndHidesSecrets) {
  const std::vector<Option> table{{.name = "TOKEN",
                                   .group = "Test",
                                   .kind = {"text", "any text", [](auto, auto&) { return std::nullopt; }},
                                   .default_text = "",
                                   .help = "",
                                   .secrecy = Secrecy::secret},
                                  {.name = "PLAIN_NAME",
                                   .group = "Test",
                                   .kind = {"text", "any text", [](auto, auto&) { return std::nullopt; }},
                                   .default_text = "x",
                                   .help = ""}};
  const auto loaded = load({.environment = {{"TOKEN", "hunter2"}}}, table);
  ASSERT_TRUE(loaded);
  EXPECT_EQ(print_effective(*loaded),
            "TOKEN      = (hidden)  (environment)\n"
            "PLAIN_NAME = x  (default)\n");
}

}  // namespace
}  // namespace rollcall::config
