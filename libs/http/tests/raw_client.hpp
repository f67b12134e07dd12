// A TCP client that sends exactly the bytes it is told to.
#pragma once

#include <chrono>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rollcall::http::testing {

// One response; `head` runs from the status line through the empty line.
struct RawResponse {
  std::string head;
  std::string body;

  int status() const { return head.size() < 12 ? 0 : std::stoi(head.substr(9, 3)); }
  bool has(std::string_view text) const { return head.find(text) != std::string::npos; }
  bool says_close() const { return has("\r\nConnection: close\r\n"); }
};

class RawClient {
 public:
  // Throws when nothing arrives for that long: no test may hang.
  static constexpr int kPatienceMs = 20'000;

  explicit RawClient(std::uint16_t port) : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    connect(port);
  }
  // Without a connection yet; connect() follows.
  RawClient() : fd_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  ~RawClient() { ::close(fd_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  void connect(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("connect failed");
    }
  }

  // False when the server has closed its side for good.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  void shut_down_sending() { ::shutdown(fd_, SHUT_WR); }

  // The next response. An empty head means that the server closed the connection first.
  RawResponse receive(bool expect_body = true) {
    std::size_t end = 0;
    while ((end = input_.find("\r\n\r\n")) == std::string::npos) {
      if (!fill()) return {};
    }
    RawResponse response{input_.substr(0, end + 4), {}};
    input_.erase(0, end + 4);
    const auto length = response.head.find("Content-Length: ");
    if (!expect_body || length == std::string::npos) return response;
    const auto size = std::stoul(response.head.substr(length + 16));
    while (input_.size() < size && fill()) {
    }
    response.body = input_.substr(0, size);
    input_.erase(0, size);
    return response;
  }

  RawResponse exchange(std::string_view request) {
    send(request);
    return receive();
  }

  // Whether something arrives within that time.
  bool has_input(std::chrono::milliseconds limit = {}) const {
    pollfd waiting{fd_, POLLIN, 0};
    return ::poll(&waiting, 1, static_cast<int>(limit.count())) > 0;
  }

  // Reads to the end of the connection: true when the server closed it, without sending anything more.
  bool is_closed_without_more() {
    while (input_.empty() && fill()) {
    }
    return input_.empty();
  }

 private:
  bool fill() {
    pollfd waiting{fd_, POLLIN, 0};
    if (::poll(&waiting, 1, kPatienceMs) <= 0) throw std::runtime_error("the server sent nothing");
    char bytes[4096];
    const auto count = ::recv(fd_, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    input_.append(bytes, static_cast<std::size_t>(count));
    return true;
  }

  int fd_;
  std::string input_;
};

inline std::string get(std::string_view target, std::string_view more_fields = "") {
  return std::string("GET ")
      .append(target)
      .append(" HTTP/1.1\r\nHost: test\r\n")
      .append(more_fields)
      .append("\r\n");
}

inline std::string post(std::string_view target, std::string_view body, std::string_view more_fields = "") {
  return std::string("POST ")
      .append(target)
      .append(" HTTP/1.1\r\nHost: test\r\nContent-Length: ")
      .append(std::to_string(body.size()))
      .append("\r\n")
      .append(more_fields)
      .append("\r\n")
      .append(body);
}

}  // namespace rollcall::http::testing
