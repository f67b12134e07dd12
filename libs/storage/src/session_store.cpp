#include "connections.hpp"
#include "rollcall/storage/account_stores.hpp"
#include "row.hpp"

namespace rollcall::storage {
namespace {

using accounts::Session;
using accounts::SessionKind;
using accounts::SubjectKind;
using soci::use;

const char* name_of(SessionKind kind) {
  return kind == SessionKind::tokens ? "tokens" : "browser";
}

const char* name_of(SubjectKind kind) {
  return kind == SubjectKind::user ? "user" : "device";
}

Session session_of(const soci::row& row) {
  return {.id = row.get<std::string>("id"),
          .kind = row.get<std::string>("kind") == "tokens" ? SessionKind::tokens : SessionKind::browser,
          .subject_kind =
              row.get<std::string>("subject_kind") == "user" ? SubjectKind::user : SubjectKind::device,
          .subject = row.get<std::string>("subject"),
          .counter = row.get<long long>("counter"),
          .started_at = time_of(row, "started_at"),
          .used_at = time_of(row, "used_at"),
          .expires_at = time_of(row, "expires_at"),
          .ends_at = time_of(row, "ends_at"),
          .revoked_at = optional_time(row, "revoked_at")};
}

class SqlSessionStore final : public accounts::SessionStore {
 public:
  explicit SqlSessionStore(Database& database) : database_(database.connections()) {}

  void add(const Session& session) override {
    const std::string kind = name_of(session.kind);
    const std::string subject_kind = name_of(session.subject_kind);
    const long long counter = session.counter;
    const auto started_at = to_column(session.started_at);
    const auto used_at = to_column(session.used_at);
    const auto expires_at = to_column(session.expires_at);
    const auto ends_at = to_column(session.ends_at);
    database_.write([&](soci::session& sql) {
      sql << "INSERT INTO sessions (id, kind, subject_kind, subject, counter, started_at, used_at, "
             "expires_at, ends_at) "
             "VALUES (:id, :kind, :subject_kind, :subject, :counter, :started, :used, :expires, :ends)",
          use(session.id, "id"), use(kind, "kind"), use(subject_kind, "subject_kind"),
          use(session.subject, "subject"), use(counter, "counter"), use(started_at, "started"),
          use(used_at, "used"), use(expires_at, "expires"), use(ends_at, "ends");
    });
  }

  std::optional<Session> find(const std::string& id) override {
    return database_.read([&](soci::session& sql) {
      std::optional<Session> found;
      const soci::rowset<soci::row> rows =
          (sql.prepare << "SELECT * FROM sessions WHERE id = :id", use(id, "id"));
      for (const auto& row : rows) found = session_of(row);
      return found;
    });
  }

  std::vector<Session> list_live(core::TimePoint now) override {
    const auto time = to_column(now);
    return database_.read([&](soci::session& sql) {
      std::vector<Session> sessions;
      const soci::rowset<soci::row> rows =
          (sql.prepare
               << "SELECT * FROM sessions WHERE revoked_at IS NULL AND expires_at > :now AND ends_at > :same",
           use(time, "now"), use(time, "same"));
      for (const auto& row : rows) sessions.push_back(session_of(row));
      return sessions;
    });
  }

  bool advance(const std::string& id, std::int64_t counter, core::TimePoint used_at,
               core::TimePoint expires_at) override {
    const long long from = counter;
    const auto used = to_column(used_at);
    const auto expires = to_column(expires_at);
    return database_.write([&](soci::session& sql) {
      soci::statement change =
          (sql.prepare << "UPDATE sessions SET counter = counter + 1, used_at = :used, expires_at = :expires "
                          "WHERE id = :id "
                          "AND counter = :counter AND revoked_at IS NULL",
           use(used, "used"), use(expires, "expires"), use(id, "id"), use(from, "counter"));
      return rows_of(change) > 0;
    });
  }

  void touch(const std::string& id, core::TimePoint used_at, core::TimePoint expires_at) override {
    const auto used = to_column(used_at);
    const auto expires = to_column(expires_at);
    database_.write([&](soci::session& sql) {
      sql << "UPDATE sessions SET used_at = :used, expires_at = :expires WHERE id = :id", use(used, "used"),
          use(expires, "expires"), use(id, "id");
    });
  }

  void revoke(const std::string& id, core::TimePoint at) override {
    const auto time = to_column(at);
    database_.write([&](soci::session& sql) {
      sql << "UPDATE sessions SET revoked_at = :at WHERE id = :id AND revoked_at IS NULL", use(time, "at"),
          use(id, "id");
    });
  }

  void revoke_all(SubjectKind kind, const std::string& subject, core::TimePoint at) override {
    const std::string kind_name = name_of(kind);
    const auto time = to_column(at);
    database_.write([&](soci::session& sql) {
      sql << "UPDATE sessions SET revoked_at = :at WHERE subject_kind = :kind AND subject = :subject AND "
             "revoked_at IS NULL",
          use(time, "at"), use(kind_name, "kind"), use(subject, "subject");
    });
  }

  void erase_ended(core::TimePoint before) override {
    const auto time = to_column(before);
    database_.write([&](soci::session& sql) {
      sql << "DELETE FROM sessions WHERE expires_at < :a OR ends_at < :b OR revoked_at < :c", use(time, "a"),
          use(time, "b"), use(time, "c");
    });
  }

 private:
  Database::Connections& database_;
};

}  // namespace

std::unique_ptr<accounts::SessionStore> make_session_store(Database& database) {
  return std::make_unique<SqlSessionStore>(database);
}

}  // namespace rollcall::storage
