// Keys for programs, for administrators.
#include "views.hpp"

namespace rollcall::api::endpoints {
namespace {

struct ApiKeyView {
  static constexpr std::string_view kSchemaName = "ApiKey";
  std::string id;
  std::string name;
  std::vector<std::string> scopes;
  std::string made_by;
  Timestamp made_at;
  std::optional<Timestamp> expires_at;
  std::optional<Timestamp> revoked_at;
};
BOOST_DESCRIBE_STRUCT(ApiKeyView, (), (id, name, scopes, made_by, made_at, expires_at, revoked_at))

struct ApiKeyList {
  static constexpr std::string_view kSchemaName = "ApiKeyList";
  std::vector<ApiKeyView> items;
};
BOOST_DESCRIBE_STRUCT(ApiKeyList, (), (items))

struct MadeApiKeyView {
  static constexpr std::string_view kSchemaName = "MadeApiKey";
  ApiKeyView key;
  std::string secret;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "secret") return "Shown this once. Send it as: Authorization: Bearer <secret>.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(MadeApiKeyView, (), (key, secret))

struct NewApiKeyBody {
  static constexpr std::string_view kSchemaName = "NewApiKey";
  Text<1, 100> name;
  Text<1, 200> scopes;
  std::optional<Timestamp> expires_at;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "scopes")
      return "One or more of checkins, events, metrics and people, separated by spaces.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(NewApiKeyBody, (), (name, scopes, expires_at))

ApiKeyView view_of_key(const accounts::ApiKey& key) {
  ApiKeyView view{.id = key.id,
                  .name = key.name,
                  .scopes = key.scopes,
                  .made_by = key.made_by,
                  .made_at = {key.made_at},
                  .expires_at = {},
                  .revoked_at = {}};
  if (key.expires_at) view.expires_at = Timestamp{*key.expires_at};
  if (key.revoked_at) view.revoked_at = Timestamp{*key.revoked_at};
  return view;
}

// Those that some operation asks for.
std::optional<std::vector<std::string>> scopes_from(const std::string& text) {
  std::vector<std::string> scopes;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    const auto asks = [&](const accounts::Permission& row) { return row.scope == word; };
    if (std::ranges::none_of(permissions().rows(), asks)) return std::nullopt;
    if (std::ranges::count(scopes, word) == 0) scopes.push_back(word);
  }
  if (scopes.empty()) return std::nullopt;
  return scopes;
}

http::Response list(Services& services, const http::Request&) {
  ApiKeyList view;
  for (const auto& key : services.accounts.api_keys.list()) view.items.push_back(view_of_key(key));
  return http::json_response(200, encode(view));
}

http::Response create(Services& services, const http::Request& request) {
  const auto body = read_body<NewApiKeyBody>(request);
  if (!body) return body.error().response;
  auto scopes = scopes_from(body->scopes.value);
  if (!scopes)
    return http::problem(400, {"unknown_scope", "The scopes are checkins, events, metrics and people."});
  accounts::NewApiKey key{.name = body->name.value,
                          .scopes = *std::move(scopes),
                          .made_by = caller_of(request).actor(),
                          .expires_at = {}};
  if (body->expires_at) key.expires_at = body->expires_at->value;
  const auto made = services.accounts.api_keys.add(key);
  return http::json_response(201, encode(MadeApiKeyView{view_of_key(made.key), made.secret}));
}

http::Response rotate(Services& services, const http::Request& request) {
  const auto made = services.accounts.api_keys.rotate(path_id(request));
  if (!made) return http::problem(made.error());
  return http::json_response(200, encode(MadeApiKeyView{view_of_key(made->key), made->secret}));
}

http::Response revoke(Services& services, const http::Request& request) {
  const auto revoked = services.accounts.api_keys.revoke(path_id(request));
  if (!revoked) return http::problem(revoked.error());
  return {.status = 204};
}

}  // namespace

Endpoint list_api_keys() {
  return {.pattern = "/v1/api-keys",
          .handler = &list,
          .operation_id = "listApiKeys",
          .tag = "accounts",
          .summary = "API keys, without their secrets",
          .answers = {{200, "Newest first.", {json_content<ApiKeyList>()}}},
          .problems = {401, 403}};
}

Endpoint create_api_key() {
  return {.method = http::Method::post,
          .pattern = "/v1/api-keys",
          .handler = &create,
          .body_size = BodySize::json,
          .operation_id = "createApiKey",
          .tag = "accounts",
          .summary = "Make a key for a program",
          .request = {json_content<NewApiKeyBody>()},
          .answers = {{201, "The key and its secret.", {json_content<MadeApiKeyView>()}}},
          .problems = {401, 403}};
}

Endpoint rotate_api_key() {
  return {.method = http::Method::post,
          .pattern = "/v1/api-keys/{id}/rotate",
          .handler = &rotate,
          .operation_id = "rotateApiKey",
          .tag = "accounts",
          .summary = "A new secret for a key",
          .description = "The old secret ends at once.",
          .answers = {{200, "The key and its new secret.", {json_content<MadeApiKeyView>()}}},
          .problems = {401, 403, 404}};
}

Endpoint revoke_api_key() {
  return {.method = http::Method::del,
          .pattern = "/v1/api-keys/{id}",
          .handler = &revoke,
          .operation_id = "revokeApiKey",
          .tag = "accounts",
          .summary = "End a key",
          .answers = {{204, "The key has ended."}},
          .problems = {401, 403, 404}};
}

}  // namespace rollcall::api::endpoints
