// `rollcall ledger verify` over what the real program wrote, and over what somebody changed afterwards.
#include "support/drawn_photo.hpp"
#include "support/http_client.hpp"
#include "support/server_process.hpp"
#include "support/temp_folder.hpp"

#include <csignal>

#include <gtest/gtest.h>
#include <sqlite3.h>

namespace rollcall::testing {
namespace {

bool says(const Finished& finished, const std::string& text) {
  return finished.output.find(text) != std::string::npos;
}

// The first two rows are the opening of the ledger and the making of the administrator.
class LedgerCommand : public ::testing::Test {
 protected:
  void check_in(ServerProcess& server, int count) {
    HttpClient client(server.url(), server.admin_token());
    for (int i = 0; i < count; ++i) {
      EXPECT_EQ(client.post_image("/v1/checkins?device_id=kiosk", photo_).status, 201);
    }
  }
  void stop(ServerProcess& server) {
    server.signal(SIGTERM);
    EXPECT_EQ(server.wait(), 0) << server.output();
  }
  Finished verify(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"ledger", "verify"});
    return run_rollcall(more, environment_);
  }
  // As somebody does who may write the database's file.
  void tamper(const std::string& script) {
    sqlite3* database = nullptr;
    ASSERT_EQ(sqlite3_open((data_.path() / "rollcall.db").c_str(), &database), SQLITE_OK);
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(database, script.c_str(), nullptr, nullptr, &error), SQLITE_OK) << error;
    sqlite3_close(database);
  }

  const TempFolder data_;
  const std::filesystem::path anchors_ = data_.path() / "ledger-anchors.jsonl";
  const Environment environment_{{"DATA_DIR", data_.path().string()},
                                 {"MODEL_PACK", "classic"},
                                 {"LOG_FORMAT", "json"},
                                 {"LOG_LEVEL", "warning"}};
  const std::string photo_ = drawn_photo(7, 1, 240);
};

TEST_F(LedgerCommand, FindsItSoundBesideAServerAndAfterIt) {
  {
    ServerProcess server(environment_);
    check_in(server, 3);
    const auto beside = verify();
    EXPECT_EQ(beside.exit_code, 0) << beside.output;
    EXPECT_TRUE(says(beside, "5 rows (3 events, 2 audit entries)")) << beside.output;
    stop(server);
  }
  const auto after = verify();
  EXPECT_EQ(after.exit_code, 0) << after.output;
  EXPECT_TRUE(says(after, "4 anchors"))
      << "at the start and at the stop, in the table and the file: " << after.output;
}

TEST_F(LedgerCommand, NamesTheFirstChangedRowAndExits1) {
  {
    ServerProcess server(environment_);
    check_in(server, 3);
    stop(server);
  }
  tamper(
      "DROP TRIGGER events_refuse_update; UPDATE events SET captured_at = captured_at - 1 WHERE sequence = "
      "2");
  const auto found = verify();
  EXPECT_EQ(found.exit_code, 1);
  EXPECT_TRUE(says(found, "broken at sequence 4")) << found.output;
}

TEST_F(LedgerCommand, FindsAnEndThatWasCutOffByTheAnchorsThatWereKept) {
  {
    ServerProcess server(environment_);
    check_in(server, 3);
    stop(server);
  }
  const auto copy = data_.path() / "copy-of-anchors";
  std::filesystem::rename(anchors_, copy);
  tamper(
      "DROP TRIGGER events_refuse_delete; DROP TRIGGER ledger_refuse_delete;"
      "DROP TRIGGER ledger_anchors_refuse_delete;"
      "DELETE FROM events WHERE sequence > 1; DELETE FROM ledger WHERE sequence > 3;"
      "DELETE FROM ledger_anchors WHERE sequence > 3");
  EXPECT_EQ(verify().exit_code, 0) << "the control: without anchors nothing shows it";
  const auto found = verify({"--anchors", copy.string()});
  EXPECT_EQ(found.exit_code, 1);
  EXPECT_TRUE(says(found, "broken at sequence 4: the end was cut off")) << found.output;
  EXPECT_EQ(verify({"--anchors", "/no/such/file"}).exit_code, 1);
}

}  // namespace
}  // namespace rollcall::testing
