#include "rollcall/http/router.hpp"

#include "ascii.hpp"
#include "percent.hpp"
#include "rollcall/core/assert.hpp"

#include <algorithm>
#include <set>

#include <rollcall/core/utf8.hpp>

namespace rollcall::http {
namespace {

// "/a/b" has the pieces "a" and "b"; "/a/" has "a" and "".
std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> pieces;
  path.remove_prefix(1);
  for (;;) {
    const auto slash = path.find('/');
    pieces.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return pieces;
    path.remove_prefix(slash + 1);
  }
}

bool may_be_segment(const std::string& text) {
  return text.size() <= Router::kSegmentBytesMax && text != "." && text != ".." &&
         text.find_first_of("/\\") == std::string::npos &&
         std::none_of(text.begin(), text.end(), is_control) && core::is_utf8(text);
}

std::optional<std::vector<std::string>> decoded_segments(std::string_view path) {
  if (!path.starts_with('/')) return std::nullopt;
  std::vector<std::string> segments;
  for (const auto piece : split(path)) {
    auto text = percent_decode(piece);
    if (!text || !may_be_segment(*text)) return std::nullopt;
    segments.push_back(std::move(*text));
  }
  return segments;
}

std::string allow_text(const std::set<Method>& methods) {
  std::string text;
  for (const auto method : methods) text.append(text.empty() ? "" : ", ").append(to_text(method));
  return text;
}

}  // namespace

Router::Segments Router::segments_of(std::string_view pattern) {
  ROLLCALL_ASSERT(pattern.starts_with('/'));
  Segments segments;
  for (const auto piece : split(pattern)) {
    const bool is_param = piece.size() > 2 && piece.starts_with('{') && piece.ends_with('}');
    const auto text = is_param ? piece.substr(1, piece.size() - 2) : piece;
    ROLLCALL_ASSERT(text.find_first_of("{}") == std::string_view::npos);
    segments.push_back({std::string(text), is_param});
  }
  return segments;
}

bool Router::fits(const Segments& pattern, const std::vector<std::string>& path) {
  return std::equal(pattern.begin(), pattern.end(), path.begin(), path.end(),
                    [](const Segment& segment, const std::string& text) {
                      return segment.is_param ? !text.empty() : segment.text == text;
                    });
}

bool Router::compete(const Segments& a, const Segments& b) {
  if (a.size() != b.size()) return false;
  bool a_has_more_literals = false;
  bool b_has_more_literals = false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!a[i].is_param && !b[i].is_param && a[i].text != b[i].text) return false;
    a_has_more_literals |= !a[i].is_param && b[i].is_param;
    b_has_more_literals |= a[i].is_param && !b[i].is_param;
  }
  return a_has_more_literals == b_has_more_literals;
}

void Router::add(Route route) {
  ROLLCALL_ASSERT(route.handler != nullptr);
  auto segments = segments_of(route.pattern);
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    ROLLCALL_ASSERT(routes_[i].method != route.method || !compete(segments_[i], segments));
  }
  routes_.push_back(std::move(route));
  segments_.push_back(std::move(segments));
}

RouteMatch Router::match(std::optional<Method> method, std::string_view path) const {
  const auto segments = decoded_segments(path);
  if (!segments) return MalformedPath{};

  const auto literals = [](const Segments& pattern) {
    return std::count_if(pattern.begin(), pattern.end(),
                         [](const Segment& segment) { return !segment.is_param; });
  };
  std::set<Method> allowed;
  std::optional<std::size_t> exact;
  std::optional<std::size_t> get;
  const auto prefer = [&](std::optional<std::size_t>& best, std::size_t candidate) {
    if (!best || literals(segments_[candidate]) > literals(segments_[*best])) best = candidate;
  };
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    if (!fits(segments_[i], *segments)) continue;
    allowed.insert(routes_[i].method);
    if (routes_[i].method == method) prefer(exact, i);
    if (routes_[i].method == Method::get) prefer(get, i);
  }
  if (allowed.empty()) return RouteNotFound{};
  if (get) allowed.insert(Method::head);
  allowed.insert(Method::options);

  if (!exact && method == Method::head) exact = get;
  if (!exact) return MethodNotAllowed{allow_text(allowed)};
  RouteFound found{&routes_[*exact], {}};
  for (std::size_t i = 0; i < segments->size(); ++i) {
    const auto& segment = segments_[*exact][i];
    if (segment.is_param) found.path_params[segment.text] = (*segments)[i];
  }
  return found;
}

}  // namespace rollcall::http
