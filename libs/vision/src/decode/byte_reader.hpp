// Bounded reads of integers from foreign bytes: nullopt beyond the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rollcall::vision {

enum class ByteOrder { little, big };

inline std::optional<std::uint32_t> read_uint(std::string_view bytes, std::size_t at, std::size_t size,
                                              ByteOrder order) {
  if (at > bytes.size() || bytes.size() - at < size) return std::nullopt;
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t from = order == ByteOrder::big ? at + i : at + size - 1 - i;
    value = value << 8U | static_cast<std::uint8_t>(bytes[from]);
  }
  return value;
}

inline std::optional<std::uint32_t> read_u16(std::string_view bytes, std::size_t at, ByteOrder order) {
  return read_uint(bytes, at, 2, order);
}

inline std::optional<std::uint32_t> read_u32(std::string_view bytes, std::size_t at, ByteOrder order) {
  return read_uint(bytes, at, 4, order);
}

}  // namespace rollcall::vision
