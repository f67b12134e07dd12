// Files that are compiled into the program. Only the paths of the table exist, so there is nothing to
// traverse.
#pragma once

#include "rollcall/http/message.hpp"
#include "rollcall/http/router.hpp"

#include <span>
#include <string_view>

namespace rollcall::http {

// Every view must outlive the router, as those of string literals do.
struct EmbeddedFile {
  std::string_view path;  // the URL path it is served at, such as "/docs/index.html"
  std::string_view content;
  std::string_view media_type;
  std::string_view etag;               // quoted, as in the header: "\"5f3a...\""
  std::string_view content_gzip = {};  // the same content compressed; empty where there is none
};

struct StaticPolicy {
  std::string_view cache_control = "no-cache";    // kept, but asked about each time
  std::string_view content_security_policy = {};  // empty leaves the server's strict default
};

// 200, or 304 when If-None-Match names the file's tag. The gzip variant goes to those who accept it.
Response serve_file(const Request& request, const EmbeddedFile& file, const StaticPolicy& policy = {});

// One GET route per file; HEAD follows from it.
void add_static_files(Router& router, std::span<const EmbeddedFile> files, StaticPolicy policy = {});

}  // namespace rollcall::http
