#include "canonical_row.hpp"

#include <array>

#include <rollcall/crypto/mac.hpp>

namespace rollcall::storage {
namespace {

std::array<char, 8> big_endian(std::uint64_t number) {
  std::array<char, 8> bytes{};
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte, number >>= 8) {
    *byte = static_cast<char>(number & 0xFF);
  }
  return bytes;
}

}  // namespace

CanonicalRow::CanonicalRow(std::string_view form) {
  constexpr std::size_t kUsual = 2048;
  bytes_.reserve(kUsual);
  add_text(form);
}

CanonicalRow& CanonicalRow::add_number(std::int64_t number) {
  const auto bytes = big_endian(static_cast<std::uint64_t>(number));
  return add('i', {bytes.data(), bytes.size()});
}

CanonicalRow& CanonicalRow::add(char type, std::string_view value) {
  const auto size = big_endian(value.size());
  bytes_ += type;
  bytes_.append(size.data(), size.size());
  bytes_ += value;
  return *this;
}

std::string CanonicalRow::digest() const {
  return crypto::to_hex(crypto::sha256(bytes_));
}

}  // namespace rollcall::storage
