#include "case_folding.hpp"
#include "connections.hpp"
#include "rollcall/storage/stores.hpp"
#include "statement.hpp"

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

using core::Errc;
using core::Error;
using core::Result;
using domain::Consent;
using domain::PersonId;

constexpr auto kInsert =
    "INSERT INTO consents (id, person_id, text_version, language, method, recorded_by, given_at) VALUES "
    "(:id, "
    ":person_id, :text_version, :language, :method, :recorded_by, :given_at)";
constexpr auto kSelect =
    "SELECT id, text_version, language, method, recorded_by, given_at, withdrawn_at FROM consents "
    "WHERE person_id = :person_id ORDER BY given_at, id";

struct ConsentRow {
  std::string id;
  std::string text_version;
  std::string language;
  std::string method;
  std::string recorded_by;
  long long given_at = 0;
  long long withdrawn_at = 0;
  soci::indicator withdrawn_at_state = soci::i_null;

  void receive_from(soci::statement& statement) {
    statement.exchange(soci::into(id));
    statement.exchange(soci::into(text_version));
    statement.exchange(soci::into(language));
    statement.exchange(soci::into(method));
    statement.exchange(soci::into(recorded_by));
    statement.exchange(soci::into(given_at));
    statement.exchange(soci::into(withdrawn_at, withdrawn_at_state));
  }

  Consent consent(const PersonId& person) const {
    const auto known_method = domain::consent_method_from(method);
    if (!known_method) throw core::InfraError("database: consent " + id + " has an unknown method");
    Consent consent{.id = {id},
                    .person = person,
                    .text_version = text_version,
                    .language = language,
                    .method = *known_method,
                    .recorded_by = recorded_by,
                    .given_at = time_from_column(given_at),
                    .withdrawn_at = {}};
    if (withdrawn_at_state == soci::i_ok) consent.withdrawn_at = time_from_column(withdrawn_at);
    return consent;
  }
};

class SqlConsentStore final : public attendance::ConsentStore {
 public:
  explicit SqlConsentStore(Database& database) : database_(database.connections()) {}

  Result<void> add(const Consent& consent) override {
    for (const auto* text : {&consent.text_version, &consent.language, &consent.recorded_by}) {
      if (!is_storable(*text)) return text_not_storable();
    }
    const std::string method(name_of(consent.method));
    const auto given_at = to_column(consent.given_at);
    return database_.write([&](soci::session& sql) -> Result<void> {
      std::string person;
      sql << "SELECT id FROM people WHERE id = :id", soci::use(consent.person.value, "id"),
          soci::into(person);
      if (!sql.got_data()) return Error{Errc::not_found, "person_not_found", "There is no such person."};
      sql << kInsert, soci::use(consent.id.value, "id"), soci::use(consent.person.value, "person_id"),
          soci::use(consent.text_version, "text_version"), soci::use(consent.language, "language"),
          soci::use(method, "method"), soci::use(consent.recorded_by, "recorded_by"),
          soci::use(given_at, "given_at");
      return {};
    });
  }

  std::vector<Consent> list(const PersonId& person) override {
    if (!is_storable(person.value)) return {};
    return database_.read([&](soci::session& sql) {
      soci::statement select(sql);
      ConsentRow row;
      row.receive_from(select);
      select.exchange(soci::use(person.value, "person_id"));
      open(select, kSelect);
      std::vector<Consent> consents;
      while (select.fetch()) consents.push_back(row.consent(person));
      return consents;
    });
  }

 private:
  Database::Connections& database_;
};

}  // namespace

std::unique_ptr<attendance::ConsentStore> make_consent_store(Database& database) {
  return std::make_unique<SqlConsentStore>(database);
}

}  // namespace rollcall::storage
