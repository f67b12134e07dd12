// Keys, consent and erasure through the real program.
#include "support/drawn_photo.hpp"
#include "support/http_client.hpp"
#include "support/server_process.hpp"
#include "support/shared_files.hpp"
#include "support/temp_folder.hpp"

#include <csignal>
#include <fstream>

#include <gtest/gtest.h>

namespace rollcall::testing {
namespace {

namespace fs = std::filesystem;

const std::string kOldKey = "5b1f0c7a93d2e8466a0f4c1d7be92358c06e1da47f3982b5e4c7d0196fa3b82e";
const std::string kNewKey = "d94e2b7f10c3865ae7f2190b6c4d83a5f0711e9c2ba64d38f57c0e91b2a6d347";

Environment environment_for(const TempFolder& data) {
  return {{"DATA_DIR", data.path().string()}, {"MODEL_PACK", "classic"}, {"LOG_LEVEL", "error"}};
}

bool says(const Finished& finished, const std::string& text) {
  return finished.output.find(text) != std::string::npos;
}

void write_people(const fs::path& folder, unsigned count) {
  for (unsigned person = 0; person < count; ++person) {
    const auto own = folder / ("person_" + std::to_string(person));
    fs::create_directories(own);
    for (unsigned photo = 0; photo < 2; ++photo) {
      std::ofstream(own / (std::to_string(photo) + ".jpg"), std::ios::binary) << drawn_photo(person, photo);
    }
  }
}

Finished enrol(const fs::path& photos, const Environment& environment) {
  return run_rollcall({"enroll", photos.string(), "--consent-version", "2026-03"}, environment);
}

std::int64_t recognisable(ServerProcess&& server) {
  HttpClient client(server.url(), server.admin_token());
  return client.get("/v1/status").json().at("recognisable_people");
}

TEST(Privacy, EnrollingAFolderNeedsTheStatementThatPeopleAgreed) {
  const TempFolder data;
  const TempFolder photos;
  write_people(photos.path(), 1);
  const auto refused = run_rollcall({"enroll", photos.path().string()}, environment_for(data));
  EXPECT_EQ(refused.exit_code, 64);
  EXPECT_TRUE(says(refused, "--consent-version")) << refused.output;
  EXPECT_FALSE(fs::exists(data.path() / "rollcall.db")) << "nothing was begun";
}

TEST(Privacy, RotationReplacesTheMasterKeyAndTheOldOneOpensNothing) {
  const TempFolder data;
  const TempFolder photos;
  write_people(photos.path(), 4);
  auto environment = environment_for(data);
  ASSERT_EQ(enrol(photos.path(), environment).exit_code, 0) << "under the key that development keeps";
  ASSERT_TRUE(fs::exists(data.path() / "keys/face_data.key"));

  environment["FACE_DATA_ENCRYPTION_KEY"] = kOldKey;
  const auto adopted = run_rollcall({"keys", "rotate"}, environment);
  EXPECT_EQ(adopted.exit_code, 0) << adopted.output;
  EXPECT_TRUE(says(adopted, "4 keys were wrapped")) << adopted.output;
  fs::remove_all(data.path() / "keys");

  environment["FACE_DATA_ENCRYPTION_KEY"] = kNewKey;
  const auto refused = run_rollcall({"serve"}, environment);
  EXPECT_NE(refused.exit_code, 0);
  EXPECT_TRUE(says(refused, "FACE_DATA_ENCRYPTION_KEY")) << refused.output;
  environment["FACE_DATA_ENCRYPTION_KEYS_PREVIOUS"] = kOldKey;
  EXPECT_EQ(run_rollcall({"keys", "rotate"}, environment).exit_code, 0);
  EXPECT_TRUE(says(run_rollcall({"keys", "rotate"}, environment), "0 keys were wrapped"));

  environment.erase("FACE_DATA_ENCRYPTION_KEYS_PREVIOUS");
  EXPECT_EQ(recognisable(ServerProcess(environment)), 4);
  environment["FACE_DATA_ENCRYPTION_KEY"] = kOldKey;
  EXPECT_NE(run_rollcall({"serve"}, environment).exit_code, 0);
}

TEST(Privacy, AnErasedPersonStaysErasedWhenAnOlderDatabaseIsRestored) {
  const TempFolder data;
  const TempFolder photos;
  const TempFolder backup;
  write_people(photos.path(), 3);
  const auto environment = environment_for(data);
  ASSERT_EQ(enrol(photos.path(), environment).exit_code, 0);
  fs::copy_file(data.path() / "rollcall.db", backup.path() / "rollcall.db");
  std::string erased;
  {
    ServerProcess server(environment);
    HttpClient client(server.url(), server.admin_token());
    erased = client.get("/v1/people?search=person_1").json().at("items").at(0).at("id");
    EXPECT_EQ(client.send("DELETE", "/v1/people/" + erased).status, 200);
    server.signal(SIGTERM);
    EXPECT_EQ(server.wait(), 0) << server.output();
  }
  fs::copy_file(backup.path() / "rollcall.db", data.path() / "rollcall.db",
                fs::copy_options::overwrite_existing);
  ServerProcess server(environment);
  HttpClient client(server.url(), server.admin_token());
  EXPECT_EQ(client.get("/v1/people/" + erased).status, 404);
  EXPECT_EQ(client.get("/v1/status").json().at("recognisable_people"), 2);
}

}  // namespace
}  // namespace rollcall::testing
