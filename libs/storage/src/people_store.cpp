#include "case_folding.hpp"
#include "connections.hpp"
#include "cursor.hpp"
#include "gallery_version.hpp"
#include "rollcall/storage/stores.hpp"
#include "statement.hpp"

#include <algorithm>

namespace rollcall::storage {
namespace {

using attendance::PeopleQuery;
using core::Errc;
using core::Error;
using core::Result;
using domain::Person;
using domain::PersonId;
using domain::PersonStatus;

constexpr auto kSelect =
    "SELECT id, display_name, external_id, status, created_at, updated_at, name_folded FROM people ";
constexpr auto kInsert =
    "INSERT INTO people (id, display_name, external_id, status, created_at, updated_at, name_folded, "
    "external_id_folded) VALUES (:id, :display_name, :external_id, :status, :created_at, :updated_at, "
    ":name_folded, "
    ":external_id_folded) ON CONFLICT (external_id) DO NOTHING";
constexpr auto kUpdate =
    "UPDATE people SET display_name = :display_name, external_id = :external_id, status = :status, "
    "updated_at = :updated_at, name_folded = :name_folded, external_id_folded = :external_id_folded WHERE id "
    "= :id";
constexpr auto kExternalIdTaken = "SELECT id FROM people WHERE external_id = :external_id AND id <> :id";

// SQLite refuses a longer LIKE pattern; a name is never that long.
constexpr std::size_t kSearchBytesMax = 10'000;

struct PersonRow {
  std::string id;
  std::string display_name;
  std::string external_id;
  soci::indicator external_id_state = soci::i_null;
  std::string status;
  long long created_at = 0;
  long long updated_at = 0;
  std::string name_folded;
  std::string external_id_folded;

  PersonRow() = default;
  explicit PersonRow(const Person& person)
      : id(person.id.value),
        display_name(person.display_name),
        external_id(person.external_id.value_or("")),
        external_id_state(person.external_id ? soci::i_ok : soci::i_null),
        status(person.status == PersonStatus::active ? "active" : "archived"),
        created_at(to_column(person.created_at)),
        updated_at(to_column(person.updated_at)),
        name_folded(fold_case(display_name)),
        external_id_folded(fold_case(external_id)) {}

  void receive_from(soci::statement& statement) {
    statement.exchange(soci::into(id));
    statement.exchange(soci::into(display_name));
    statement.exchange(soci::into(external_id, external_id_state));
    statement.exchange(soci::into(status));
    statement.exchange(soci::into(created_at));
    statement.exchange(soci::into(updated_at));
    statement.exchange(soci::into(name_folded));
  }

  Person person() const {
    Person person;
    person.id.value = id;
    person.display_name = display_name;
    if (external_id_state == soci::i_ok) person.external_id = external_id;
    person.status = status == "active" ? PersonStatus::active : PersonStatus::archived;
    person.created_at = time_from_column(created_at);
    person.updated_at = time_from_column(updated_at);
    return person;
  }
};

Error external_id_taken() {
  return {Errc::conflict, "external_id_taken", "Another person has this external id."};
}

bool is_storable(const Person& person) {
  return storage::is_storable(person.id.value) && storage::is_storable(person.display_name) &&
         storage::is_storable(person.external_id.value_or(""));
}

std::string contains_pattern(const std::string& folded) {
  std::string pattern = "%";
  for (const char c : folded) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return pattern + "%";
}

class SqlPeopleStore final : public attendance::PeopleStore {
 public:
  explicit SqlPeopleStore(Database& database) : database_(database.connections()) {}

  Result<void> add(const Person& person) override {
    if (!is_storable(person)) return text_not_storable();
    PersonRow row(person);
    return database_.write([&](soci::session& sql) -> Result<void> {
      soci::statement insert(sql);
      insert.exchange(soci::use(row.id, "id"));
      insert.exchange(soci::use(row.created_at, "created_at"));
      bind_changeable(insert, row);
      if (change(insert, kInsert).rows == 0) return external_id_taken();
      return {};
    });
  }

