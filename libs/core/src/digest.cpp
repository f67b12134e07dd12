#include "rollcall/core/digest.hpp"

#include <fstream>

#include <sodium.h>

namespace rollcall::core {
namespace {

class Sha256 {
 public:
  Sha256() { crypto_hash_sha256_init(&state_); }
  void update(std::string_view bytes) {
    crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  }
  std::string hex() {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256_final(&state_, hash.data());
    std::array<char, crypto_hash_sha256_BYTES * 2 + 1> text{};
    sodium_bin2hex(text.data(), text.size(), hash.data(), hash.size());
    return {text.data(), text.size() - 1};
  }

 private:
  crypto_hash_sha256_state state_{};
};

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.hex();
}

Result<std::string> sha256_hex_of_file(const std::filesystem::path& file) {
  const Error unreadable{Errc::not_found, "file_unreadable", "A file cannot be read.", file.string()};
  std::error_code ignored;
  if (std::filesystem::is_directory(file, ignored)) return unreadable;
  std::ifstream in(file, std::ios::binary);
  if (!in) return unreadable;
  Sha256 hash;
  std::vector<char> block(1 << 16);
  while (in.read(block.data(), static_cast<std::streamsize>(block.size())), in.gcount() > 0) {
    hash.update({block.data(), static_cast<std::size_t>(in.gcount())});
  }
  if (in.bad()) return unreadable;
  return hash.hex();
}

}  // namespace rollcall::core
