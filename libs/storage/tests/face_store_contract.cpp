#include "connections.hpp"
#include "samples.hpp"
#include "test_database.hpp"

#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include <rollcall/core/infra_error.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::storage {
namespace {

using domain::FaceStatus;
using domain::Template;
using testing::face_of;
using testing::person_named;
using testing::template_of;

class FaceStoreContract : public ::testing::TestWithParam<testing::DatabaseKind> {
 protected:
  void SetUp() override {
    for (const char* id : {"p1", "p2"}) {
      ASSERT_TRUE(people_->add(person_named(id, id)).has_value());
      ASSERT_TRUE(consents_->add(testing::consent_of(id)).has_value());
    }
  }

  void enrol(const std::string& person, const std::string& face_id, int templates) {
    const auto face = face_of(person, face_id);
    std::vector<Template> entries;
    for (int i = 0; i < templates; ++i)
      entries.push_back(template_of(face, face_id + "-t" + std::to_string(i)));
    ASSERT_TRUE(faces_->add(face, entries).has_value());
  }

  std::set<std::string> searched(const std::string& model = "model@1") {
    std::set<std::string> ids;
    faces_->visit_active({model}, [&](Template&& entry) { ids.insert(entry.id.value); });
    return ids;
  }

  long long rows_in(const std::string& table) {
    return database_->database().connections().read([&](soci::session& sql) {
      long long rows = 0;
      sql << "SELECT COUNT(*) FROM " + table, soci::into(rows);
      return rows;
    });
  }

