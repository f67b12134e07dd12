#include "rollcall/http/client.hpp"

#include "address_policy.hpp"
#include "ascii.hpp"
#include "rollcall/core/infra_error.hpp"

#include <algorithm>
#include <charconv>
#include <csignal>
#include <memory>
#include <optional>

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace rollcall::http {
namespace {

constexpr std::size_t kUrlBytesMax = 2048;

core::Error failure(std::string_view reason, const char* message, std::string detail = {}) {
  return {core::Errc::invalid_input, reason, message, std::move(detail)};
}

using UrlHandle = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;
using EasyHandle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

struct Origin {
  std::string scheme;
  std::string host;  // lower case; an IPv6 address in brackets
  unsigned port = 0;

  unsigned own_port() const { return scheme == "https" ? 443 : 80; }
};

// nullopt when the URL has no such part.
std::optional<std::string> url_part(CURLU* url, CURLUPart part, unsigned flags = 0) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, flags) != CURLUE_OK) return std::nullopt;
  const std::unique_ptr<char, decltype(&curl_free)> owner(text, &curl_free);
  return std::string(text);
}

// The same parser judges the URL and connects to it, so the two cannot disagree.
std::optional<Origin> parse_origin(CURLU* handle, const std::string& url) {
  const auto forbidden = [](char c) {
    return is_control(c) || c == ' ' || static_cast<unsigned char>(c) > 0x7E;
  };
  if (url.size() > kUrlBytesMax || std::any_of(url.begin(), url.end(), forbidden)) return std::nullopt;
  if (curl_url_set(handle, CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return std::nullopt;
  if (url_part(handle, CURLUPART_USER) || url_part(handle, CURLUPART_PASSWORD)) return std::nullopt;
  const auto scheme = url_part(handle, CURLUPART_SCHEME);
  const auto host = url_part(handle, CURLUPART_HOST);
  const auto port = url_part(handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  if (!scheme || !host || !port || (*scheme != "http" && *scheme != "https")) return std::nullopt;
  Origin origin{*scheme, to_lower(*host)};
  std::from_chars(port->data(), port->data() + port->size(), origin.port);
  return origin;
}

enum class Reach { nowhere, global_addresses, any_address };

bool is_ip_literal(std::string_view host) {
  return host.starts_with('[') ||
         std::all_of(host.begin(), host.end(), [](char c) { return is_digit(c) || c == '.'; });
}

// What an allow-list entry grants to the origin.
Reach reach_by(std::string_view entry, const Origin& origin) {
  const auto colon = entry.rfind(':');
  const auto bracket = entry.rfind(']');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  const auto host = has_port ? entry.substr(0, colon) : entry;
  if (!equal_ignoring_case(host, origin.host)) return Reach::nowhere;
  const auto port = has_port ? std::string(entry.substr(colon + 1)) : std::to_string(origin.own_port());
  if (port != std::to_string(origin.port)) return Reach::nowhere;
  return has_port || is_ip_literal(host) ? Reach::any_address : Reach::global_addresses;
}

Reach reach_of(const std::vector<std::string>& allowed_hosts, const Origin& origin) {
  Reach reach = Reach::nowhere;
  for (const auto& entry : allowed_hosts) reach = std::max(reach, reach_by(entry, origin));
  return reach;
}

struct Transfer {
  Reach reach;
  std::size_t bytes_max;
  FetchedBody body = {};
  bool refused_address = false;
  bool too_large = false;
};

curl_socket_t open_socket(void* user, curlsocktype /*purpose*/, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (transfer.reach != Reach::any_address && !is_global(address->addr)) {
    transfer.refused_address = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t take_bytes(char* bytes, std::size_t /*one*/, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (count > transfer.bytes_max - transfer.body.bytes.size()) {
    transfer.too_large = true;
    return 0;
  }
  transfer.body.bytes.append(bytes, count);
  return count;
}

// A peer that goes away must not kill the process: TLS libraries write without MSG_NOSIGNAL. SIGPIPE is
// blocked for this thread only, and one that arose meanwhile is taken back.
class SigpipeGuard {
 public:
  SigpipeGuard() {
    sigset_t pending;
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~SigpipeGuard() {
    constexpr timespec kNoWait = {};
    if (!was_pending_) sigtimedwait(&pipe_, nullptr, &kNoWait);
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  SigpipeGuard(const SigpipeGuard&) = delete;
  SigpipeGuard& operator=(const SigpipeGuard&) = delete;

 private:
  sigset_t pipe_;
  sigset_t before_;
  bool was_pending_;
};

template <class Value>
void set_option(const EasyHandle& handle, CURLoption option, Value value) {
  const auto code = curl_easy_setopt(handle.get(), option, value);
  if (code != CURLE_OK) throw core::InfraError(std::string("libcurl: ") + curl_easy_strerror(code));
}

void configure(const EasyHandle& handle, CURLU* url, const FetchLimits& limits, Transfer& transfer) {
  set_option(handle, CURLOPT_CURLU, url);
  set_option(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  set_option(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
  set_option(handle, CURLOPT_PROXY, "");
  set_option(handle, CURLOPT_FOLLOWLOCATION, 0L);
  set_option(handle, CURLOPT_NOSIGNAL, 1L);
  set_option(handle, CURLOPT_USERAGENT, "rollcall");
  set_option(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits.connect.count()));
  set_option(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.total.count()));
  // Refuses by Content-Length at once; take_bytes() counts what really arrives.
  set_option(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(limits.bytes_max));
  set_option(handle, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  set_option(handle, CURLOPT_OPENSOCKETDATA, &transfer);
  set_option(handle, CURLOPT_WRITEFUNCTION, &take_bytes);
  set_option(handle, CURLOPT_WRITEDATA, &transfer);
}

core::Error error_of(CURLcode code, const Transfer& transfer) {
  if (transfer.too_large || code == CURLE_FILESIZE_EXCEEDED) {
    return {core::Errc::too_large, "response_too_large", "The document at the URL is too large."};
  }
  if (transfer.refused_address) {
    return failure("url_host_not_allowed", "The host of the URL has an address that is not allowed.");
  }
  if (code == CURLE_OPERATION_TIMEDOUT) return failure("url_timeout", "The host of the URL took too long.");
  return failure("url_unreachable", "The URL could not be fetched.", curl_easy_strerror(code));
}

}  // namespace

core::Result<FetchedBody> fetch(const std::string& url, const FetchPolicy& policy) {
  static const CURLcode global = curl_global_init(CURL_GLOBAL_DEFAULT);
  const UrlHandle parsed(curl_url(), &curl_url_cleanup);
  const EasyHandle handle(curl_easy_init(), &curl_easy_cleanup);
  if (global != CURLE_OK || !parsed || !handle) throw core::InfraError("libcurl cannot be initialised");

  const auto origin = parse_origin(parsed.get(), url);
  if (!origin) return failure("url_malformed", "The URL must be a plain http or https URL.");
  Transfer transfer{reach_of(policy.allowed_hosts, *origin), policy.limits.bytes_max};
  if (transfer.reach == Reach::nowhere)
    return failure("url_host_not_allowed", "The host of the URL is not allowed.");

  configure(handle, parsed.get(), policy.limits, transfer);
  const SigpipeGuard guard;
  const auto code = curl_easy_perform(handle.get());
  if (code != CURLE_OK) return error_of(code, transfer);
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  if (status != 200)
    return failure("url_bad_status", "The host of the URL did not answer 200.", std::to_string(status));
  const char* content_type = nullptr;
  curl_easy_getinfo(handle.get(), CURLINFO_CONTENT_TYPE, &content_type);
  if (content_type != nullptr) transfer.body.content_type = content_type;
  return std::move(transfer.body);
}

}  // namespace rollcall::http
