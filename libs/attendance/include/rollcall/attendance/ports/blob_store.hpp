#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace rollcall::attendance {

// Bytes under a key, for face crops.
//
// Keys are slash-separated words of [a-z0-9-._], made by us and never by a client, without "." or ".." as a
// word. A reader sees the old or the new content, never a torn one. Thread safe. Throws core::InfraError.
class BlobStore {
 public:
  virtual ~BlobStore() = default;

  // When it returns, the bytes are on disk.
  virtual void put(const std::string& key, std::string_view bytes) = 0;
  virtual std::optional<std::string> get(const std::string& key) = 0;
  // Erases every key that starts with `prefix`; returns how many there were.
  virtual int erase_prefix(const std::string& prefix) = 0;
};

}  // namespace rollcall::attendance
