// Whatever bytes are sent as a picture, the server answers, says what is wrong, and lives on.
#include "support/drawn_photo.hpp"
#include "support/http_client.hpp"
#include "support/server_process.hpp"
#include "support/shared_files.hpp"
#include "support/temp_folder.hpp"

#include <gtest/gtest.h>

namespace rollcall::testing {
namespace {

namespace fs = std::filesystem;

Environment environment_for(const TempFolder& data) {
  return {{"DATA_DIR", data.path().string()},
          {"MODEL_PACK", "classic"},
          {"LOG_FORMAT", "json"},
          {"LOG_LEVEL", "error"}};
}

bool is_known_answer(const Reply& reply) {
  if (reply.status == 200) return true;
  const bool refused =
      reply.status == 413 || reply.status == 415 || reply.status == 422 || reply.status == 400;
  return refused && !reply.reason().empty();
}

TEST(ForeignImages, EveryMalformedFileGetsAnAnswerThatNamesTheReason) {
  const auto photos = test_data();
  if (!photos) GTEST_SKIP() << "needs the malformed pictures (ROLLCALL_TEST_DATA)";
  const TempFolder data;
  ServerProcess server(environment_for(data));
  HttpClient client(server.url(), server.admin_token());
  client.post_image("/v1/recognitions", drawn_photo(1, 1, 240));  // warm
  const auto before_kib = server.peak_memory_kib();
  int files = 0;
  std::map<std::string, int> answers;
  for (const auto& entry : fs::directory_iterator(*photos / "malformed")) {
    if (!entry.is_regular_file() || entry.path().extension() == ".md") continue;
    const auto reply = client.post_image("/v1/recognitions", file_bytes(entry.path()));
    EXPECT_TRUE(is_known_answer(reply))
        << entry.path().filename() << ": " << reply.status << " " << reply.body;
    ++answers[reply.status == 200 ? "decoded" : reply.reason()];
    ++files;
  }
  const auto grown_mib = (server.peak_memory_kib() - before_kib) / 1024;
  std::cout << files << " files:";
  for (const auto& [answer, count] : answers) std::cout << ' ' << answer << ' ' << count << ',';
  std::cout << " peak memory grew by " << grown_mib << " MiB\n";
  EXPECT_EQ(files, 333);
  EXPECT_EQ(client.get("/healthz").status, 200);
  EXPECT_LT(grown_mib, 256);
}

TEST(ForeignImages, FragmentsOfAGoodPictureAreRefusedByName) {
  const TempFolder data;
  ServerProcess server(environment_for(data));
  HttpClient client(server.url(), server.admin_token());
  const auto photo = drawn_photo(1, 1, 240);
  for (std::size_t size :
       {std::size_t{1}, std::size_t{2}, photo.size() / 10, photo.size() / 2, photo.size() - 200}) {
    const auto reply = client.post_image("/v1/recognitions", photo.substr(0, size));
    EXPECT_TRUE(reply.status == 422 || reply.status == 415)
        << size << ": " << reply.status << " " << reply.body;
    EXPECT_FALSE(reply.reason().empty());
  }
  EXPECT_EQ(client.post_image("/v1/recognitions", photo).status, 200);
}

}  // namespace
}  // namespace rollcall::testing
