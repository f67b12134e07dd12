#include "image_fetcher.hpp"

#include <rollcall/http/client.hpp>

namespace rollcall::app {
namespace {

core::Error host_not_allowed() {
  return {core::Errc::forbidden, "image_url_host_not_allowed",
          "image_url may be a data: URL or lead to a host that IMAGE_URL_ALLOWED_HOSTS names."};
}

// The client's reasons, as the contract of ImageSource names them.
core::Error translated(core::Error error) {
  if (error.reason == "url_host_not_allowed") return host_not_allowed();
  if (error.code == core::Errc::too_large) {
    return {core::Errc::too_large, "image_too_large", "The picture behind image_url is too large."};
  }
  if (error.reason == "url_malformed" || error.reason == "data_url_malformed") {
    return {core::Errc::invalid_input, "image_url_malformed", "image_url is not a usable address.",
            error.detail};
  }
  return {core::Errc::invalid_input, "image_url_unreachable",
          "The picture behind image_url could not be fetched.",
          std::string(error.reason) + " " + error.detail};
}

}  // namespace

core::Result<std::string> ImageFetcher::fetch(const std::string& url) {
  if (url.starts_with("data:")) {
    auto bytes = http::decode_data_url(url, bytes_max_);
    if (!bytes) return translated(bytes.error());
    return *std::move(bytes);
  }
  auto body = http::fetch(url, {.allowed_hosts = allowed_hosts_, .limits = {.bytes_max = bytes_max_}});
  if (!body) return translated(body.error());
  return std::move(body->bytes);
}

}  // namespace rollcall::app
