#include "connections.hpp"
#include "samples.hpp"
#include "test_database.hpp"

#include <gtest/gtest.h>

#include <rollcall/core/infra_error.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::storage {
namespace {

using testing::consent_of;
using testing::time_at;

class ConsentStoreContract : public ::testing::TestWithParam<testing::DatabaseKind> {
 protected:
  void SetUp() override {
    for (const char* id : {"p1", "p2"}) ASSERT_TRUE(people_->add(testing::person_named(id, id)).has_value());
  }

  // What the database itself says to a statement; empty when it obeys.
  std::string refusal(const std::string& statement) {
    try {
      database_->database().connections().write([&](soci::session& sql) { sql << statement; });
      return "";
    } catch (const core::InfraError& error) {
      return error.what();
    }
  }

  bool refuses(const std::string& statement, const std::string& because) {
    const auto text = refusal(statement);
    if (text.find(because) != std::string::npos) return true;
    ADD_FAILURE() << statement << ": " << (text.empty() ? "was obeyed" : text);
    return false;
  }

  std::unique_ptr<testing::TestDatabase> database_ = GetParam().create();
  std::unique_ptr<attendance::PeopleStore> people_ = make_people_store(database_->database());
  std::unique_ptr<attendance::ConsentStore> consents_ = make_consent_store(database_->database());
};

INSTANTIATE_TEST_SUITE_P(On, ConsentStoreContract, ::testing::ValuesIn(testing::database_kinds()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_P(ConsentStoreContract, BringsConsentsBackOldestFirst) {
  auto later = consent_of("p1");
  later.id.value = "a";
  later.given_at = time_at(20);
  later.method = domain::ConsentMethod::attested;
  ASSERT_TRUE(consents_->add(later).has_value());
  ASSERT_TRUE(consents_->add(consent_of("p1")).has_value());
  ASSERT_TRUE(consents_->add(consent_of("p2")).has_value());
  const auto consents = consents_->list({"p1"});
  ASSERT_EQ(consents.size(), 2U);
  EXPECT_EQ(consents[0].id.value, "consent-p1");
  EXPECT_EQ(consents[0].person.value, "p1");
  EXPECT_EQ(consents[0].text_version, "2026-03");
  EXPECT_EQ(consents[0].language, "en");
  EXPECT_EQ(consents[0].method, domain::ConsentMethod::electronic);
  EXPECT_EQ(consents[0].recorded_by, "test");
  EXPECT_EQ(consents[0].given_at, time_at(2));
  EXPECT_FALSE(consents[0].withdrawn_at);
  EXPECT_EQ(consents[1].method, domain::ConsentMethod::attested);
  EXPECT_EQ(attendance::valid_consent(consents)->id.value, "a") << "the latest";
}

TEST_P(ConsentStoreContract, RefusesOneOfNobodyAndTextThatADatabaseMayNotKeep) {
  EXPECT_EQ(consents_->add(consent_of("nobody")).error().reason, "person_not_found");
  auto consent = consent_of("p1");
  consent.text_version = "\xff";
  EXPECT_EQ(consents_->add(consent).error().reason, "text_not_storable");
  EXPECT_TRUE(consents_->list({"p1"}).empty());
}

// Whatever path through the program there may be: the database itself refuses.
TEST_P(ConsentStoreContract, TheDatabaseItselfKeepsNoFaceWithoutConsent) {
  ASSERT_TRUE(consents_->add(consent_of("p1")).has_value());
  ASSERT_TRUE(consents_->add(consent_of("p2")).has_value());
  const auto insert = [](const std::string& person, const std::string& consent,
                         const std::string& id = "f1") {
    return "INSERT INTO faces (id, person_id, consent_id, status, source_name, photo_sha256, quality, model, "
           "created_at) VALUES ('" +
           id + "', '" + person + "', " + consent + ", 'active', '', '" + id + "', '{}', 'm', 1)";
  };
  EXPECT_TRUE(refuses(insert("p1", "NULL"), "consent"));
  EXPECT_TRUE(refuses(insert("p1", "'consent-of-nobody'"), "a face needs a valid consent"));
  EXPECT_TRUE(refuses(insert("p1", "'consent-p2'"), "a face needs a valid consent"));
  EXPECT_EQ(refusal(insert("p1", "'consent-p1'")), "");
  EXPECT_EQ(refusal("INSERT INTO templates (id, face_id, model, sealed) VALUES ('t1', 'f1', 'm', '')"), "");
  EXPECT_TRUE(refuses("INSERT INTO templates (id, face_id, model, sealed) VALUES ('t2', 'f2', 'm', '')",
                      "a template needs a valid consent"));
  EXPECT_TRUE(refuses("UPDATE faces SET person_id = 'p2'", "keeps its person"));
  EXPECT_TRUE(refuses("UPDATE faces SET consent_id = 'consent-p2'", "keeps its person and its consent"));
  EXPECT_TRUE(refuses("UPDATE templates SET face_id = 'f2'", "keeps its face"));
  EXPECT_TRUE(refuses("UPDATE consents SET person_id = 'p2'", "keeps its person"));
  EXPECT_TRUE(refuses("DELETE FROM consents WHERE id = 'consent-p1'", "FOREIGN KEY"));
  EXPECT_TRUE(refuses("UPDATE consents SET withdrawn_at = 1 WHERE id = 'consent-p1'",
                      "a consent ends after the faces"));
  EXPECT_EQ(refusal("UPDATE consents SET withdrawn_at = 1 WHERE id = 'consent-p2'"), "");
  EXPECT_TRUE(refuses(insert("p2", "'consent-p2'", "f2"), "a face needs a valid consent"));
  EXPECT_TRUE(refuses("UPDATE consents SET withdrawn_at = NULL WHERE id = 'consent-p2'", "stays ended"));
}

}  // namespace
}  // namespace rollcall::storage
