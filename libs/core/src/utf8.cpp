#include "rollcall/core/utf8.hpp"

namespace rollcall::core {
namespace {

struct Sequence {
  std::size_t length;
  unsigned char second_min = 0x80;
  unsigned char second_max = 0xBF;
};

// Length 0 for a byte that starts nothing.
Sequence sequence_of(unsigned char first) {
  if (first < 0x80) return {1};
  if (first < 0xC2) return {0};
  if (first < 0xE0) return {2};
  if (first == 0xE0) return {3, 0xA0, 0xBF};
  if (first == 0xED) return {3, 0x80, 0x9F};
  if (first < 0xF0) return {3};
  if (first == 0xF0) return {4, 0x90, 0xBF};
  if (first < 0xF4) return {4};
  if (first == 0xF4) return {4, 0x80, 0x8F};
  return {0};
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = [&](std::size_t offset) { return static_cast<unsigned char>(text[i + offset]); };
    const auto sequence = sequence_of(byte(0));
    if (sequence.length == 0 || text.size() - i < sequence.length) return false;
    if (sequence.length > 1 && (byte(1) < sequence.second_min || byte(1) > sequence.second_max)) return false;
    for (std::size_t k = 2; k < sequence.length; ++k) {
      if ((byte(k) & 0xC0) != 0x80) return false;
    }
    i += sequence.length;
  }
  return true;
}

}  // namespace rollcall::core
