#include "samples.hpp"
#include "test_database.hpp"

#include <gtest/gtest.h>

#include <rollcall/storage/stores.hpp>

namespace rollcall::storage {
namespace {

using attendance::PeopleQuery;
using domain::Person;
using domain::PersonId;
using domain::PersonStatus;
using testing::person_named;
using testing::time_at;

class PeopleStoreContract : public ::testing::TestWithParam<testing::DatabaseKind> {
 protected:
  std::vector<std::string> names_of(const PeopleQuery& query) {
    std::vector<std::string> names;
    for (const auto& person : store_->list(query).value().items) names.push_back(person.display_name);
    return names;
  }

  void add(const std::string& name, const std::string& id) {
    ASSERT_TRUE(store_->add(person_named(name, id)).has_value());
  }

  std::unique_ptr<testing::TestDatabase> database_ = GetParam().create();
  std::unique_ptr<attendance::PeopleStore> store_ = make_people_store(database_->database());
};

INSTANTIATE_TEST_SUITE_P(On, PeopleStoreContract, ::testing::ValuesIn(testing::database_kinds()),
                         [](const auto& test) { return std::string(test.param.name); });

const std::vector<std::string> kHostileTexts{
    "",
    " ",
    "Robert'); DROP TABLE people;--",
    "\"quoted\" `ticked` \\back\\",
    "100%_sure!",
    ":name ?1 $1 @x",
    "line\nbreak\ttab\r",
    "Zoë Ångström",
    "田中 花子",
    "👩🏽‍🚀 astronaut",
    "\xE2\x80\xAEright to left",
    "NULL",
    std::string(100'000, 'x'),
};

TEST_P(PeopleStoreContract, BringsEveryTextBackAsItWas) {
  for (std::size_t i = 0; i < kHostileTexts.size(); ++i) {
    auto person = person_named(kHostileTexts[i], "id-" + std::to_string(i));
    person.external_id = kHostileTexts[i];
    person.status = i % 2 == 0 ? PersonStatus::active : PersonStatus::archived;
    ASSERT_TRUE(store_->add(person).has_value()) << i;
    for (const auto& found : {store_->find(person.id), store_->find_by_external_id(kHostileTexts[i])}) {
      ASSERT_TRUE(found) << i;
      EXPECT_EQ(found->id, person.id);
      EXPECT_EQ(found->display_name, person.display_name);
      EXPECT_EQ(found->external_id, person.external_id);
      EXPECT_EQ(found->status, person.status);
      EXPECT_EQ(found->created_at, person.created_at);
      EXPECT_EQ(found->updated_at, person.updated_at);
    }
  }
  EXPECT_EQ(store_->count(), std::ssize(kHostileTexts));
}

TEST_P(PeopleStoreContract, RefusesTextThatADatabaseMayNotKeep) {
  for (const auto& text : {std::string("a\0b", 3), std::string("\xFF")}) {
    const auto by_name = store_->add(person_named(text, "p"));
    ASSERT_TRUE(by_name.has_error());
    EXPECT_EQ(by_name.error().code, core::Errc::invalid_input);
    EXPECT_EQ(by_name.error().reason, "text_not_storable");
    auto person = person_named("fine", "p");
    person.external_id = text;
    EXPECT_EQ(store_->add(person).error().reason, "text_not_storable");
    EXPECT_EQ(store_->update(person).error().reason, "text_not_storable");
    EXPECT_FALSE(store_->find_by_external_id(text));
    EXPECT_TRUE(names_of({.search = text}).empty());
  }
  EXPECT_EQ(store_->count(), 0);
}

TEST_P(PeopleStoreContract, FindsNobodyWhereNobodyIs) {
  EXPECT_FALSE(store_->find({"nobody"}));
  EXPECT_FALSE(store_->find_by_external_id("nobody"));
  EXPECT_EQ(store_->count(), 0);
  EXPECT_TRUE(names_of({}).empty());
}

TEST_P(PeopleStoreContract, GivesAnExternalIdToOnePersonOnly) {
  auto first = person_named("First", "p1");
  first.external_id = "emp-1";
  ASSERT_TRUE(store_->add(first).has_value());
  auto second = person_named("Second", "p2");
  second.external_id = "emp-1";
  const auto added = store_->add(second);
  ASSERT_TRUE(added.has_error());
  EXPECT_EQ(added.error().code, core::Errc::conflict);
  EXPECT_EQ(added.error().reason, "external_id_taken");
  EXPECT_FALSE(store_->find({"p2"}));

  second.external_id = "emp-2";
  ASSERT_TRUE(store_->add(second).has_value());
  second.external_id = "emp-1";
  EXPECT_EQ(store_->update(second).error().reason, "external_id_taken");
  EXPECT_EQ(store_->find({"p2"})->external_id, "emp-2");
}

TEST_P(PeopleStoreContract, LetsManyPeopleHaveNoExternalId) {
  add("A", "p1");
  add("B", "p2");
  EXPECT_EQ(store_->count(), 2);
}

TEST_P(PeopleStoreContract, UpdatesAllButTheCreation) {
  auto person = person_named("Before", "p1");
  person.external_id = "emp-1";
  ASSERT_TRUE(store_->add(person).has_value());
  person.display_name = "After";
  person.status = PersonStatus::archived;
  person.created_at = time_at(99);
  person.updated_at = time_at(100);
  ASSERT_TRUE(store_->update(person).has_value()) << "its own external id is not taken";
  auto stored = *store_->find(person.id);
  EXPECT_EQ(stored.display_name, "After");
  EXPECT_EQ(stored.external_id, "emp-1");
  EXPECT_EQ(stored.status, PersonStatus::archived);
  EXPECT_EQ(stored.created_at, time_at(1));
  EXPECT_EQ(stored.updated_at, time_at(100));
  EXPECT_EQ(names_of({.search = "after"}).size(), 1U);
  EXPECT_TRUE(names_of({.search = "before"}).empty());

  person.external_id.reset();
  ASSERT_TRUE(store_->update(person).has_value());
  EXPECT_FALSE(store_->find(person.id)->external_id);
  EXPECT_FALSE(store_->find_by_external_id("emp-1"));
}

TEST_P(PeopleStoreContract, UpdatesNobodyWhoIsNotThere) {
  const auto updated = store_->update(person_named("Ghost", "p1"));
  ASSERT_TRUE(updated.has_error());
  EXPECT_EQ(updated.error().code, core::Errc::not_found);
  EXPECT_EQ(updated.error().reason, "person_not_found");
  EXPECT_EQ(store_->count(), 0);
}

TEST_P(PeopleStoreContract, AdvancesTheGalleryWhenSomebodyIsArchivedOrRestored) {
  const auto faces = make_face_store(database_->database(), testing::masters());
  auto person = person_named("Ada", "p1");
  ASSERT_TRUE(store_->add(person).has_value());
  const auto before = faces->gallery_version();
  person.display_name = "Ada L.";
  ASSERT_TRUE(store_->update(person).has_value());
  EXPECT_EQ(faces->gallery_version(), before) << "a name is not searched by face";
  person.status = PersonStatus::archived;
  ASSERT_TRUE(store_->update(person).has_value());
  EXPECT_EQ(faces->gallery_version(), before + 1);
}

TEST_P(PeopleStoreContract, SearchesInAnyCaseAndTakesWildcardsLiterally) {
  add("ÅSA Lindström", "p1");
  add("Иван Щукин", "p2");
  add("Οδυσσεύς", "p3");
  add("100%_sure!", "p4");
  add("back\\slash", "p5");
  auto numbered = person_named("Numbered", "p6");
  numbered.external_id = "EMP-007";
  ASSERT_TRUE(store_->add(numbered).has_value());

  struct Row {
    const char* search;
    std::vector<std::string> names;
  };
  const std::vector<Row> rows{
      {"åsa", {"ÅSA Lindström"}}, {"LINDSTRÖM", {"ÅSA Lindström"}},
      {"щУК", {"Иван Щукин"}},    {"ΟΔΥΣΣΕΥΣ", {}},
      {"δυσσεύΣ", {"Οδυσσεύς"}},  {"%", {"100%_sure!"}},
      {"_", {"100%_sure!"}},      {"!", {"100%_sure!"}},
      {"\\", {"back\\slash"}},    {"emp-0", {"Numbered"}},
      {"' OR 1=1 --", {}},        {"nobody", {}},
  };
  for (const auto& row : rows) EXPECT_EQ(names_of({.search = row.search}), row.names) << row.search;
  EXPECT_EQ(names_of({}).size(), 6U);
  EXPECT_TRUE(names_of({.search = std::string(1'000'000, '%')}).empty());
}

TEST_P(PeopleStoreContract, FiltersByStatus) {
  add("Active", "p1");
  auto archived = person_named("Archived", "p2");
  archived.status = PersonStatus::archived;
  ASSERT_TRUE(store_->add(archived).has_value());
  EXPECT_EQ(names_of({.status = PersonStatus::active}), std::vector<std::string>{"Active"});
  EXPECT_EQ(names_of({.status = PersonStatus::archived}), std::vector<std::string>{"Archived"});
  EXPECT_TRUE(names_of({.search = "act", .status = PersonStatus::archived}).empty());
}

TEST_P(PeopleStoreContract, OrdersByFoldedNameThenId) {
  add("bob", "p3");
  add("Bob", "p2");
  add("alice", "p9");
  add("Carol", "p1");
  add("BOB", "p4");
  EXPECT_EQ(names_of({}), (std::vector<std::string>{"alice", "Bob", "bob", "BOB", "Carol"}));
}

TEST_P(PeopleStoreContract, PagesThroughEverybodyOnce) {
  for (int i = 0; i < 23; ++i) add("Same Name " + std::to_string(i / 5), "p" + std::to_string(100 + i));
  for (const int limit : {1, 4, 22, 23, 24}) {
    std::vector<std::string> ids;
    PeopleQuery query{.limit = limit};
    for (;;) {
      const auto page = store_->list(query).value();
      EXPECT_LE(std::ssize(page.items), limit);
      for (const auto& person : page.items) ids.push_back(person.id.value);
      ASSERT_LE(ids.size(), 23U);
      if (!page.next_cursor) break;
      EXPECT_EQ(std::ssize(page.items), limit) << "only the last page is short";
      query.cursor = page.next_cursor;
    }
    EXPECT_EQ(ids.size(), 23U);
    EXPECT_TRUE(std::ranges::is_sorted(ids)) << limit;
    EXPECT_EQ(std::ranges::adjacent_find(ids), ids.end()) << limit;
  }
}

TEST_P(PeopleStoreContract, KeepsItsPlaceWhilePeopleComeAndGo) {
  for (const char* name : {"b", "d", "f", "h"}) add(name, name);
  const auto first = store_->list({.limit = 2}).value();
  ASSERT_EQ(first.items.back().display_name, "d");
  add("a", "a");
  add("e", "e");
  make_erasure_store(database_->database())
      ->apply({.id = {"e"}, .person = {"d"}});  // the very place of the cursor
  EXPECT_EQ(names_of({.cursor = first.next_cursor}), (std::vector<std::string>{"e", "f", "h"}));
}

TEST_P(PeopleStoreContract, RefusesAForeignCursor) {
  add("Ada", "p1");
  add("Bob", "p2");
  const auto good = *store_->list({.limit = 1}).value().next_cursor;
  EXPECT_EQ(good.find_first_of("+/="), std::string::npos) << "it survives a URL";
  for (const auto& cursor :
       {std::string(), std::string("*"), std::string("p1"), std::string("ZTE"), std::string("cAA"),
        std::string("cGFiYwD_IA"), std::string(1'000'000, 'A'), std::string("a\0b", 3), good + "!"}) {
    const auto page = store_->list({.cursor = cursor});
    ASSERT_TRUE(page.has_error()) << cursor.substr(0, 20);
    EXPECT_EQ(page.error().code, core::Errc::invalid_input);
    EXPECT_EQ(page.error().reason, "bad_cursor");
  }
}

TEST_P(PeopleStoreContract, BoundsThePage) {
  for (int i = 0; i < 3; ++i) add("Name", "p" + std::to_string(i));
  EXPECT_EQ(names_of({.limit = 0}).size(), 1U);
  EXPECT_EQ(names_of({.limit = -7}).size(), 1U);
  EXPECT_EQ(names_of({.limit = 2'000'000'000}).size(), 3U);
}

}  // namespace
}  // namespace rollcall::storage
