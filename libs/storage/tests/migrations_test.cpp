#include "connections.hpp"
#include "migrator.hpp"
#include "test_database.hpp"

#include <gtest/gtest.h>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

using Names = std::vector<std::string>;

const Migration kOne{"0001_one", "CREATE TABLE one (x TEXT); CREATE TABLE one_more (x TEXT);"};
const Migration kTwo{"0002_two", "CREATE TABLE two (x TEXT);"};

class Migrations : public ::testing::Test {
 protected:
  bool has_table(const std::string& name) {
    return database_.connections().read([&](soci::session& sql) {
      int found = 0;
      sql << "SELECT COUNT(*) FROM sqlite_master WHERE name = :name", soci::use(name), soci::into(found);
      return found == 1;
    });
  }

  std::string refusal(const std::vector<Migration>& migrations) {
    try {
      migrate(database_, migrations);
      return "";
    } catch (const core::InfraError& error) {
      EXPECT_NE(std::string(error.what()).find(database_.file().string()), std::string::npos) << error.what();
      return error.what();
    }
  }

  testing::TemporaryFolder folder_;
  Database database_{testing::settings_for(folder_.path() / "test.db")};
};

TEST_F(Migrations, AreAppliedOnceAndInOrder) {
  EXPECT_EQ(pending_migrations(database_, {kOne, kTwo}), (Names{"0001_one", "0002_two"}));
  EXPECT_EQ(migrate(database_, {kOne}), Names{"0001_one"});
  EXPECT_TRUE(has_table("one_more")) << "the whole script runs";
  EXPECT_EQ(pending_migrations(database_, {kOne, kTwo}), Names{"0002_two"});
  EXPECT_EQ(migrate(database_, {kOne, kTwo}), Names{"0002_two"});
  EXPECT_TRUE(migrate(database_, {kOne, kTwo}).empty());
  EXPECT_TRUE(pending_migrations(database_, {kOne, kTwo}).empty());
}

TEST_F(Migrations, LeaveNothingBehindWhenTheyFail) {
  const Migration broken{"0002_broken", "CREATE TABLE half (x TEXT); INSERT INTO no_such_table VALUES (1);"};
  try {
    migrate(database_, {kOne, broken});
    FAIL() << "applied";
  } catch (const core::InfraError& error) {
    EXPECT_NE(std::string(error.what()).find("0002_broken"), std::string::npos) << error.what();
  }
  EXPECT_TRUE(has_table("one")) << "the one before stays";
  EXPECT_FALSE(has_table("half"));
  EXPECT_EQ(migrate(database_, {kOne, kTwo}), Names{"0002_two"}) << "a repaired program goes on";
}

TEST_F(Migrations, RefuseADatabaseOfANewerProgram) {
  migrate(database_, {kOne, kTwo});
  const auto text = refusal({kOne});
  EXPECT_NE(text.find("newer"), std::string::npos) << text;
  EXPECT_NE(text.find("0002_two"), std::string::npos) << text;
  EXPECT_THROW(pending_migrations(database_, {kOne}), core::InfraError);
}

TEST_F(Migrations, RefuseAChangedFile) {
  migrate(database_, {kOne});
  EXPECT_NE(refusal({{kOne.name, kOne.sql + " "}, kTwo}).find("0001_one"), std::string::npos);
  EXPECT_NE(refusal({{"0001_renamed", kOne.sql}, kTwo}).find("0001_renamed"), std::string::npos);
  EXPECT_FALSE(has_table("two"));
}

TEST_F(Migrations, OfThisProgramAreNumberedWithoutGaps) {
  const auto& migrations = embedded_migrations();
  ASSERT_FALSE(migrations.empty());
  for (std::size_t i = 0; i < migrations.size(); ++i) {
    EXPECT_EQ(std::stoul(migrations[i].name.substr(0, 4)), i + 1) << migrations[i].name;
  }
  EXPECT_EQ(migrate(database_).size(), migrations.size());
}

}  // namespace
}  // namespace rollcall::storage
