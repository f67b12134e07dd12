#include "address_policy.hpp"

#include <cstring>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

namespace rollcall::http {
namespace {

bool is_global_text(const char* text) {
  sockaddr_storage storage{};
  auto& ipv4 = reinterpret_cast<sockaddr_in&>(storage);
  auto& ipv6 = reinterpret_cast<sockaddr_in6&>(storage);
  if (inet_pton(AF_INET, text, &ipv4.sin_addr) == 1) {
    storage.ss_family = AF_INET;
  } else if (inet_pton(AF_INET6, text, &ipv6.sin6_addr) == 1) {
    storage.ss_family = AF_INET6;
  } else {
    ADD_FAILURE() << text << " is no address";
  }
  return is_global(reinterpret_cast<const sockaddr&>(storage));
}

TEST(AddressPolicy, SpecialAddressesAreNotGlobal) {
  for (const auto* const address : {"0.0.0.0",
                                    "0.255.255.255",
                                    "10.0.0.1",
                                    "10.255.255.255",
                                    "100.64.0.1",
                                    "100.127.255.255",
                                    "127.0.0.1",
                                    "127.255.255.255",
                                    "169.254.169.254",
                                    "172.16.0.1",
                                    "172.31.255.255",
                                    "192.0.0.1",
                                    "192.0.2.1",
                                    "192.88.99.1",
                                    "192.168.0.1",
                                    "192.168.255.255",
                                    "198.18.0.1",
                                    "198.19.255.255",
                                    "198.51.100.1",
                                    "203.0.113.1",
                                    "224.0.0.1",
                                    "239.255.255.255",
                                    "240.0.0.1",
                                    "255.255.255.255",
                                    "::",
                                    "::1",
                                    "::ffff:127.0.0.1",
                                    "::ffff:8.8.8.8",
                                    "::127.0.0.1",
                                    "64:ff9b::7f00:1",
                                    "64:ff9b:1::1",
                                    "100::1",
                                    "2001::1",
                                    "2001:1ff::1",
                                    "2001:db8::1",
                                    "2002:7f00:1::1",
                                    "3fff::1",
                                    "5f00::1",
                                    "fc00::1",
                                    "fd00:ec2::254",
                                    "fe80::1",
                                    "febf::1",
                                    "fec0::1",
                                    "ff02::1",
                                    "4000::1"}) {
    EXPECT_FALSE(is_global_text(address)) << address;
  }
}

TEST(AddressPolicy, TheirNeighboursAreGlobal) {
  for (const auto* const address : {"1.1.1.1",
                                    "9.255.255.255",
                                    "11.0.0.1",
                                    "100.63.255.255",
                                    "100.128.0.1",
                                    "126.255.255.255",
                                    "128.0.0.1",
                                    "169.253.255.255",
                                    "169.255.0.1",
                                    "172.15.255.255",
                                    "172.32.0.1",
                                    "192.0.1.1",
                                    "192.167.255.255",
                                    "192.169.0.1",
                                    "198.17.255.255",
                                    "198.20.0.1",
                                    "223.255.255.255",
                                    "2001:200::1",
                                    "2001:4860:4860::8888",
                                    "2003::1",
                                    "2606:4700:4700::1111"}) {
    EXPECT_TRUE(is_global_text(address)) << address;
  }
}

TEST(AddressPolicy, OtherFamiliesAreNotGlobal) {
  sockaddr_storage storage{};
  storage.ss_family = AF_UNIX;
  EXPECT_FALSE(is_global(reinterpret_cast<const sockaddr&>(storage)));
}

}  // namespace
}  // namespace rollcall::http
