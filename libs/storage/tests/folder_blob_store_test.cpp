#include "test_database.hpp"

#include <fstream>
#include <thread>

#include <dlfcn.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <rollcall/core/infra_error.hpp>
#include <rollcall/storage/stores.hpp>

// Stand before the C library's, so that a test sees the order of what happens to the disk and can let a step
// fail.
namespace {

struct DiskLog {
  bool on = false;
  int fail_at = -1;  // the step that fails, counted from 0
  std::vector<std::string> steps;

  // False when the step is to fail.
  bool record(const std::string& step) {
    if (!on) return true;
    steps.push_back(step);
    if (std::ssize(steps) - 1 != fail_at) return true;
    errno = EIO;
    return false;
  }
} disk_log;

template <class Function>
Function* next_in_line(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" int fsync(int descriptor) {
  if (disk_log.on) {
    const auto path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(descriptor));
    if (!disk_log.record("sync " + path.filename().string())) return -1;
  }
  return next_in_line<int(int)>("fsync")(descriptor);
}

extern "C" int rename(const char* from, const char* to) noexcept {
  if (!disk_log.record("rename to " + std::filesystem::path(to).filename().string())) return -1;
  return next_in_line<int(const char*, const char*)>("rename")(from, to);
}

namespace rollcall::storage {
namespace {

namespace fs = std::filesystem;

class FolderBlobStore : public ::testing::Test {
 protected:
  ~FolderBlobStore() override { disk_log = {}; }

  std::vector<std::string> files() {
    std::vector<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(root_)) {
      if (entry.is_regular_file()) found.push_back(fs::relative(entry.path(), root_).string());
    }
    return found;
  }

