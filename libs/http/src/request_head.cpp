#include "request_head.hpp"

#include "ascii.hpp"

#include <algorithm>

namespace rollcall::http {
namespace {

constexpr HeadFault kBadLineEnd{400, "bad_request", "Lines must end with CR LF."};
constexpr HeadFault kBadField{400, "bad_request", "A header field is malformed."};
constexpr HeadFault kBadFraming{400, "bad_request", "The length of the body is ambiguous."};
constexpr HeadFault kBadHost{400, "bad_request", "Exactly one valid Host field is needed."};
constexpr HeadFault kTooManyFields{431, "too_many_headers", "The request has too many header fields."};

bool is_length(std::string_view text) {
  return !text.empty() && text.size() <= 18 && std::all_of(text.begin(), text.end(), is_digit);
}

// Characters of a host name, an address and a port; enough to keep spaces, commas, paths and user names out.
bool is_host(std::string_view text) {
  return !text.empty() && text.size() <= 255 && std::all_of(text.begin(), text.end(), [](char c) {
    return is_digit(c) || is_alpha(c) || std::string_view(".-_:[]").find(c) != std::string_view::npos;
  });
}

bool has_control(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) { return is_control(c) && c != '\t'; });
}

// The fields that decide where the request ends and whom it is for.
struct Framing {
  std::size_t content_lengths = 0;
  std::size_t transfer_encodings = 0;
  std::size_t hosts = 0;

  std::optional<HeadFault> take(std::string_view name, std::string_view value) {
    if (equal_ignoring_case(name, "content-length")) {
      ++content_lengths;
      if (!is_length(value)) return kBadFraming;
    } else if (equal_ignoring_case(name, "transfer-encoding")) {
      ++transfer_encodings;
      if (!equal_ignoring_case(value, "chunked")) return kBadFraming;
    } else if (equal_ignoring_case(name, "host")) {
      ++hosts;
      if (!is_host(value)) return kBadHost;
    }
    return std::nullopt;
  }

  std::optional<HeadFault> judge(std::string_view version) const {
    const bool is_1_1 = version == "HTTP/1.1";
    if (content_lengths + transfer_encodings > 1) return kBadFraming;
    if (transfer_encodings > 0 && !is_1_1) return kBadFraming;
    if (hosts > 1 || (hosts == 0 && is_1_1)) return kBadHost;
    return std::nullopt;
  }
};

}  // namespace

HeadScan scan_head(std::string_view received) {
  for (std::size_t i = 0; i < received.size(); ++i) {
    if (received[i] == '\n') return {0, true};
    if (received[i] != '\r') continue;
    if (i + 1 == received.size()) return {};
    if (received[i + 1] != '\n') return {0, true};
    if (received.substr(i).starts_with("\r\n\r\n")) return {i + 4, false};
    ++i;
  }
  return {};
}

std::optional<HeadFault> find_fault(std::string_view head) {
  auto rest = head;
  const auto request_line = take_until(rest, "\r\n");
  if (has_control(request_line)) return kBadLineEnd;
  Framing framing;
  for (std::size_t fields = 0;; ++fields) {
    auto value = take_until(rest, "\r\n");
    if (value.empty()) break;
    if (fields == Headers::kFieldsMax) return kTooManyFields;
    if (has_control(value)) return kBadField;
    // A space or tab in front would continue the line before; one behind the name is no part of a token
    // either.
    if (value.find(':') == std::string_view::npos) return kBadField;
    const auto name = take_until(value, ":");
    if (!is_token(name)) return kBadField;
    if (auto fault = framing.take(name, trimmed(value))) return fault;
  }
  return framing.judge(request_line.substr(request_line.rfind(' ') + 1));
}

}  // namespace rollcall::http
