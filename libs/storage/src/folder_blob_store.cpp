#include "rollcall/storage/stores.hpp"

#include <atomic>
#include <cerrno>
#include <shared_mutex>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <rollcall/core/assert.hpp>
#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlobBytesMax = 64U << 20;
constexpr int kAttemptsMax = 10;
// Follows the key's last word in the name of an unfinished file; no key holds it.
constexpr char kUnfinished = '~';

[[noreturn]] void fail(const char* action, const fs::path& path, int reason) {
  throw core::InfraError("blob store: cannot " + std::string(action) + " " + path.string() + ": " +
                         std::generic_category().message(reason));
}

bool is_key_char(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

// A part of a path that cannot lead out of its folder.
bool is_word(std::string_view word) {
  return !word.empty() && word.size() <= 200 && word != "." && word != ".." &&
         std::ranges::all_of(word, is_key_char);
}

bool is_key(std::string_view key) {
  for (;;) {
    const auto slash = key.find('/');
    if (!is_word(key.substr(0, slash))) return false;
    if (slash == std::string_view::npos) return true;
    key.remove_prefix(slash + 1);
  }
}

// A key, or the start of one: the last word may be missing.
bool is_prefix(std::string_view prefix) {
  if (prefix.ends_with('/')) prefix.remove_suffix(1);
  return is_key(prefix);
}

class File {
 public:
  File(const fs::path& path, int flags)
      : descriptor_(::open(path.c_str(), flags | O_CLOEXEC | O_NOFOLLOW, 0600)) {}
  ~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  bool is_open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

void write_all(const File& file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const auto written = ::write(file.descriptor(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

// A folder that is gone was erased with all its blobs: nothing is left to sync.
void sync_folder(const fs::path& folder) {
  const File file(folder, O_RDONLY | O_DIRECTORY);
  if (!file.is_open() && errno == ENOENT) return;
  if (!file.is_open()) fail("open", folder, errno);
  if (::fsync(file.descriptor()) != 0) fail("sync", folder, errno);
}

// Removes the file unless it got its final name.
class UnfinishedFile {
 public:
  explicit UnfinishedFile(fs::path path) : path_(std::move(path)) {}
  ~UnfinishedFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;

  // False when an erasure took it away.
  bool rename_to(const fs::path& target) {
    if (::rename(path_.c_str(), target.c_str()) != 0) {
      if (errno == ENOENT) return false;
      fail("rename", path_, errno);
    }
    path_.clear();
    return true;
  }

 private:
  fs::path path_;
};

class FolderBlobStore final : public attendance::BlobStore {
 public:
  explicit FolderBlobStore(fs::path root) : root_(std::move(root)) {
    create_folders(root_);
    if (::access(root_.c_str(), R_OK | W_OK | X_OK) != 0) fail("write to", root_, errno);
  }

  void put(const std::string& key, std::string_view bytes) override {
    ROLLCALL_ASSERT(is_key(key));
    ROLLCALL_ASSERT(bytes.size() <= kBlobBytesMax);
    const std::shared_lock lock(erasing_);
    const auto target = root_ / key;
    for (int attempt = 1; !write_and_rename(target, bytes); ++attempt) {
      if (attempt == kAttemptsMax) fail("write", target, ENOENT);
    }
    // Every folder up to the root: one of them may be new, made by this call or by another that is not done.
    for (auto folder = target.parent_path(); folder != root_; folder = folder.parent_path())
      sync_folder(folder);
    sync_folder(root_);
  }

  std::optional<std::string> get(const std::string& key) override {
    ROLLCALL_ASSERT(is_key(key));
    const auto path = root_ / key;
    const File file(path, O_RDONLY);
    if (!file.is_open() && (errno == ENOENT || errno == ENOTDIR)) return std::nullopt;
    if (!file.is_open()) fail("open", path, errno);
    struct stat facts {};
    if (::fstat(file.descriptor(), &facts) != 0) fail("read", path, errno);
    if (!S_ISREG(facts.st_mode)) return std::nullopt;
    if (facts.st_size > static_cast<off_t>(kBlobBytesMax)) fail("read", path, EFBIG);
    std::string bytes(static_cast<std::size_t>(facts.st_size), '\0');
    for (std::size_t done = 0; done < bytes.size();) {
      const auto count = ::read(file.descriptor(), bytes.data() + done, bytes.size() - done);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) fail("read", path, count < 0 ? errno : EIO);
      done += static_cast<std::size_t>(count);
    }
    return bytes;
  }

  int erase_prefix(const std::string& prefix) override {
    ROLLCALL_ASSERT(is_prefix(prefix));
    const std::unique_lock lock(erasing_);
    const auto path = root_ / prefix;
    const auto folder = path.parent_path();
    try {
      const int count = erase_below(folder, path.string());
      if (folder != root_ && ::rmdir(folder.c_str()) == 0) sync_folder(folder.parent_path());
      return count;
    } catch (const fs::filesystem_error& error) {
      fail("erase", error.path1(), error.code().value());
    }
  }

 private:
  static void create_folders(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) == 0 || errno == EEXIST) return;
    if (errno != ENOENT || !folder.has_relative_path()) fail("create", folder, errno);
    create_folders(folder.parent_path());
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail("create", folder, errno);
  }

  // False when an erasure of another process came in between.
  static bool write_and_rename(const fs::path& target, std::string_view bytes) {
    static std::atomic<std::uint64_t> counter = 0;
    const auto path =
        target.string() + kUnfinished + std::to_string(::getpid()) + "-" + std::to_string(++counter);
    create_folders(target.parent_path());
    const File file(path, O_WRONLY | O_CREAT | O_TRUNC);
    if (!file.is_open() && errno == ENOENT) return false;
    if (!file.is_open()) fail("create", path, errno);
    UnfinishedFile unfinished(path);
    write_all(file, bytes, path);
    if (::fsync(file.descriptor()) != 0) fail("sync", path, errno);
    return unfinished.rename_to(target);
  }

  // Files whose path starts with `prefix`; unfinished ones go too and are not counted. Empty folders go as
  // well.
  static int erase_below(const fs::path& folder, const std::string& prefix) {
    if (!fs::is_directory(fs::symlink_status(folder))) return 0;
    std::error_code missing;
    std::vector<fs::directory_entry> entries;
    for (const auto& entry : fs::directory_iterator(folder, missing)) entries.push_back(entry);
    if (missing && missing != std::errc::no_such_file_or_directory) {
      fail("read", folder, missing.value());
    }
    int count = 0;
    bool changed = false;
    for (const auto& entry : entries) {
      const auto path = entry.path().string();
      const bool matches = path.starts_with(prefix);
      if (entry.is_directory() && !entry.is_symlink()) {
        if (!matches && !prefix.starts_with(path + "/")) continue;
        count += erase_below(entry.path(), prefix);
        changed |= ::rmdir(path.c_str()) == 0;
      } else if (matches) {
        if (::unlink(path.c_str()) != 0 && errno != ENOENT) fail("erase", path, errno);
        changed = true;
        if (path.find(kUnfinished) == std::string::npos) ++count;
      }
    }
    if (changed) sync_folder(folder);
    return count;
  }

  const fs::path root_;
  std::shared_mutex erasing_;  // shared by writers, so that an erasure does not take away what they work on
};

}  // namespace

std::unique_ptr<attendance::BlobStore> make_folder_blob_store(std::filesystem::path root) {
  return std::make_unique<FolderBlobStore>(std::filesystem::absolute(root).lexically_normal());
}

}  // namespace rollcall::storage
