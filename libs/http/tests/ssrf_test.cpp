// Addresses by which others have been talked into reading their own network: none of them leads to a
// connection.
#include "rollcall/http/client.hpp"

#include <array>

#include <arpa/inet.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rollcall::http {
namespace {

// Listens on loopback and counts who comes.
class Listener {
 public:
  Listener() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    socklen_t size = sizeof(address);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size), 0);
    EXPECT_EQ(::listen(socket_, 128), 0);
    ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  ~Listener() { ::close(socket_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  std::string port() const { return std::to_string(port_); }
  int connections() {
    int count = 0;
    for (int peer = 0; (peer = ::accept(socket_, nullptr, nullptr)) >= 0; ++count) ::close(peer);
    return count;
  }

 private:
  int socket_;
  std::uint16_t port_ = 0;
};

constexpr auto kHosts = std::to_array<const char*>({
    "127.0.0.1",
    "127.0.0.2",
    "127.255.255.254",
    "127.1",
    "127.0.1",
    "0",
    "0.0.0.0",
    "2130706433",
    "0x7f000001",
    "0x7f.1",
    "0x7f.0x0.0x0.0x1",
    "0177.0.0.1",
    "0177.1",
    "017700000001",
    "00000177.0.0.1",
    "127.0.0.1.",
    "127.000.000.001",
    "[::1]",
    "[::]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[::127.0.0.1]",
    "[64:ff9b::7f00:1]",
    "[2002:7f00:1::]",
    "[fe80::1]",
    "[fc00::1]",
    "[fd12:3456::1]",
    "[::1%25lo]",
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.254",
    "192.168.0.1",
    "192.168.1.254",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "240.0.0.1",
    "2852039166",
    "0xa9fea9fe",
    "0xa9.0xfe.0xa9.0xfe",
    "[::ffff:169.254.169.254]",
    "[fd00:ec2::254]",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "ip6-localhost",
    "ip6-loopback",
    "localhost.localdomain",
    "metadata.google.internal",
    "photos.example@127.0.0.1",
    "photos.example:80@127.0.0.1",
    "127.0.0.1#photos.example",
    "127.0.0.1?photos.example",
    "127.0.0.1\\photos.example",
    "photos.example.127.0.0.1.nip.io",
    "%31%32%37.0.0.1",
    "127%2e0%2e0%2e1",
    "\xe2\x91\xa0\xe2\x91\xa1\xe2\x91\xa6.0.0.1",
    "127\xe3\x80\x82"
    "0\xe3\x80\x82"
    "0\xe3\x80\x82"
    "1",
});

class Ssrf : public ::testing::Test {
 protected:
  Listener listener;
};

TEST_F(Ssrf, NoSpellingOfAnInnerAddressIsConnectedTo) {
  const FetchPolicy policy{.allowed_hosts = {"photos.example", "localhost", "ip6-localhost"},
                           .limits = {.total = std::chrono::milliseconds(500)}};
  int vectors = 0;
  for (const std::string host : kHosts) {
    for (const auto& url : {"http://" + host + ":" + listener.port() + "/latest/meta-data/",
                            "https://" + host + ":" + listener.port() + "/", "http://" + host + "/"}) {
      const auto body = fetch(url, policy);
      EXPECT_FALSE(body) << url;
      EXPECT_TRUE(body.has_error() && body.error().reason != "url_timeout")
          << url << ": somebody was waited for";
      ++vectors;
    }
  }
  EXPECT_GE(vectors, 150);
  EXPECT_EQ(listener.connections(), 0);
}

TEST_F(Ssrf, NoOtherSchemeIsSpoken) {
  const FetchPolicy policy{.allowed_hosts = {"127.0.0.1:" + listener.port()}};
  for (const auto* scheme :
       {"ftp", "ftps", "sftp", "scp",  "file", "gopher", "dict", "ldap", "ldaps",  "tftp", "telnet",
        "smb", "imap", "pop3", "smtp", "rtsp", "rtmp",   "mqtt", "ws",   "netdoc", "jar",  "php"}) {
    EXPECT_FALSE(fetch(std::string(scheme) + "://127.0.0.1:" + listener.port() + "/", policy)) << scheme;
  }
  EXPECT_EQ(listener.connections(), 0);
}

// So the counts above say something: this address is allowed, and the listener is asked.
TEST_F(Ssrf, AnAllowedAddressIsConnectedTo) {
  const FetchPolicy policy{.allowed_hosts = {"127.0.0.1:" + listener.port()},
                           .limits = {.total = std::chrono::milliseconds(200)}};
  EXPECT_FALSE(fetch("http://127.0.0.1:" + listener.port() + "/", policy));  // it never answers
  EXPECT_EQ(listener.connections(), 1);
}

}  // namespace
}  // namespace rollcall::http
