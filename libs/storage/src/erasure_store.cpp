#include "connections.hpp"
#include "gallery_version.hpp"
#include "rollcall/storage/stores.hpp"
#include "statement.hpp"

#include <rollcall/core/infra_error.hpp>
#include <rollcall/core/log.hpp>

namespace rollcall::storage {
namespace {

using attendance::Erased;
using domain::Erasure;
using domain::ErasureId;
using domain::ErasureScope;
using domain::FaceId;
using domain::PersonId;

constexpr auto kInsert =
    "INSERT INTO erasures (id, person_id, scope, reason, requested_at) VALUES (:id, :person_id, :scope, "
    ":reason, "
    ":requested_at) ON CONFLICT (id) DO NOTHING";
constexpr auto kSelectUnfinished =
    "SELECT id, person_id, scope, reason, requested_at FROM erasures WHERE finished = 0 ORDER BY "
    "requested_at, "
    "id";
// Of a person all faces, of face data those under the consents that end.
constexpr auto kFacesOfPerson = " WHERE person_id = :person_id";
constexpr auto kFacesUnderConsents =
    " WHERE person_id = :person_id AND consent_id IN "
    "(SELECT id FROM consents WHERE person_id = :person_id AND given_at <= :until)";
constexpr auto kNotSeenSince =
    "SELECT f.person_id FROM faces f GROUP BY f.person_id HAVING MAX(f.created_at) < :since "
    "AND NOT EXISTS (SELECT 1 FROM events e WHERE e.person_id = f.person_id AND e.received_at >= :since) "
    "AND NOT EXISTS (SELECT 1 FROM consents c WHERE c.person_id = f.person_id AND c.given_at >= :since)";

class Deletion {
 public:
  Deletion(soci::session& sql, const Erasure& erasure)
      : sql_(sql),
        person_(erasure.person.value),
        whole_person_(erasure.scope == ErasureScope::person),
        until_(to_column(erasure.requested_at)) {}

  Erased faces() {
    const auto condition = std::string(whole_person_ ? kFacesOfPerson : kFacesUnderConsents);
    Erased erased;
    {
      soci::statement select(sql_);
      FaceId face;
      select.exchange(soci::into(face.value));
      bind(select);
      open(select, "SELECT id FROM faces" + condition);
      while (select.fetch()) erased.faces.push_back(face);
    }
    erased.templates = run("DELETE FROM templates WHERE face_id IN (SELECT id FROM faces" + condition + ")");
    run("DELETE FROM faces" + condition);
    return erased;
  }

  void end_consents() {
    sql_ << "UPDATE consents SET withdrawn_at = :until WHERE person_id = :person_id AND withdrawn_at IS NULL "
            "AND "
            "given_at <= :until",
        soci::use(until_, "until"), soci::use(person_, "person_id");
  }

  // Unless faces under a later consent are sealed with it.
  void key_without_faces() {
    sql_ << "DELETE FROM person_keys WHERE person_id = :person_id AND NOT EXISTS (SELECT 1 FROM faces WHERE "
            "person_id = :person_id)",
        soci::use(person_, "person_id");
  }

  // Key and consents with it.
  void person() { sql_ << "DELETE FROM people WHERE id = :person_id", soci::use(person_, "person_id"); }

 private:
  void bind(soci::statement& statement) const {
    statement.exchange(soci::use(person_, "person_id"));
    if (!whole_person_) statement.exchange(soci::use(until_, "until"));
  }

  long long run(const std::string& text) {
    soci::statement statement(sql_);
    bind(statement);
    return change(statement, text).rows;
  }

  soci::session& sql_;
  const std::string person_;
  const bool whole_person_;
  const long long until_;
};

void remember(soci::session& sql, const Erasure& erasure) {
  const std::string scope(name_of(erasure.scope));
  const std::string reason(name_of(erasure.reason));
  const auto requested_at = to_column(erasure.requested_at);
  sql << kInsert, soci::use(erasure.id.value, "id"), soci::use(erasure.person.value, "person_id"),
      soci::use(scope, "scope"), soci::use(reason, "reason"), soci::use(requested_at, "requested_at");
}

class SqlErasureStore final : public attendance::ErasureStore {
 public:
  explicit SqlErasureStore(Database& database) : database_(database.connections()) {}

  Erased apply(const Erasure& erasure) override {
    return database_.write([&](soci::session& sql) {
      Deletion deletion(sql, erasure);
      auto erased = deletion.faces();
      if (erasure.scope == ErasureScope::person) {
        deletion.person();
      } else {
        deletion.end_consents();
        deletion.key_without_faces();
      }
      remember(sql, erasure);
      if (!erased.faces.empty()) advance_gallery_version(sql);
      return erased;
    });
  }

  void finish(const ErasureId& id) override {
    if (!database_.truncate_log()) {
      core::log::warning("storage", "erased data stays in the log until readers are done; it is tried again",
                         {{"erasure", id.value}});
      return;
    }
    database_.write([&](soci::session& sql) {
      sql << "UPDATE erasures SET finished = 1 WHERE id = :id", soci::use(id.value, "id");
    });
  }

  std::vector<Erasure> unfinished() override {
    return database_.read([](soci::session& sql) {
      Erasure erasure;
      std::string scope;
      std::string reason;
      long long requested_at = 0;
      soci::statement select =
          (sql.prepare << kSelectUnfinished, soci::into(erasure.id.value), soci::into(erasure.person.value),
           soci::into(scope), soci::into(reason), soci::into(requested_at));
      select.execute();
      std::vector<Erasure> erasures;
      while (select.fetch()) {
        const auto known_scope = domain::erasure_scope_from(scope);
        const auto known_reason = domain::erasure_reason_from(reason);
        if (!known_scope || !known_reason) {
          throw core::InfraError("database: erasure " + erasure.id.value + " is of an unknown kind");
        }
        erasure.scope = *known_scope;
        erasure.reason = *known_reason;
        erasure.requested_at = time_from_column(requested_at);
        erasures.push_back(erasure);
      }
      return erasures;
    });
  }

  std::set<ErasureId> finished() override {
    return database_.read([](soci::session& sql) {
      ErasureId id;
      soci::statement select =
          (sql.prepare << "SELECT id FROM erasures WHERE finished = 1", soci::into(id.value));
      select.execute();
      std::set<ErasureId> ids;
      while (select.fetch()) ids.insert(id);
      return ids;
    });
  }

  std::vector<PersonId> not_seen_since(core::TimePoint time) override {
    const auto since = to_column(time);
    return database_.read([&](soci::session& sql) {
      PersonId person;
      soci::statement select =
          (sql.prepare << kNotSeenSince, soci::use(since, "since"), soci::into(person.value));
      select.execute();
      std::vector<PersonId> people;
      while (select.fetch()) people.push_back(person);
      return people;
    });
  }

 private:
  Database::Connections& database_;
};

}  // namespace

std::unique_ptr<attendance::ErasureStore> make_erasure_store(Database& database) {
  return std::make_unique<SqlErasureStore>(database);
}

}  // namespace rollcall::storage