  Result<void> update(const Person& person) override {
    if (!is_storable(person)) return text_not_storable();
    PersonRow row(person);
    return database_.write([&](soci::session& sql) -> Result<void> {
      std::string status_before;
      sql << "SELECT status FROM people WHERE id = :id", soci::use(row.id, "id"), soci::into(status_before);
      if (!sql.got_data()) return Error{Errc::not_found, "person_not_found", "There is no such person."};
      std::string owner;
      sql << kExternalIdTaken, soci::use(row.external_id, row.external_id_state, "external_id"),
          soci::use(row.id, "id"), soci::into(owner);
      if (sql.got_data()) return external_id_taken();
      soci::statement replacement(sql);
      replacement.exchange(soci::use(row.id, "id"));
      bind_changeable(replacement, row);
      change(replacement, kUpdate);
      if (row.status != status_before) advance_gallery_version(sql);
      return {};
    });
  }

  std::optional<Person> find(const PersonId& id) override { return find_where("WHERE id = :key", id.value); }

  std::optional<Person> find_by_external_id(const std::string& external_id) override {
    return find_where("WHERE external_id = :key", external_id);
  }

  Result<core::Page<Person>> list(const PeopleQuery& query) override {
    std::optional<PeoplePosition> after;
    if (query.cursor) {
      after = people_position_from(*query.cursor);
      if (!after) return bad_cursor();
    }
    if (query.search.size() > kSearchBytesMax || !storage::is_storable(query.search))
      return core::Page<Person>{};
    const auto pattern = contains_pattern(fold_case(query.search));
    const std::string status = query.status == PersonStatus::active ? "active" : "archived";
    const int limit = std::clamp(query.limit, 1, kPageItemsMax);
    const int rows_max = limit + 1;

    return database_.read([&](soci::session& sql) {
      soci::statement select(sql);
      std::string text = kSelect;
      text += "WHERE 1 = 1";
      if (!query.search.empty()) {
        text += " AND (name_folded LIKE :pattern ESCAPE '!' OR external_id_folded LIKE :pattern ESCAPE '!')";
        select.exchange(soci::use(pattern, "pattern"));
      }
      if (query.status) {
        text += " AND status = :status";
        select.exchange(soci::use(status, "status"));
      }
      if (after) {
        text += " AND (name_folded, id) > (:name_folded, :id)";
        select.exchange(soci::use(after->name_folded, "name_folded"));
        select.exchange(soci::use(after->id.value, "id"));
      }
      text += " ORDER BY name_folded, id LIMIT :rows_max";
      select.exchange(soci::use(rows_max, "rows_max"));

      PersonRow row;
      row.receive_from(select);
      open(select, text);
      core::Page<Person> page;
      PeoplePosition last;
      while (select.fetch()) {
        if (std::ssize(page.items) == limit) {
          page.next_cursor = to_cursor(last);
          break;
        }
        page.items.push_back(row.person());
        last = {row.name_folded, {row.id}};
      }
      return Result<core::Page<Person>>(std::move(page));
    });
  }

  std::int64_t count() override {
    return database_.read([](soci::session& sql) {
      long long count = 0;
      sql << "SELECT COUNT(*) FROM people", soci::into(count);
      return std::int64_t{count};
    });
  }

 private:
  static void bind_changeable(soci::statement& statement, PersonRow& row) {
    statement.exchange(soci::use(row.display_name, "display_name"));
    statement.exchange(soci::use(row.external_id, row.external_id_state, "external_id"));
    statement.exchange(soci::use(row.status, "status"));
    statement.exchange(soci::use(row.updated_at, "updated_at"));
    statement.exchange(soci::use(row.name_folded, "name_folded"));
    statement.exchange(soci::use(row.external_id_folded, "external_id_folded"));
  }

  std::optional<Person> find_where(const std::string& condition, const std::string& key) {
    if (!storage::is_storable(key)) return std::nullopt;
    return database_.read([&](soci::session& sql) -> std::optional<Person> {
      soci::statement select(sql);
      PersonRow row;
      row.receive_from(select);
      select.exchange(soci::use(key, "key"));
      open(select, kSelect + condition);
      if (!select.fetch()) return std::nullopt;
      return row.person();
    });
  }

  Database::Connections& database_;
};

}  // namespace

std::unique_ptr<attendance::PeopleStore> make_people_store(Database& database) {
  return std::make_unique<SqlPeopleStore>(database);
}

}  // namespace rollcall::storage
