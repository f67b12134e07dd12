#include "connections.hpp"
#include "rollcall/storage/account_stores.hpp"
#include "row.hpp"

#include <sstream>

namespace rollcall::storage {
namespace {

using accounts::ApiKey;
using soci::use;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> split(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

class SqlApiKeyStore final : public accounts::ApiKeyStore {
 public:
  explicit SqlApiKeyStore(Database& database) : database_(database.connections()) {}

  void add(const ApiKey& key) override {
    const auto scopes = joined(key.scopes);
    const auto made_at = to_column(key.made_at);
    auto expires_at = nullable(key.expires_at);
    database_.write([&](soci::session& sql) {
      sql << "INSERT INTO api_keys (id, name, scopes, mac, made_by, made_at, expires_at) VALUES (:id, :name, "
             ":scopes, :mac, "
             ":by, :at, :expires)",
          use(key.id, "id"), use(key.name, "name"), use(scopes, "scopes"), use(key.mac, "mac"),
          use(key.made_by, "by"), use(made_at, "at"), use(expires_at.value, expires_at.state, "expires");
    });
  }

  bool replace_mac(const std::string& id, const std::string& mac) override {
    return database_.write([&](soci::session& sql) {
      soci::statement change =
          (sql.prepare << "UPDATE api_keys SET mac = :mac WHERE id = :id AND revoked_at IS NULL",
           use(mac, "mac"), use(id, "id"));
      return rows_of(change) > 0;
    });
  }

  bool revoke(const std::string& id, core::TimePoint at) override {
    const auto time = to_column(at);
    return database_.write([&](soci::session& sql) {
      soci::statement change =
          (sql.prepare << "UPDATE api_keys SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL",
           use(time, "at"), use(id, "id"));
      return rows_of(change) > 0;
    });
  }

  std::vector<ApiKey> list() override {
    return database_.read([&](soci::session& sql) {
      std::vector<ApiKey> keys;
      const soci::rowset<soci::row> rows = (sql.prepare << "SELECT * FROM api_keys ORDER BY id DESC");
      for (const auto& row : rows) {
        keys.push_back({.id = row.get<std::string>("id"),
                        .name = row.get<std::string>("name"),
                        .scopes = split(row.get<std::string>("scopes")),
                        .mac = row.get<std::string>("mac"),
                        .made_by = row.get<std::string>("made_by"),
                        .made_at = time_of(row, "made_at"),
                        .expires_at = optional_time(row, "expires_at"),
                        .revoked_at = optional_time(row, "revoked_at")});
      }
      return keys;
    });
  }

 private:
  Database::Connections& database_;
};

}  // namespace

std::unique_ptr<accounts::ApiKeyStore> make_api_key_store(Database& database) {
  return std::make_unique<SqlApiKeyStore>(database);
}

}  // namespace rollcall::storage
