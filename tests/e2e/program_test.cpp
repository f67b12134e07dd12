// The program itself: exit codes, faults of its surroundings, and what it prints.
#include "support/http_client.hpp"
#include "support/server_process.hpp"
#include "support/shared_files.hpp"
#include "support/temp_folder.hpp"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

namespace rollcall::testing {
namespace {

namespace fs = std::filesystem;

Environment classic_in(const TempFolder& data) {
  return {{"DATA_DIR", data.path().string()}, {"MODEL_PACK", "classic"}, {"LOG_FORMAT", "json"}};
}

bool says(const Finished& finished, const std::string& text) {
  return finished.output.find(text) != std::string::npos;
}

TEST(Program, AWrongConfigurationListsEveryFaultAndExits78) {
  const TempFolder data;
  auto environment = classic_in(data);
  environment["HTTP_PORT"] = "99999";
  environment["HTTP_ADDRESS"] = "everywhere";
  environment["PREPROCESS_APPLY_CLAHE"] = "perhaps";
  const auto finished = run_rollcall({"serve"}, environment);
  EXPECT_EQ(finished.exit_code, 78);
  for (const auto* name : {"HTTP_PORT", "HTTP_ADDRESS", "PREPROCESS_APPLY_CLAHE"}) {
    EXPECT_TRUE(says(finished, name)) << name << "\n" << finished.output;
  }
}

TEST(Program, DemoModelsAreRefusedInProductionUnlessAllowedByName) {
  const TempFolder data;
  Environment environment{{"DATA_DIR", data.path().string()},
                          {"APP_ENV", "production"},
                          {"JWT_SIGNING_KEY", "4Fh0gqUQm6wD0Jc3n1eYB2xkT7vRzLsP9aEiKoNyWtM="},
                          {"FACE_DATA_ENCRYPTION_KEY", "hZk0J5mF7sXw2QdP8cVb3nLrTyUeGiAo1HjKlMzSxWE="},
                          {"DATA_ENCRYPTION_KEY", "Qw8eRt5yUi2oPa6sDf9gHj1kLz4xCv7bNm0QzXcVbNs="}};
  EXPECT_EQ(run_rollcall({"serve"}, environment).exit_code, 78);
  environment["ALLOW_DEMO_MODELS"] = "true";
  ServerProcess server(environment);
  HttpClient client(server.url(), server.admin_token());
  EXPECT_TRUE(client.get("/v1/status").json().at("demo_grade"));
}

TEST(Program, AMissingModelFileIsNamedWithItsExpectedHash) {
  const TempFolder data;
  auto environment = classic_in(data);
  environment["MODEL_PACK"] = "standard";
  environment["ROLLCALL_MODEL_DIR"] = data.path().string();
  const auto finished = run_rollcall({"serve"}, environment);
  EXPECT_NE(finished.exit_code, 0);
  EXPECT_TRUE(says(finished, "yunet_n_640_640.onnx")) << finished.output;
  EXPECT_TRUE(says(finished, "25a606a145a5b6d7271ae138fbd00eba91dad8b83222ae3f2c7ecd0f4a7b0e31"));
}

TEST(Program, ACorruptModelFileIsNamedWithBothHashes) {
  const auto models = model_dir();
  if (!models) GTEST_SKIP() << "needs the standard models (ROLLCALL_MODEL_DIR)";
  const TempFolder data;
  for (const auto* file : {"yunet_n_640_640.onnx", "edgeface_xs.onnx"})
    fs::copy_file(*models / file, data.path() / file);
  std::fstream(data.path() / "yunet_n_640_640.onnx", std::ios::in | std::ios::out | std::ios::binary)
      .seekp(1000)
      .put('X');
  auto environment = classic_in(data);
  environment["MODEL_PACK"] = "standard";
  environment["ROLLCALL_MODEL_DIR"] = data.path().string();
  const auto finished = run_rollcall({"serve"}, environment);
  EXPECT_NE(finished.exit_code, 0);
  EXPECT_TRUE(says(finished, "yunet_n_640_640.onnx")) << finished.output;
  EXPECT_TRUE(says(finished, "25a606a145a5b6d7271ae138fbd00eba91dad8b83222ae3f2c7ecd0f4a7b0e31"));
  EXPECT_EQ(run_rollcall({"models", "verify", "standard"}, environment).exit_code, 1);
}

TEST(Program, AnUnwritableDataFolderIsNamed) {
  const TempFolder data;
  const auto file = data.path() / "a-file";
  std::ofstream(file) << "x";
  auto environment = classic_in(data);
  environment["DATA_DIR"] = (file / "data").string();  // below a file: not even root can make it
  const auto finished = run_rollcall({"serve"}, environment);
  EXPECT_NE(finished.exit_code, 0);
  EXPECT_TRUE(says(finished, file.string())) << finished.output;
  EXPECT_EQ(run_rollcall({"doctor"}, environment).exit_code, 1);
}

TEST(Program, TwoServersNeverShareADatabase) {
  const TempFolder data;
  ServerProcess first(classic_in(data));
  auto environment = classic_in(data);
  environment["HTTP_PORT"] = "0";
  const auto second = run_rollcall({"serve"}, environment);
  EXPECT_NE(second.exit_code, 0);
  EXPECT_TRUE(says(second, "rollcall.db")) << second.output;
}

TEST(Program, ATakenPortIsNamed) {
  const TempFolder data;
  const TempFolder other;
  ServerProcess first(classic_in(data));
  auto environment = classic_in(other);
  const auto port = first.url().substr(first.url().rfind(':') + 1);
  environment["HTTP_PORT"] = port;
  const auto second = run_rollcall({"serve"}, environment);
  EXPECT_NE(second.exit_code, 0);
  EXPECT_TRUE(says(second, port)) << second.output;
}

TEST(Program, MigrateDoctorConfigModelsAndVersionWork) {
  const TempFolder data;
  const auto environment = classic_in(data);
  const auto first = run_rollcall({"migrate"}, environment);
  EXPECT_EQ(first.exit_code, 0) << first.output;
  EXPECT_TRUE(says(first, "0001_init")) << first.output;
  EXPECT_TRUE(says(run_rollcall({"migrate"}, environment), "up to date"));
  const auto doctor = run_rollcall({"doctor"}, environment);
  EXPECT_EQ(doctor.exit_code, 0) << doctor.output;
  EXPECT_TRUE(says(doctor, "demo grade"));
  EXPECT_TRUE(says(run_rollcall({"config"}, environment), "HTTP_PORT"));
  EXPECT_TRUE(says(run_rollcall({"models", "list"}, environment), "yunet_n_640_640.onnx"));
  EXPECT_TRUE(says(run_rollcall({"--version"}, environment), ROLLCALL_VERSION));
  EXPECT_EQ(run_rollcall({}, environment).exit_code, 64);
  EXPECT_EQ(run_rollcall({"dance"}, environment).exit_code, 64);
}

TEST(Program, ServesItsPagesAndAPrintedContract) {
  const TempFolder data;
  ServerProcess server(classic_in(data));
  HttpClient client(server.url(), server.admin_token());
  EXPECT_NE(client.get("/", {{"Accept", "text/html"}}).body.find("Rollcall"), std::string::npos);
  for (const auto* path :
       {"/home.js", "/home.css", "/docs", "/redoc", "/openapi.json", "/readyz", "/metrics"}) {
    EXPECT_EQ(client.get(path).status, 200) << path;
  }
}

// A member that the page reads and the answer lacks leaves the page without any figure.
TEST(Program, ThePageReadsOnlyWhatTheStatusHas) {
  const TempFolder data;
  ServerProcess server(classic_in(data));
  HttpClient client(server.url(), server.admin_token());
  const auto status = client.get("/v1/status").json();
  const auto script = client.get("/home.js").body;
  const std::string prefix = " status.";
  int members = 0;
  for (auto at = script.find(prefix); at != std::string::npos; at = script.find(prefix, at + 1)) {
    const auto begin = at + prefix.size();
    const auto name =
        script.substr(begin, script.find_first_not_of("abcdefghijklmnopqrstuvwxyz_", begin) - begin);
    EXPECT_TRUE(status.contains(name)) << name;
    ++members;
  }
  EXPECT_GE(members, 5);
}

// `rollcall config --markdown > docs/config.md` brings it up to date.
TEST(Program, TheCommittedConfigurationReferenceIsWhatItPrints) {
  const TempFolder data;
  EXPECT_EQ(run_rollcall({"config", "--markdown"}, classic_in(data)).output,
            file_bytes(fs::path(ROLLCALL_SOURCE_DIR) / "docs/config.md"));
}

TEST(Program, ModelsPullInstallsFromAFolderAndRefusesOthers) {
  const TempFolder data;
  const TempFolder wrong;
  std::ofstream(wrong.path() / "yunet_n_640_640.onnx") << "not a model";
  auto environment = classic_in(data);
  environment["ROLLCALL_MODEL_DIR"] = (data.path() / "models").string();
  EXPECT_NE(
      run_rollcall({"models", "pull", "standard", "--from", wrong.path().string()}, environment).exit_code,
      0);
  EXPECT_FALSE(fs::exists(data.path() / "models/yunet_n_640_640.onnx"));
  const auto models = model_dir();
  if (!models) GTEST_SKIP() << "the other half needs the standard models (ROLLCALL_MODEL_DIR)";
  const auto pulled = run_rollcall({"models", "pull", "standard", "--from", models->string()}, environment);
  EXPECT_EQ(pulled.exit_code, 0) << pulled.output;
  EXPECT_EQ(run_rollcall({"models", "verify", "standard"}, environment).exit_code, 0);
}

}  // namespace
}  // namespace rollcall::testing
