#include "connections.hpp"
#include "enrolled_site.hpp"

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

namespace fs = std::filesystem;

class MasterKeysTest : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { crypto::start(); }

  void enrol_people(const MasterKeys& masters, int count) {
    testing::EnrolledSite site(folder_.path(), masters);
    for (int i = 0; i < count; ++i) site.enrol(std::to_string(1000 + i), {0.5F, -0.5F}, "crop");
  }

  // Everything opens, and is what was enrolled.
  int readable(const MasterKeys& masters) {
    testing::EnrolledSite site(folder_.path(), masters);
    int people = 0;
    for (const auto& entry : site.index.templates) {
      EXPECT_EQ(entry.embedding, (domain::Embedding{0.5F, -0.5F}));
      if (!entry.id.value.ends_with("-t0")) continue;
      ++people;
      EXPECT_EQ(site.crops->get(testing::face_of(entry.person.value, entry.face.value)), "crop");
    }
    return people;
  }

  std::string refusal(const MasterKeys& masters) {
    try {
      testing::EnrolledSite site(folder_.path(), masters);
      return "";
    } catch (const core::InfraError& error) {
      return error.what();
    }
  }

  testing::TemporaryFolder folder_;
  const crypto::Key old_ = crypto::Key::random();
  const crypto::Key new_ = crypto::Key::random();
};

TEST_F(MasterKeysTest, AWrappedKeyOpensForItsPersonOnly) {
  const MasterKeys masters(old_);
  const auto key = crypto::Key::random();
  const auto wrapped = masters.wrap(key, {"ada"});
  EXPECT_TRUE(masters.unwrap(wrapped, {"ada"}) == key);
  EXPECT_EQ(wrapped.master_key_id, old_.id());
  EXPECT_THROW(masters.unwrap(wrapped, {"bob"}), core::InfraError);
  EXPECT_THROW(MasterKeys(new_).unwrap(wrapped, {"ada"}), core::InfraError);
  EXPECT_TRUE(MasterKeys(new_, {old_}).unwrap(wrapped, {"ada"}) == key);
}

TEST_F(MasterKeysTest, AWrongKeyStopsTheStartAndChangesNothing) {
  enrol_people(MasterKeys(old_), 2);
  const auto text = refusal(MasterKeys(new_));
  EXPECT_NE(text.find(old_.id()), std::string::npos) << text;
  EXPECT_NE(text.find("FACE_DATA_ENCRYPTION_KEY"), std::string::npos) << text;
  EXPECT_EQ(readable(MasterKeys(old_)), 2);
}

TEST_F(MasterKeysTest, RotationCanBeStoppedAnywhereAndThenTheOldKeyOpensNothing) {
  constexpr int kPeople = 1100;  // three batches
  {
    testing::EnrolledSite site(folder_.path(), MasterKeys(old_));
    site.database().connections().write([](soci::session& sql) { sql << "PRAGMA wal_autocheckpoint=100"; });
    for (int i = 0; i < kPeople; ++i) {
      const auto person = std::to_string(1000 + i);
      ASSERT_TRUE(site.people->add(testing::person_named(person, person)).has_value());
      ASSERT_TRUE(site.consents->add(testing::consent_of(person)).has_value());
      const auto face = testing::face_of(person, "face-" + person);
      auto entry = testing::template_of(face, person + "-t0");
      entry.embedding = {0.5F, -0.5F};
      ASSERT_TRUE(site.faces->add(face, {entry}).has_value());
    }
  }
  const MasterKeys both(new_, {old_});
  struct Stopped {};
  for (int stops = 0; stops < 2; ++stops) {
    Database database(testing::settings_for(folder_.path() / "rollcall.db"));
    EXPECT_THROW(rotate_person_keys(database, both, [](auto, auto) { throw Stopped{}; }), Stopped);
  }
  const auto count_under = [&](const crypto::Key& key) {
    Database database(testing::settings_for(folder_.path() / "rollcall.db"));
    return database.connections().read([&](soci::session& sql) {
      long long count = 0;
      const auto id = key.id();
      sql << "SELECT COUNT(*) FROM person_keys WHERE master_key_id = :id", soci::use(id), soci::into(count);
      return count;
    });
  };
  EXPECT_EQ(count_under(new_), 1000) << "two batches were committed before the stops";
  EXPECT_NE(refusal(MasterKeys(new_)), "") << "not done yet";
  {
    Database database(testing::settings_for(folder_.path() / "rollcall.db"));
    EXPECT_EQ(rotate_person_keys(database, both), kPeople - 1000);
    EXPECT_EQ(rotate_person_keys(database, both), 0);
  }
  EXPECT_EQ(count_under(old_), 0);
  EXPECT_NE(refusal(MasterKeys(old_)), "");
  testing::EnrolledSite site(folder_.path(), MasterKeys(new_));
  EXPECT_EQ(site.index.templates.size(), static_cast<std::size_t>(kPeople));
}

TEST_F(MasterKeysTest, RotationKeepsTemplatesAndCropsReadable) {
  enrol_people(MasterKeys(old_), 20);
  {
    Database database(testing::settings_for(folder_.path() / "rollcall.db"));
    EXPECT_EQ(rotate_person_keys(database, MasterKeys(new_, {old_})), 20);
  }
  EXPECT_EQ(readable(MasterKeys(new_)), 20);
}

TEST_F(MasterKeysTest, SealedRowsThatAreSwappedDoNotOpen) {
  const MasterKeys masters(old_);
  const auto swap_and_load = [&](const std::string& one, const std::string& other) {
    testing::EnrolledSite site(folder_.path(), masters);
    site.database().connections().write([&](soci::session& sql) {
      std::string first;
      std::string second;
      sql << "SELECT sealed FROM templates WHERE id = :id", soci::use(one), soci::into(first);
      sql << "SELECT sealed FROM templates WHERE id = :id", soci::use(other), soci::into(second);
      sql << "UPDATE templates SET sealed = :sealed WHERE id = :id", soci::use(second, "sealed"),
          soci::use(one, "id");
      sql << "UPDATE templates SET sealed = :sealed WHERE id = :id", soci::use(first, "sealed"),
          soci::use(other, "id");
    });
    EXPECT_THROW(site.faces->active_templates({"1000"}, {"model@1"}), core::InfraError);
    EXPECT_THROW(site.faces->visit_active({"model@1"}, [](auto&&) {}), core::InfraError);
  };
  enrol_people(masters, 2);
  const auto copy = folder_.path() / "copy.db";
  fs::copy_file(folder_.path() / "rollcall.db", copy);
  swap_and_load("1000-t0", "1001-t0");
  fs::copy_file(copy, folder_.path() / "rollcall.db", fs::copy_options::overwrite_existing);
  swap_and_load("1000-t0", "1000-t1");  // even of one person
}

TEST_F(MasterKeysTest, ACropThatIsMovedDoesNotOpen) {
  const MasterKeys masters(old_);
  enrol_people(masters, 2);
  const auto blobs = folder_.path() / "blobs/sealed-crops";
  fs::copy_file(blobs / "1000/face-1000.sealed", blobs / "1001/face-1001.sealed",
                fs::copy_options::overwrite_existing);
  testing::EnrolledSite site(folder_.path(), masters);
  EXPECT_EQ(site.crops->get(testing::face_of("1000", "face-1000")), "crop");
  EXPECT_THROW(site.crops->get(testing::face_of("1001", "face-1001")), core::InfraError);
}

}  // namespace
}  // namespace rollcall::storage
