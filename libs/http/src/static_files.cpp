#include "rollcall/http/static_files.hpp"

#include "ascii.hpp"
#include "rollcall/core/assert.hpp"

namespace rollcall::http {
namespace {

std::string_view without_weakness(std::string_view tag) {
  return tag.starts_with("W/") ? tag.substr(2) : tag;
}

// If-None-Match of RFC 9110 section 13.1.2. Our tags hold no comma, so a list can be cut at commas.
bool names_tag(std::string_view list, std::string_view tag) {
  while (!list.empty()) {
    const auto item = trimmed(take_until(list, ","));
    if (item == "*" || without_weakness(item) == tag) return true;
  }
  return false;
}

// "gzip" is accepted unless its weight is zero: "q=0", "q=0.0" ...
bool accepts_gzip(std::string_view list) {
  while (!list.empty()) {
    auto weight = take_until(list, ",");
    const auto coding = trimmed(take_until(weight, ";"));
    if (!equal_ignoring_case(coding, "gzip")) continue;
    const auto q = trimmed(weight);
    return !q.starts_with("q=0") || q.find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

// Another representation needs another tag: "abc" becomes "abc-gzip".
std::string gzip_tag(std::string_view etag) {
  return std::string(etag.substr(0, etag.size() - 1)) + "-gzip\"";
}

}  // namespace

Response serve_file(const Request& request, const EmbeddedFile& file, const StaticPolicy& policy) {
  const bool gzip =
      !file.content_gzip.empty() && accepts_gzip(request.headers.get("Accept-Encoding").value_or(""));
  const auto etag = gzip ? gzip_tag(file.etag) : std::string(file.etag);

  Response response;
  response.headers.set("ETag", etag);
  response.headers.set("Cache-Control", policy.cache_control);
  if (!file.content_gzip.empty()) response.headers.set("Vary", "Accept-Encoding");
  if (!policy.content_security_policy.empty()) {
    response.headers.set("Content-Security-Policy", policy.content_security_policy);
  }
  if (names_tag(request.headers.get("If-None-Match").value_or(""), etag)) {
    response.status = 304;
    return response;
  }
  response.headers.set("Content-Type", file.media_type);
  if (gzip) response.headers.set("Content-Encoding", "gzip");
  response.body = gzip ? file.content_gzip : file.content;
  return response;
}

void add_static_files(Router& router, std::span<const EmbeddedFile> files, StaticPolicy policy) {
  for (const auto& file : files) {
    ROLLCALL_ASSERT(file.etag.size() > 2 && file.etag.starts_with('"') && file.etag.ends_with('"'));
    Route route;
    route.pattern = file.path;
    route.body_bytes_max = 0;
    route.name = "staticFile";
    route.handler = [file, policy](const Request& request) { return serve_file(request, file, policy); };
    router.add(std::move(route));
  }
}

}  // namespace rollcall::http