  std::unique_ptr<testing::TestDatabase> database_ = GetParam().create();
  std::unique_ptr<attendance::PeopleStore> people_ = make_people_store(database_->database());
  std::unique_ptr<attendance::ConsentStore> consents_ = make_consent_store(database_->database());
  std::unique_ptr<attendance::FaceStore> faces_ = make_face_store(database_->database(), testing::masters());
};

INSTANTIATE_TEST_SUITE_P(On, FaceStoreContract, ::testing::ValuesIn(testing::database_kinds()),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_P(FaceStoreContract, BringsAFaceAndItsTemplatesBackAsTheyWere) {
  auto face = face_of("p1", "f1");
  face.source_name = "O'Neil \"1\" ünï 🦊.jpg";
  face.quality.sharpness = std::nextafter(0.1F, 1.0F);
  face.quality.yaw_deg = INFINITY;
  auto first = template_of(face, "t1");
  first.embedding = {0.0999755859375F, -0.0F, 0x1p-24F, 0.99951171875F};  // of half precision
  ASSERT_TRUE(faces_->add(face, {first, template_of(face, "t2")}).has_value());

  const auto stored = faces_->find({"f1"});
  ASSERT_TRUE(stored);
  EXPECT_EQ(stored->person, face.person);
  EXPECT_EQ(stored->status, FaceStatus::active);
  EXPECT_EQ(stored->source_name, face.source_name);
  EXPECT_EQ(stored->photo_sha256, face.photo_sha256);
  EXPECT_EQ(stored->quality.sharpness, face.quality.sharpness);
  EXPECT_EQ(stored->quality.yaw_deg, INFINITY);
  EXPECT_EQ(stored->model, face.model);
  EXPECT_EQ(stored->template_count, 2);
  EXPECT_EQ(stored->created_at, face.created_at);

  const auto templates = faces_->active_templates({"p1"}, {"model@1"});
  ASSERT_EQ(templates.size(), 2U);
  const auto& back = templates[0].id.value == "t1" ? templates[0] : templates[1];
  EXPECT_EQ(back.face.value, "f1");
  EXPECT_EQ(back.person.value, "p1");
  EXPECT_EQ(back.model.value, "model@1");
  EXPECT_EQ(back.embedding, first.embedding);
  EXPECT_TRUE(std::signbit(back.embedding[1]));
}

TEST_P(FaceStoreContract, KeepsAThousandTemplatesOfARealSize) {
  const auto face = face_of("p1", "f1");
  std::vector<Template> entries;
  for (int i = 0; i < 1000; ++i) {
    entries.push_back(template_of(face, "t" + std::to_string(i)));
    entries.back().embedding.assign(512, static_cast<float>(i));
  }
  ASSERT_TRUE(faces_->add(face, entries).has_value());
  std::set<float> values;
  faces_->visit_active({"model@1"}, [&](Template&& entry) {
    EXPECT_EQ(entry.embedding, domain::Embedding(512, entry.embedding[0]));
    values.insert(entry.embedding[0]);
  });
  EXPECT_EQ(values.size(), 1000U);
}

TEST_P(FaceStoreContract, RefusesAFaceOfNobody) {
  const auto added = faces_->add(face_of("nobody", "f1"), {});
  ASSERT_TRUE(added.has_error());
  EXPECT_EQ(added.error().code, core::Errc::not_found);
  EXPECT_EQ(added.error().reason, "person_not_found");
}

TEST_P(FaceStoreContract, RefusesTheSamePhotoOfOnePersonTwice) {
  enrol("p1", "f1", 1);
  auto again = face_of("p1", "f2");
  again.photo_sha256 = face_of("p1", "f1").photo_sha256;
  const auto version = faces_->gallery_version();
  const auto added = faces_->add(again, {template_of(again, "t9")});
  ASSERT_TRUE(added.has_error());
  EXPECT_EQ(added.error().code, core::Errc::conflict);
  EXPECT_EQ(added.error().reason, "duplicate_photo");
  EXPECT_EQ(rows_in("templates"), 1);
  EXPECT_EQ(faces_->gallery_version(), version);
  again.person.value = "p2";
  again.consent = testing::consent_of("p2").id;
  EXPECT_TRUE(faces_->add(again, {}).has_value()) << "twins may share a photo";
}

TEST_P(FaceStoreContract, RefusesANameThatADatabaseMayNotKeep) {
  auto face = face_of("p1", "f1");
  face.source_name = std::string("a\0.jpg", 6);
  EXPECT_EQ(faces_->add(face, {}).error().reason, "text_not_storable");
  EXPECT_FALSE(faces_->find({"f1"}));
}

TEST_P(FaceStoreContract, StoresAFaceWithAllItsTemplatesOrNotAtAll) {
  enrol("p1", "f1", 1);
  const auto version = faces_->gallery_version();
  const auto face = face_of("p2", "f2");
  const std::vector<Template> entries{template_of(face, "fresh"), template_of(face, "f1-t0")};
  EXPECT_THROW(static_cast<void>(faces_->add(face, entries)), core::InfraError) << "the second id exists";
  EXPECT_FALSE(faces_->find({"f2"}));
  EXPECT_EQ(rows_in("templates"), 1);
  EXPECT_EQ(faces_->gallery_version(), version);
}

TEST_P(FaceStoreContract, ListsTheOldestFirst) {
  auto younger = face_of("p1", "a");
  younger.created_at = testing::time_at(20);
  auto older = face_of("p1", "b");
  older.created_at = testing::time_at(10);
  ASSERT_TRUE(faces_->add(younger, {}).has_value());
  ASSERT_TRUE(faces_->add(older, {}).has_value());
  enrol("p2", "other", 0);
  const auto faces = faces_->list({"p1"});
  ASSERT_EQ(faces.size(), 2U);
  EXPECT_EQ(faces[0].id.value, "b");
  EXPECT_EQ(faces[1].id.value, "a");
  EXPECT_TRUE(faces_->list({"nobody"}).empty());
}

TEST_P(FaceStoreContract, SearchesOnlyActiveFacesOfActivePeopleOfOneModel) {
  enrol("p1", "f1", 2);
  enrol("p2", "f2", 1);
  EXPECT_EQ(searched(), (std::set<std::string>{"f1-t0", "f1-t1", "f2-t0"}));
  EXPECT_TRUE(searched("model@2").empty());

  EXPECT_EQ(faces_->set_status({"p1"}, FaceStatus::archived), 1);
  EXPECT_EQ(searched(), std::set<std::string>{"f2-t0"});
  EXPECT_TRUE(faces_->active_templates({"p1"}, {"model@1"}).empty());
  EXPECT_EQ(faces_->find({"f1"})->status, FaceStatus::archived);
  EXPECT_EQ(faces_->set_status({"p1"}, FaceStatus::active), 1);

  auto person = *people_->find({"p2"});
  person.status = domain::PersonStatus::archived;
  ASSERT_TRUE(people_->update(person).has_value());
  EXPECT_EQ(searched(), (std::set<std::string>{"f1-t0", "f1-t1"}));
  EXPECT_TRUE(faces_->active_templates({"p2"}, {"model@1"}).empty());
}

TEST_P(FaceStoreContract, ErasesWithEverythingBelow) {
  enrol("p1", "f1", 2);
  enrol("p1", "f2", 1);
  enrol("p1", "f3", 1);
  enrol("p2", "f4", 3);
  EXPECT_TRUE(faces_->erase({"f1"}));
  EXPECT_FALSE(faces_->erase({"f1"}));
  EXPECT_EQ(rows_in("templates"), 5);
  EXPECT_EQ(faces_->erase_all({"p1"}), 2);
  EXPECT_EQ(faces_->erase_all({"p1"}), 0);
  EXPECT_EQ(rows_in("templates"), 3);
  EXPECT_TRUE(people_->find({"p1"}));
}

TEST_P(FaceStoreContract, RoundsToHalfPrecision) {
  const auto face = face_of("p1", "f1");
  auto entry = template_of(face, "t1");
  entry.embedding = {0.1F, 1e-45F};
  ASSERT_TRUE(faces_->add(face, {entry}).has_value());
  const auto back = faces_->active_templates({"p1"}, {"model@1"}).at(0).embedding;
  EXPECT_EQ(back, (domain::Embedding{0.0999755859375F, 0}));
}

TEST_P(FaceStoreContract, RefusesAFaceWithoutAValidConsentOfThatPerson) {
  const auto refused = [&](const domain::Face& face) {
    const auto added = faces_->add(face, {template_of(face, "t1")});
    return added.has_error() && added.error().reason == "consent_missing" &&
           added.error().code == core::Errc::conflict;
  };
  auto face = face_of("p1", "f1");
  face.consent.value = "";
  EXPECT_TRUE(refused(face));
  face.consent = testing::consent_of("p2").id;
  EXPECT_TRUE(refused(face)) << "somebody else's";
  make_erasure_store(database_->database())
      ->apply({.id = {"e1"},
               .person = {"p1"},
               .scope = domain::ErasureScope::face_data,
               .reason = domain::ErasureReason::withdrawal,
               .requested_at = testing::time_at(9)});
  EXPECT_TRUE(refused(face_of("p1", "f1"))) << "withdrawn";
  EXPECT_EQ(rows_in("faces"), 0);
  EXPECT_EQ(rows_in("person_keys"), 0);
}

TEST_P(FaceStoreContract, AdvancesTheVersionWithEachChangeAndOnlyThen) {
  auto version = faces_->gallery_version();
  const auto advanced = [&] {
    return faces_->gallery_version() - std::exchange(version, faces_->gallery_version());
  };
  enrol("p1", "f1", 1);
  EXPECT_EQ(advanced(), 1U) << "add";
  EXPECT_EQ(faces_->set_status({"p1"}, FaceStatus::active), 0);
  EXPECT_EQ(advanced(), 0U) << "set_status that changes nothing";
  EXPECT_EQ(faces_->set_status({"p1"}, FaceStatus::archived), 1);
  EXPECT_EQ(advanced(), 1U) << "set_status";
  EXPECT_FALSE(faces_->erase({"f9"}));
  EXPECT_EQ(advanced(), 0U) << "erase of nothing";
  EXPECT_TRUE(faces_->erase({"f1"}));
  EXPECT_EQ(advanced(), 1U) << "erase";
  EXPECT_EQ(faces_->erase_all({"p1"}), 0);
  EXPECT_EQ(advanced(), 0U) << "erase_all of nothing";
  enrol("p1", "f2", 1);
  EXPECT_EQ(faces_->erase_all({"p1"}), 1);
  EXPECT_EQ(advanced(), 2U) << "add, erase_all";
}

TEST_P(FaceStoreContract, VisitsEveryTemplateOnceHoweverManyBatchesThereAre) {
  std::set<std::string> expected;
  for (int face = 0; face < 4; ++face) {
    const auto id = "f" + std::to_string(face);
    enrol(face % 2 == 0 ? "p1" : "p2", id, 1030);
    for (int i = 0; i < 1030; ++i) expected.insert(id + "-t" + std::to_string(i));
  }
  int visits = 0;
  std::set<std::string> seen;
  faces_->visit_active({"model@1"}, [&](Template&& entry) {
    ++visits;
    EXPECT_EQ(entry.person.value, entry.face.value == "f0" || entry.face.value == "f2" ? "p1" : "p2");
    seen.insert(entry.id.value);
  });
  EXPECT_EQ(visits, 4 * 1030);
  EXPECT_EQ(seen, expected);
}

TEST_P(FaceStoreContract, AVisitorMayThrow) {
  enrol("p1", "f1", 2);
  const auto visit = [](Template&&) { throw std::runtime_error("enough"); };
  EXPECT_THROW(faces_->visit_active({"model@1"}, visit), std::runtime_error);
  EXPECT_EQ(searched().size(), 2U) << "the connection is fit for use again";
}

}  // namespace
}  // namespace rollcall::storage
