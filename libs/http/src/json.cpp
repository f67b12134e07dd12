#include "rollcall/http/json.hpp"

#include <set>
#include <vector>

namespace rollcall::http {
namespace {

using nlohmann::json;

core::Error invalid(std::string_view reason, std::string message) {
  return {core::Errc::invalid_input, reason, std::move(message)};
}

core::Error malformed_at(std::size_t position) {
  return invalid("json_malformed", "The JSON text is wrong at byte " + std::to_string(position) + ".");
}

// Walks the text before a document is built from it, and stops at the first thing that breaks a rule.
class LimitsCheck final : public nlohmann::json_sax<json> {
 public:
  explicit LimitsCheck(const JsonLimits& limits) : limits_(limits) {}

  const std::optional<core::Error>& error() const { return error_; }

  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(number_integer_t /*value*/) override { return true; }
  bool number_unsigned(number_unsigned_t /*value*/) override { return true; }
  bool number_float(number_float_t /*value*/, const string_t& /*text*/) override { return true; }
  bool string(string_t& /*value*/) override { return true; }
  bool binary(binary_t& /*value*/) override { return true; }

  bool start_object(std::size_t /*size*/) override { return enter(); }
  bool start_array(std::size_t /*size*/) override { return enter(); }
  bool end_object() override { return leave(); }
  bool end_array() override { return leave(); }

  bool key(string_t& name) override {
    auto& names = names_.back();
    if (names.size() == limits_.members_max) {
      return stop(invalid("json_too_many_members", "An object has too many members."));
    }
    if (!names.insert(name).second) {
      return stop(
          invalid("json_duplicate_key", "The key \"" + name.substr(0, kNameBytesShown) + "\" comes twice."));
    }
    return true;
  }

  bool parse_error(std::size_t position, const std::string& /*last_token*/,
                   const nlohmann::detail::exception& /*error*/) override {
    return stop(
        invalid("json_malformed", "The JSON text is wrong at byte " + std::to_string(position) + "."));
  }

 private:
  static constexpr std::size_t kNameBytesShown = 64;

  bool enter() {
    if (names_.size() == limits_.depth_max)
      return stop(invalid("json_too_deep", "The JSON text is nested too deeply."));
    names_.emplace_back();
    return true;
  }
  bool leave() {
    names_.pop_back();
    return true;
  }
  bool stop(core::Error error) {
    error_ = std::move(error);
    return false;
  }

  const JsonLimits limits_;
  std::vector<std::set<std::string>> names_;  // of the open objects; stays empty for an array
  std::optional<core::Error> error_;
};

}  // namespace

core::Result<json> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes_max) {
    return core::Error{core::Errc::too_large, "json_too_large", "The JSON text is too long."};
  }
  // The parser takes a NUL for the end of its input and would not look at what follows.
  const auto nul = text.find('\0');
  if (nul != std::string_view::npos) return malformed_at(nul + 1);
  LimitsCheck check(limits);
  if (!json::sax_parse(text, &check)) return *check.error();
  // json converts to so much that the result must be told which of its alternatives this is.
  return {boost::system::in_place_value, json::parse(text)};
}

std::string to_text(const nlohmann::ordered_json& value) {
  return value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

Response json_response(unsigned status, const nlohmann::ordered_json& value) {
  Response response;
  response.status = status;
  response.headers.set("Content-Type", "application/json");
  response.body = to_text(value);
  return response;
}

}  // namespace rollcall::http
