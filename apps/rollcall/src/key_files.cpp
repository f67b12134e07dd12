#include "key_files.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <rollcall/core/base64.hpp>
#include <rollcall/core/infra_error.hpp>

namespace rollcall::app {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const char* action, const fs::path& path, int reason) {
  throw core::InfraError("cannot " + std::string(action) + " " + path.string() + ": " +
                         std::generic_category().message(reason));
}

fs::path folder_of(const fs::path& data_dir) {
  return fs::absolute(data_dir).lexically_normal() / "keys";
}
fs::path file_of(const fs::path& data_dir, std::string_view name) {
  return folder_of(data_dir) / (std::string(name) + ".key");
}

void create_folder(const fs::path& folder) {
  std::error_code failure;
  fs::create_directories(folder.parent_path(), failure);
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) fail("create", folder, errno);
}

void write_synced(const fs::path& file, const std::string& text) {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) fail("create", file, errno);
  const bool written =
      ::write(descriptor, text.data(), text.size()) == std::ssize(text) && ::fsync(descriptor) == 0;
  const int reason = errno;
  ::close(descriptor);
  if (!written) fail("write", file, reason);
}

void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail("open", folder, errno);
  const bool synced = ::fsync(descriptor) == 0;
  const int reason = errno;
  ::close(descriptor);
  if (!synced) fail("sync", folder, reason);
}

}  // namespace

std::optional<crypto::Key> load_key(const fs::path& data_dir, std::string_view name) {
  const auto file = file_of(data_dir, name);
  std::ifstream in(file);
  if (!in) {
    std::error_code unknown;
    if (!fs::exists(file, unknown) && !unknown) return std::nullopt;
    throw core::InfraError("cannot read " + file.string());
  }
  std::string text;
  std::getline(in, text);
  auto key = crypto::Key::parse(text);
  if (!key) throw core::InfraError(file.string() + " holds no key; restore it from a backup");
  return key;
}

crypto::Key load_or_create_key(const fs::path& data_dir, std::string_view name) {
  crypto::start();
  if (auto key = load_key(data_dir, name)) return *std::move(key);
  const auto file = file_of(data_dir, name);
  create_folder(folder_of(data_dir));
  const auto unfinished = file.string() + "~" + std::to_string(::getpid());
  write_synced(unfinished, core::base64_encode(crypto::Key::random().bytes()) + "\n");
  // A link, unlike a renaming, never replaces the key that another process made meanwhile.
  const bool linked = ::link(unfinished.c_str(), file.c_str()) == 0;
  const int reason = errno;
  ::unlink(unfinished.c_str());
  if (!linked && reason != EEXIST) fail("create", file, reason);
  sync_folder(folder_of(data_dir));
  sync_folder(folder_of(data_dir).parent_path());
  if (auto key = load_key(data_dir, name)) return *std::move(key);
  throw core::InfraError("cannot read " + file.string());
}

}  // namespace rollcall::app
