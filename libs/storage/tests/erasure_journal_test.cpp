#include "samples.hpp"
#include "test_database.hpp"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <rollcall/core/infra_error.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::storage {
namespace {

namespace fs = std::filesystem;

domain::Erasure erasure(const std::string& id) {
  return {.id = {id},
          .person = {"person of " + id},
          .scope = domain::ErasureScope::face_data,
          .reason = domain::ErasureReason::retention,
          .requested_at = testing::time_at(7)};
}

class ErasureJournal : public ::testing::Test {
 protected:
  std::unique_ptr<attendance::ErasureJournal> open() { return make_erasure_journal(file_); }
  void write(const std::string& text) { std::ofstream(file_, std::ios::app | std::ios::binary) << text; }

  testing::TemporaryFolder folder_;
  const fs::path file_ = folder_.path() / "erasures.jsonl";
};

TEST_F(ErasureJournal, KeepsEntriesInOrderAcrossStarts) {
  EXPECT_TRUE(open()->read().empty());
  open()->append(erasure("1"));
  open()->append(erasure("2"));
  EXPECT_EQ(open()->read(), (std::vector{erasure("1"), erasure("2")}));
  struct stat facts {};
  ASSERT_EQ(::stat(file_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600U);
}

TEST_F(ErasureJournal, DropsALineThatAPowerCutTore) {
  open()->append(erasure("1"));
  write(R"({"id":"2","pers)");
  const auto journal = open();
  EXPECT_EQ(journal->read(), std::vector{erasure("1")});
  journal->append(erasure("3"));
  EXPECT_EQ(open()->read(), (std::vector{erasure("1"), erasure("3")}));
}

TEST_F(ErasureJournal, RefusesAnyOtherLineThatIsNotOne) {
  open()->append(erasure("1"));
  write("{\"id\":\"2\"}\n");
  const auto journal = open();
  try {
    journal->read();
    FAIL() << "accepted";
  } catch (const core::InfraError& error) {
    EXPECT_NE(std::string(error.what()).find("erasures.jsonl, line 2"), std::string::npos) << error.what();
  }
}

TEST_F(ErasureJournal, NamesAFileThatCannotBeMade) {
  EXPECT_THROW(make_erasure_journal(folder_.path() / "missing" / "erasures.jsonl"), core::InfraError);
}

}  // namespace
}  // namespace rollcall::storage
