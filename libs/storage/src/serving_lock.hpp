#pragma once

#include <filesystem>

namespace rollcall::storage {

// Keeps a second process from serving the same database, for as long as this object lives.
//
// The kernel drops the lock when the process ends, however it ends; the file "<database>.lock" stays and
// means nothing.
class ServingLock {
 public:
  // Throws core::InfraError at once when somebody else has it.
  explicit ServingLock(const std::filesystem::path& database);
  ~ServingLock();
  ServingLock(const ServingLock&) = delete;
  ServingLock& operator=(const ServingLock&) = delete;

 private:
  int descriptor_;
};

}  // namespace rollcall::storage