  testing::TemporaryFolder folder_;
  const fs::path root_ = folder_.path() / "deep" / "blobs";
  std::unique_ptr<attendance::BlobStore> store_ = make_folder_blob_store(root_);
};

TEST_F(FolderBlobStore, BringsBytesBack) {
  const std::string bytes("\0\xFF\r\n~", 5);
  store_->put("faces/p1/f1.png", bytes);
  EXPECT_EQ(store_->get("faces/p1/f1.png"), bytes);
  store_->put("faces/p1/f1.png", "");
  EXPECT_EQ(store_->get("faces/p1/f1.png"), "");
  const std::string large(5'000'000, 'x');
  store_->put("a", large);
  EXPECT_EQ(store_->get("a"), large);
}

TEST_F(FolderBlobStore, HasNothingWhereNothingWasPut) {
  store_->put("faces/p1/f1.png", "x");
  EXPECT_FALSE(store_->get("faces/p1/f2.png"));
  EXPECT_FALSE(store_->get("faces/p1")) << "a folder";
  EXPECT_FALSE(store_->get("faces/p1/f1.png/deeper"));
}

TEST_F(FolderBlobStore, KeepsItsFilesFromOthers) {
  store_->put("faces/p1/f1.png", "x");
  for (const auto& [path, mode] :
       {std::pair{"faces/p1/f1.png", 0600U}, {"faces/p1", 0700U}, {"faces", 0700U}, {"", 0700U}}) {
    struct stat facts {};
    ASSERT_EQ(::stat((root_ / path).c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, mode) << path;
  }
}

TEST_F(FolderBlobStore, ErasesByPrefix) {
  for (const char* key :
       {"faces/p1/a", "faces/p1/b", "faces/p1/deep/c", "faces/p10/d", "faces/p2/e", "other/p1"}) {
    store_->put(key, "x");
  }
  EXPECT_EQ(store_->erase_prefix("faces/p1/"), 3);
  EXPECT_EQ(store_->erase_prefix("faces/p1/"), 0);
  EXPECT_FALSE(store_->get("faces/p1/a"));
  EXPECT_FALSE(fs::exists(root_ / "faces/p1")) << "an empty folder still names the person";
  EXPECT_TRUE(store_->get("faces/p10/d"));
  EXPECT_EQ(store_->erase_prefix("faces/p"), 2) << "a prefix may end inside a word";
  EXPECT_EQ(store_->erase_prefix("nothing/here/"), 0);
  EXPECT_EQ(files(), std::vector<std::string>{"other/p1"});
  store_->put("faces/p1/a", "again");
  EXPECT_EQ(store_->get("faces/p1/a"), "again");
}

TEST_F(FolderBlobStore, ErasesUnfinishedFilesToo) {
  store_->put("faces/p1/a", "x");
  std::ofstream(root_ / "faces/p1/b~123-1") << "half a fa";
  EXPECT_FALSE(store_->get("faces/p1/b"));
  EXPECT_EQ(store_->erase_prefix("faces/p1/"), 1) << "they do not count";
  EXPECT_TRUE(files().empty());
}

TEST_F(FolderBlobStore, DoesNotFollowLinksOut) {
  std::ofstream(folder_.path() / "secret") << "secret";
  fs::create_directories(folder_.path() / "outside");
  std::ofstream(folder_.path() / "outside/file") << "x";
  fs::create_symlink(folder_.path() / "secret", root_ / "link");
  fs::create_directory_symlink(folder_.path() / "outside", root_ / "folder-link");
  EXPECT_THROW(store_->get("link"), core::InfraError);
  store_->erase_prefix("folder-link/");
  EXPECT_TRUE(fs::exists(folder_.path() / "outside/file"));
}

TEST_F(FolderBlobStore, NamesAFolderThatCannotBeMade) {
  std::ofstream(folder_.path() / "file") << "x";
  try {
    make_folder_blob_store(folder_.path() / "file" / "blobs");
    FAIL() << "accepted";
  } catch (const core::InfraError& error) {
    EXPECT_NE(std::string(error.what()).find("file/blobs"), std::string::npos) << error.what();
  }
}

using FolderBlobStoreDeathTest = FolderBlobStore;

TEST_F(FolderBlobStoreDeathTest, TreatsABadKeyAsABug) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  for (const char* key : {"", "/etc/passwd", "../x", "a/../../x", "a//b", "a/", "Upper", "a b", "a~1", "ü"}) {
    EXPECT_DEATH(store_->get(key), "is_key") << key;
  }
  EXPECT_DEATH(store_->put("../x", "x"), "is_key");
  EXPECT_DEATH(store_->erase_prefix(""), "is_prefix");
  EXPECT_DEATH(store_->erase_prefix("../"), "is_prefix");
}

TEST_F(FolderBlobStore, SyncsTheFileBeforeItsNameAndThenEveryFolder) {
  disk_log.on = true;
  store_->put("faces/p1/f1.png", "x");
  disk_log.on = false;
  ASSERT_EQ(disk_log.steps.size(), 5U);
  EXPECT_TRUE(disk_log.steps[0].starts_with("sync f1.png~")) << disk_log.steps[0];
  EXPECT_EQ(disk_log.steps[1], "rename to f1.png");
  EXPECT_EQ(disk_log.steps[2], "sync p1");
  EXPECT_EQ(disk_log.steps[3], "sync faces");
  EXPECT_EQ(disk_log.steps[4], "sync blobs");
}

TEST_F(FolderBlobStore, AFailingDiskIsReportedAndNeverTearsABlob) {
  store_->put("faces/p1/f1.png", "old");
  for (int step = 0; step < 5; ++step) {
    disk_log = {.on = true, .fail_at = step, .steps = {}};
    EXPECT_THROW(store_->put("faces/p1/f1.png", "new"), core::InfraError) << step;
    disk_log = {};
    EXPECT_EQ(store_->get("faces/p1/f1.png"), step < 2 ? "old" : "new") << step;
    EXPECT_EQ(files().size(), 1U) << "nothing unfinished stays";
    store_->put("faces/p1/f1.png", "old");
  }
}

TEST_F(FolderBlobStore, AReaderSeesTheOldOrTheNewEvenWhenTheWriterIsKilled) {
  constexpr std::size_t kSize = 200'000;
  const std::string key = "faces/p1/f1.png";
  store_->put(key, std::string(kSize, 'a'));
  for (int round = 0; round < 20; ++round) {
    const pid_t writer = ::fork();
    if (writer == 0) {
      for (char content = 'b';; content = content == 'z' ? 'a' : static_cast<char>(content + 1)) {
        store_->put(key, std::string(kSize, content));
      }
    }
    ASSERT_GT(writer, 0);
    for (int reads = 0; reads <= round; ++reads) {
      const auto bytes = store_->get(key);
      ASSERT_TRUE(bytes);
      ASSERT_EQ(*bytes, std::string(kSize, bytes->front()));
    }
    ::kill(writer, SIGKILL);
    ::waitpid(writer, nullptr, 0);
    const auto bytes = store_->get(key);
    ASSERT_TRUE(bytes);
    ASSERT_EQ(*bytes, std::string(kSize, bytes->front()));
  }
  EXPECT_EQ(store_->erase_prefix("faces/"), 1);
  EXPECT_TRUE(files().empty()) << "the killed writers' unfinished files are gone as well";
}

TEST_F(FolderBlobStore, PutsAndErasuresMayMeet) {
  std::jthread eraser([&](const std::stop_token& stop) {
    while (!stop.stop_requested()) store_->erase_prefix("faces/p1/");
  });
  for (int i = 0; i < 100; ++i) store_->put("faces/p1/" + std::to_string(i), "x");
  eraser.request_stop();
  eraser.join();
  store_->put("faces/p1/last", "x");
  EXPECT_EQ(store_->get("faces/p1/last"), "x");
}

}  // namespace
}  // namespace rollcall::storage
