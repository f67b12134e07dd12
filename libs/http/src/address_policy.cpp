#include "address_policy.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>

#include <netinet/in.h>

namespace rollcall::http {
namespace {

struct Block {
  std::array<std::uint8_t, 16> prefix;
  unsigned bits;
};

constexpr std::array kNotGlobal4 = {
    Block{{0}, 8},              // this network
    Block{{10}, 8},             // private
    Block{{100, 64}, 10},       // shared by carriers
    Block{{127}, 8},            // loopback
    Block{{169, 254}, 16},      // link-local, cloud metadata
    Block{{172, 16}, 12},       // private
    Block{{192, 0, 0}, 24},     // protocol assignments
    Block{{192, 0, 2}, 24},     // documentation
    Block{{192, 88, 99}, 24},   // 6to4 relays
    Block{{192, 168}, 16},      // private
    Block{{198, 18}, 15},       // benchmarking
    Block{{198, 51, 100}, 24},  // documentation
    Block{{203, 0, 113}, 24},   // documentation
    Block{{224}, 4},            // multicast
    Block{{240}, 4},            // reserved, broadcast
};

// Global unicast is 2000::/3; these blocks inside it are special.
constexpr Block kGlobalUnicast6 = {{0x20}, 3};
constexpr std::array kNotGlobal6 = {
    Block{{0x20, 0x01, 0x00}, 23},        // protocol assignments, Teredo
    Block{{0x20, 0x01, 0x0d, 0xb8}, 32},  // documentation
    Block{{0x20, 0x02}, 16},              // 6to4
    Block{{0x3f, 0xff, 0x00}, 20},        // documentation
};

bool in_block(std::span<const std::uint8_t> address, const Block& block) {
  const std::size_t whole_bytes = block.bits / 8;
  const unsigned rest_bits = block.bits % 8;
  if (!std::equal(block.prefix.begin(), block.prefix.begin() + whole_bytes, address.begin())) return false;
  if (rest_bits == 0) return true;
  const unsigned shift = 8 - rest_bits;
  return address[whole_bytes] >> shift == block.prefix[whole_bytes] >> shift;
}

template <std::size_t n>
bool in_any(std::span<const std::uint8_t> address, const std::array<Block, n>& blocks) {
  return std::any_of(blocks.begin(), blocks.end(),
                     [&](const Block& block) { return in_block(address, block); });
}

}  // namespace

bool is_global(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in ipv4;
    std::memcpy(&ipv4, &address, sizeof ipv4);
    std::array<std::uint8_t, 4> bytes;
    std::memcpy(bytes.data(), &ipv4.sin_addr, bytes.size());
    return !in_any(bytes, kNotGlobal4);
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 ipv6;
    std::memcpy(&ipv6, &address, sizeof ipv6);
    std::array<std::uint8_t, 16> bytes;
    std::memcpy(bytes.data(), &ipv6.sin6_addr, bytes.size());
    return in_block(bytes, kGlobalUnicast6) && !in_any(bytes, kNotGlobal6);
  }
  return false;
}

}  // namespace rollcall::http
