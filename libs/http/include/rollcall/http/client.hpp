// Fetches a document from an allow-listed host, and reads data: URLs.
//
// The decision about an address is made on the socket's own address after name resolution, so spellings of an
// address and names that change their answer do not help. Redirects, proxies, cookies and credentials are
// off.
#pragma once

#include "rollcall/core/result.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rollcall::http {

struct FetchLimits {
  std::size_t bytes_max = 8 * 1024 * 1024;
  std::chrono::milliseconds connect = std::chrono::seconds(3);
  std::chrono::milliseconds total = std::chrono::seconds(10);
};

struct FetchPolicy {
  // "host" allows the scheme's own port, "host:port" exactly that port; names are compared without regard to
  // case and there are no wildcards. An entry with a port, or whose host is an IP address ("[::1]:8080" for
  // IPv6), may lead to loopback, private and other non-global addresses: whoever writes it names an intranet
  // server. Any other entry may not, whatever the name server says.
  std::vector<std::string> allowed_hosts;
  FetchLimits limits = {};
};

struct FetchedBody {
  std::string bytes;
  std::string content_type;  // as the server says; empty when it says nothing
};

// Blocks for limits.total at most. Errors: invalid_input (reasons "url_malformed", "url_host_not_allowed",
// "url_unreachable", "url_timeout", "url_bad_status"), too_large (reason "response_too_large").
core::Result<FetchedBody> fetch(const std::string& url, const FetchPolicy& policy);

// The content of "data:[type][;base64],...". Errors: invalid_input (reason "data_url_malformed"), too_large
// (reason "data_url_too_large").
core::Result<std::string> decode_data_url(std::string_view url, std::size_t bytes_max);

}  // namespace rollcall::http
