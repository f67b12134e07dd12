#include "database_url.hpp"

#include <gtest/gtest.h>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

TEST(SqliteFile, TakesThreeSlashesAsRelativeAndFourAsAbsolute) {
  EXPECT_EQ(sqlite_file("sqlite:///data/x.db"), std::filesystem::current_path() / "data/x.db");
  EXPECT_EQ(sqlite_file("sqlite:////no/such folder/x.db"), "/no/such folder/x.db");
}

TEST(SqliteFile, GivesOneNameToOneFile) {
  EXPECT_EQ(sqlite_file("sqlite:////no/../no/./x.db"), "/no/x.db");
}

struct Refused {
  const char* name;
  std::string url;
};

class SqliteFileRefuses : public ::testing::TestWithParam<Refused> {};

TEST_P(SqliteFileRefuses, WithoutRepeatingTheUrl) {
  try {
    sqlite_file(GetParam().url);
    FAIL() << "accepted";
  } catch (const core::InfraError& error) {
    EXPECT_EQ(std::string(error.what()).find("secret"), std::string::npos) << error.what();
  }
}

INSTANTIATE_TEST_SUITE_P(
    Urls, SqliteFileRefuses,
    ::testing::Values(Refused{"empty", ""}, Refused{"postgres", "postgres://u:secret@db/rollcall"},
                      Refused{"postgresql", "postgresql+asyncpg://u:secret@db/rollcall"},
                      Refused{"other", "mysql://u:secret@db/rollcall"},
                      Refused{"two_slashes", "sqlite://secret.db"}, Refused{"no_file", "sqlite:///"},
                      Refused{"folder", "sqlite:///data/"}, Refused{"memory", "sqlite:///:memory:"},
                      Refused{"options", "sqlite:///x.db?mode=ro"},
                      Refused{"quote", "sqlite:///x\" timeout=\"1.db"},
                      Refused{"newline", "sqlite:///x\n.db"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(SqliteFileRefusal, SaysThatPostgresIsNotBuilt) {
  try {
    sqlite_file("postgres://db/rollcall");
    FAIL() << "accepted";
  } catch (const core::InfraError& error) {
    EXPECT_NE(std::string(error.what()).find("PostgreSQL support is not built yet"), std::string::npos);
  }
}

}  // namespace
}  // namespace rollcall::storage
