// Which function answers which method and path.
#pragma once

#include "rollcall/http/message.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace rollcall::http {

// Where a request is handled, so that slow work cannot hold up quick work.
enum class Pool {
  light,  // SQL and small computations
  heavy,  // images
};

using RequestHandler = std::function<Response(const Request&)>;

struct Route {
  Method method = Method::get;
  // "/v1/people/{id}": a {name} takes one whole segment that is not empty. A trailing slash is part of the
  // path.
  std::string pattern;
  // Called on a thread of the pool, by several threads at once.
  // core::InfraError becomes 503, any other exception 500.
  RequestHandler handler;
  Pool pool = Pool::light;
  std::size_t body_bytes_max = 1024 * 1024;
  std::chrono::milliseconds timeout = std::chrono::seconds(10);
  // Accepted media types such as "application/json" or "image/*"; none means any. Checked when there is a
  // body.
  std::vector<std::string> content_types = {};
  std::string name = {};  // of the operation, by which a Gate knows it
};

struct RouteFound {
  const Route* route;
  std::map<std::string, std::string> path_params;
};
struct RouteNotFound {};
struct MethodNotAllowed {
  std::string allow;  // the value of the Allow header
};
// Wrong percent-encoding, or a segment that decodes to something that no name may hold: a slash, a backslash,
// a control character, "." or "..", invalid UTF-8, or more than kSegmentBytesMax bytes.
struct MalformedPath {};
using RouteMatch = std::variant<RouteFound, RouteNotFound, MethodNotAllowed, MalformedPath>;

// Thread safety: build it with add(), then share it as const.
class Router {
 public:
  static constexpr std::size_t kSegmentBytesMax = 255;

  // Patterns of one method must not compete for a path, unless one is more specific in every segment where
  // they differ: "/faces/latest" and "/faces/{id}" live together and the first wins; "/a/{x}" and "/{y}/b" do
  // not.
  void add(Route route);

  // HEAD falls back to GET. nullopt stands for a method that Rollcall does not know: never found.
  RouteMatch match(std::optional<Method> method, std::string_view path) const;

  const std::vector<Route>& routes() const { return routes_; }

 private:
  struct Segment {
    std::string text;
    bool is_param;
  };
  using Segments = std::vector<Segment>;

  static Segments segments_of(std::string_view pattern);
  static bool fits(const Segments& pattern, const std::vector<std::string>& path);
  // Whether some path fits both and neither is the more specific one.
  static bool compete(const Segments& a, const Segments& b);

  std::vector<Route> routes_;
  std::vector<Segments> segments_;  // of routes_[i]
};

}  // namespace rollcall::http
