#include "connections.hpp"
#include "rollcall/storage/account_stores.hpp"
#include "row.hpp"

#include <rollcall/core/base64.hpp>
#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

using accounts::User;
using accounts::UserId;
using accounts::UserStatus;
using core::Errc;
using core::Error;
using core::Result;
using soci::use;

constexpr auto kSelect = "SELECT * FROM users ";

const char* to_column(UserStatus status) {
  return status == UserStatus::active ? "active" : "disabled";
}

User user_of(const soci::row& row) {
  User user{.id = {row.get<std::string>("id")},
            .username = row.get<std::string>("username"),
            .role = accounts::role_from(row.get<std::string>("role")).value_or(accounts::Role::employee),
            .status = row.get<std::string>("status") == "active" ? UserStatus::active : UserStatus::disabled,
            .password_hash = row.get<std::string>("password_hash"),
            .totp_last_step = row.get<long long>("totp_last_step"),
            .created_at = time_of(row, "created_at"),
            .updated_at = time_of(row, "updated_at"),
            .last_login_at = optional_time(row, "last_login_at")};
  if (auto person = optional_text(row, "person_id")) user.person = {*std::move(person)};
  const auto secret = core::base64_decode(row.get<std::string>("totp_secret"));
  if (!secret) throw core::InfraError("database: a stored second factor is corrupt");
  user.totp_secret_sealed = *secret;
  return user;
}

// The columns that change.
struct Columns {
  std::string role;
  std::string status;
  NullableColumn<std::string> person;
  std::string totp_secret;
  long long updated_at;

  explicit Columns(const User& user)
      : role(accounts::name_of(user.role)),
        status(to_column(user.status)),
        totp_secret(core::base64_encode(user.totp_secret_sealed)),
        updated_at(storage::to_column(user.updated_at)) {
    if (user.person) person = {user.person->value, soci::i_ok};
  }
};

class SqlUserStore final : public accounts::UserStore {
 public:
  explicit SqlUserStore(Database& database) : database_(database.connections()) {}

  Result<void> add(const User& user) override {
    return database_.write([&](soci::session& sql) { return insert(sql, user); });
  }

  Result<void> add_first(const User& user) override {
    return database_.write([&](soci::session& sql) -> Result<void> {
      if (count(sql) > 0)
        return Error{Errc::conflict, "already_set_up", "There is an administrator already."};
      return insert(sql, user);
    });
  }

  Result<void> update(const User& user) override {
    Columns columns(user);
    return database_.write([&](soci::session& sql) -> Result<void> {
      if (user.role != accounts::Role::admin || user.status != UserStatus::active) {
        long long others = 0;
        long long self = 0;
        sql << "SELECT COUNT(*) FROM users WHERE role = 'admin' AND status = 'active' AND id <> :id",
            use(user.id.value), soci::into(others);
        sql << "SELECT COUNT(*) FROM users WHERE role = 'admin' AND status = 'active' AND id = :id",
            use(user.id.value), soci::into(self);
        if (self > 0 && others == 0) {
          return Error{Errc::conflict, "last_admin", "This is the last active administrator."};
        }
      }
      soci::statement change =
          (sql.prepare << "UPDATE users SET role = :role, status = :status, person_id = :person, "
                          "password_hash = :hash, "
                          "totp_secret = :totp, updated_at = :updated_at WHERE id = :id",
           use(columns.role, "role"), use(columns.status, "status"),
           use(columns.person.value, columns.person.state, "person"), use(user.password_hash, "hash"),
           use(columns.totp_secret, "totp"), use(columns.updated_at, "updated_at"), use(user.id.value, "id"));
      if (rows_of(change) == 0)
        return Error{Errc::not_found, "user_not_found", "There is no user with this id."};
      return {};
    });
  }

  void note_login(const UserId& id, core::TimePoint at, const std::string& password_hash) override {
    const auto time = storage::to_column(at);
    database_.write([&](soci::session& sql) {
      sql << "UPDATE users SET last_login_at = :at, password_hash = :hash WHERE id = :id", use(time, "at"),
          use(password_hash, "hash"), use(id.value, "id");
    });
  }

  bool use_totp_step(const UserId& id, std::int64_t step) override {
    const long long value = step;
    return database_.write([&](soci::session& sql) {
      soci::statement change =
          (sql.prepare << "UPDATE users SET totp_last_step = :step WHERE id = :id AND totp_last_step < :same",
           use(value, "step"), use(id.value, "id"), use(value, "same"));
      return rows_of(change) > 0;
    });
  }

  std::optional<User> find(const UserId& id) override { return find_where("WHERE id = :key", id.value); }
  std::optional<User> find_by_name(const std::string& username) override {
    return find_where("WHERE username = :key", username);
  }

  std::vector<User> list() override {
    return database_.read([&](soci::session& sql) {
      std::vector<User> users;
      const soci::rowset<soci::row> rows = (sql.prepare << kSelect << "ORDER BY username");
      for (const auto& row : rows) users.push_back(user_of(row));
      return users;
    });
  }

  std::int64_t count() override {
    return database_.read([](soci::session& sql) { return count(sql); });
  }

 private:
  static std::int64_t count(soci::session& sql) {
    long long users = 0;
    sql << "SELECT COUNT(*) FROM users", soci::into(users);
    return users;
  }

  static Result<void> insert(soci::session& sql, const User& user) {
    Columns columns(user);
    const auto created_at = storage::to_column(user.created_at);
    soci::statement change =
        (sql.prepare
             << "INSERT INTO users (id, username, role, status, person_id, password_hash, totp_secret, "
                "totp_last_step, created_at, updated_at) VALUES (:id, :username, :role, :status, :person, "
                ":hash, "
                ":totp, 0, :created_at, :updated_at) ON CONFLICT (username) DO NOTHING",
         use(user.id.value, "id"), use(user.username, "username"), use(columns.role, "role"),
         use(columns.status, "status"), use(columns.person.value, columns.person.state, "person"),
         use(user.password_hash, "hash"), use(columns.totp_secret, "totp"), use(created_at, "created_at"),
         use(columns.updated_at, "updated_at"));
    if (rows_of(change) == 0) return Error{Errc::conflict, "username_taken", "Another user has this name."};
    return {};
  }

  std::optional<User> find_where(const std::string& condition, const std::string& key) {
    return database_.read([&](soci::session& sql) {
      std::optional<User> found;
      const soci::rowset<soci::row> rows = (sql.prepare << kSelect << condition, use(key, "key"));
      for (const auto& row : rows) found = user_of(row);
      return found;
    });
  }

  Database::Connections& database_;
};

}  // namespace

std::unique_ptr<accounts::UserStore> make_user_store(Database& database) {
  return std::make_unique<SqlUserStore>(database);
}

}  // namespace rollcall::storage
