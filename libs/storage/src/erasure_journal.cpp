#include "rollcall/storage/stores.hpp"

#include <cerrno>
#include <fstream>
#include <mutex>
#include <sstream>
#include <system_error>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

namespace fs = std::filesystem;
using domain::Erasure;

[[noreturn]] void fail(const char* action, const fs::path& file) {
  throw core::InfraError("cannot " + std::string(action) + " " + file.string() + ": " +
                         std::generic_category().message(errno));
}

std::string to_line(const Erasure& erasure) {
  const nlohmann::ordered_json json{{"id", erasure.id.value},
                                    {"person", erasure.person.value},
                                    {"scope", name_of(erasure.scope)},
                                    {"reason", name_of(erasure.reason)},
                                    {"requested_at", erasure.requested_at.time_since_epoch().count()}};
  return json.dump() + "\n";
}

std::optional<Erasure> from_line(const std::string& line) {
  try {
    const auto json = nlohmann::json::parse(line);
    const auto scope = domain::erasure_scope_from(json.at("scope").get<std::string>());
    const auto reason = domain::erasure_reason_from(json.at("reason").get<std::string>());
    if (!scope || !reason) return std::nullopt;
    return Erasure{.id = {json.at("id").get<std::string>()},
                   .person = {json.at("person").get<std::string>()},
                   .scope = *scope,
                   .reason = *reason,
                   .requested_at = core::TimePoint{
                       std::chrono::microseconds{json.at("requested_at").get<std::int64_t>()}}};
  } catch (const nlohmann::json::exception&) {
    return std::nullopt;
  }
}

void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) fail("open", folder);
  const bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (!synced) fail("sync", folder);
}

class FileErasureJournal final : public attendance::ErasureJournal {
 public:
  explicit FileErasureJournal(fs::path file) : file_(std::move(file)) {
    descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor_ < 0) fail("open", file_);
    try {
      drop_torn_line();
      sync_folder(file_.parent_path());
    } catch (...) {
      ::close(descriptor_);
      throw;
    }
  }
  ~FileErasureJournal() override { ::close(descriptor_); }
  FileErasureJournal(const FileErasureJournal&) = delete;
  FileErasureJournal& operator=(const FileErasureJournal&) = delete;

  void append(const Erasure& erasure) override {
    const std::lock_guard lock(mutex_);
    const auto size = ::lseek(descriptor_, 0, SEEK_END);
    const auto line = to_line(erasure);
    errno = 0;
    const auto written = ::write(descriptor_, line.data(), line.size());
    if (written == std::ssize(line) && ::fdatasync(descriptor_) == 0) return;
    const int reason = errno != 0 ? errno : ENOSPC;
    // Half a line would spoil the next one.
    if (::ftruncate(descriptor_, size) != 0) fail("repair", file_);
    errno = reason;
    fail("write", file_);
  }

  std::vector<Erasure> read() override {
    const std::lock_guard lock(mutex_);
    std::ifstream in(file_, std::ios::binary);
    std::vector<Erasure> erasures;
    std::size_t number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      auto erasure = from_line(line);
      if (!erasure) {
        throw core::InfraError(file_.string() + ", line " + std::to_string(number) +
                               ": not the record of an erasure; people who were erased could come back");
      }
      erasures.push_back(*std::move(erasure));
    }
    if (in.bad()) throw core::InfraError("cannot read " + file_.string());
    return erasures;
  }

 private:
  void drop_torn_line() const {
    std::ifstream in(file_, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    const auto text = content.str();
    if (text.empty() || text.ends_with('\n')) return;
    const auto end = text.rfind('\n') + 1;  // npos + 1 is 0
    if (::ftruncate(descriptor_, static_cast<off_t>(end)) != 0 || ::fsync(descriptor_) != 0)
      fail("repair", file_);
  }

  const fs::path file_;
  std::mutex mutex_;
  int descriptor_ = -1;
};

}  // namespace

std::unique_ptr<attendance::ErasureJournal> make_erasure_journal(const std::filesystem::path& file) {
  return std::make_unique<FileErasureJournal>(fs::absolute(file).lexically_normal());
}

}  // namespace rollcall::storage
