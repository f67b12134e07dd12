// Secret keys, and keys derived from keys.
//
// Thread safety: values. All of this library needs start() once before the first use.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace rollcall::crypto {

// Idempotent; throws core::InfraError when the system offers no randomness.
void start();

// 32 secret bytes, wiped when they are no longer needed. Never printed, never part of an error.
class Key {
 public:
  static constexpr std::size_t kSize = 32;

  static Key random();
  // nullopt unless there are exactly kSize bytes.
  static std::optional<Key> from_bytes(std::string_view bytes);
  // As people write keys: 64 hexadecimal digits, or 32 bytes in base64 of either alphabet with or without
  // padding, which is also the form of Fernet keys.
  static std::optional<Key> parse(std::string_view text);

  Key(const Key& other) = default;
  Key& operator=(const Key& other) = default;
  ~Key();

  // An independent key for one purpose: BLAKE2b keyed with this key (RFC 7693), which is a PRF. The purpose
  // is a fixed text of ours, such as "rollcall access tokens v1".
  Key derive(std::string_view purpose) const;

  // Names the key in stored data without telling anything about it: 16 hexadecimal digits.
  std::string id() const;

  std::string_view bytes() const;
  const unsigned char* data() const { return bytes_.data(); }

  bool operator==(const Key& other) const;  // in constant time

 private:
  Key() = default;
  std::array<unsigned char, kSize> bytes_{};
};

}  // namespace rollcall::crypto
