// Erasure over real files: what is gone stays gone, whatever is restored.
#include "connections.hpp"
#include "enrolled_site.hpp"

#include <csignal>
#include <fstream>

#include <sys/wait.h>
#include <unistd.h>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

namespace fs = std::filesystem;
using domain::ErasureScope;

class ErasureOnDisk : public ::testing::Test {
 protected:
  testing::EnrolledSite start() { return {folder_.path(), masters_}; }

  void enrol_ada_and_bob() {
    auto site = start();
    site.enrol("ada", {1, 0});
    site.enrol("bob", {0, 1});
  }

  static long long rows(testing::EnrolledSite& site, const std::string& from_where) {
    return site.database().connections().read([&](soci::session& sql) {
      long long count = 0;
      sql << "SELECT COUNT(*) FROM " + from_where, soci::into(count);
      return count;
    });
  }

  void expect_only_bob(testing::EnrolledSite& site) {
    EXPECT_FALSE(site.people->find({"ada"}));
    EXPECT_FALSE(site.searchable("ada"));
    EXPECT_TRUE(site.searchable("bob"));
    for (const char* table : {"person_keys", "consents", "faces", "erasures"}) {
      EXPECT_EQ(rows(site, table), 1) << table;
    }
    EXPECT_EQ(rows(site, "templates"), 3);
    EXPECT_EQ(rows(site, "person_keys WHERE person_id = 'ada'"), 0);
    EXPECT_FALSE(fs::exists(folder_.path() / "blobs/sealed-crops/ada"));
    EXPECT_TRUE(site.erasures->unfinished().empty());
  }

  testing::TemporaryFolder folder_;
  const MasterKeys& masters_ = testing::masters();
};

TEST_F(ErasureOnDisk, OfAPersonLeavesNothingButItsOwnRecord) {
  enrol_ada_and_bob();
  auto site = start();
  const auto version = site.faces->gallery_version();
  const auto counts = site.erase("ada");
  EXPECT_EQ(counts.faces, 1);
  EXPECT_EQ(counts.templates, 3);
  EXPECT_EQ(counts.crops, 1);
  EXPECT_EQ(site.faces->gallery_version(), version + 1);
  expect_only_bob(site);
  EXPECT_EQ(site.erasures->finished().size(), 1U);
}

TEST_F(ErasureOnDisk, KeepsTheEvents) {
  enrol_ada_and_bob();
  auto site = start();
  const auto events = make_event_store(site.database());
  auto event = testing::event_from("kiosk", "1");
  event.person->value = "ada";
  events->append(event);
  site.erase("ada");
  EXPECT_EQ(events->find(event.id)->person->value, "ada");
}

TEST_F(ErasureOnDisk, OfFaceDataKeepsThePersonAndEndsTheConsent) {
  enrol_ada_and_bob();
  auto site = start();
  site.erase("ada", ErasureScope::face_data);
  EXPECT_TRUE(site.people->find({"ada"}));
  EXPECT_EQ(site.consents->list({"ada"}).at(0).withdrawn_at, testing::time_at(100));
  EXPECT_EQ(rows(site, "faces WHERE person_id = 'ada'"), 0);
  EXPECT_EQ(rows(site, "person_keys WHERE person_id = 'ada'"), 0);
  EXPECT_FALSE(site.searchable("ada"));
  EXPECT_TRUE(site.consents->list({"bob"}).at(0).is_valid());
}

TEST_F(ErasureOnDisk, TheRecordOfItCannotBeChangedOrDeleted) {
  enrol_ada_and_bob();
  auto site = start();
  site.erase("ada");
  for (const char* statement :
       {"DELETE FROM erasures", "UPDATE erasures SET person_id = 'x'", "UPDATE erasures SET finished = 0"}) {
    EXPECT_THROW(site.database().connections().write([&](soci::session& sql) { sql << statement; }),
                 core::InfraError)
        << statement;
  }
}

// The copy still has the person, the wrapped key and the sealed templates.
class ErasureAfterRestore : public ErasureOnDisk, public ::testing::WithParamInterface<ErasureScope> {};

TEST_P(ErasureAfterRestore, IsCarriedOutAgain) {
  enrol_ada_and_bob();
  const auto copy = folder_.path() / "copy.db";
  fs::copy_file(folder_.path() / "rollcall.db", copy);
  {
    auto site = start();
    site.erase("ada", GetParam());
  }
  // Somebody restores the database and the pictures of ada from a backup.
  fs::copy_file(copy, folder_.path() / "rollcall.db", fs::copy_options::overwrite_existing);
  fs::create_directories(folder_.path() / "blobs/sealed-crops/ada");
  std::ofstream(folder_.path() / "blobs/sealed-crops/ada/face-ada.sealed") << "sealed";

  auto site = start();
  EXPECT_EQ(site.resumed, 1);
  EXPECT_FALSE(site.searchable("ada"));
  EXPECT_TRUE(site.searchable("bob"));
  EXPECT_EQ(rows(site, "person_keys WHERE person_id = 'ada'"), 0) << "nothing of it opens any more";
  EXPECT_EQ(rows(site, "faces WHERE person_id = 'ada'"), 0);
  EXPECT_FALSE(fs::exists(folder_.path() / "blobs/sealed-crops/ada"));
  if (GetParam() == ErasureScope::person) expect_only_bob(site);
  EXPECT_EQ(site.keeper.resume_erasures(), 0) << "once";
}

INSTANTIATE_TEST_SUITE_P(OfAnOlderCopy, ErasureAfterRestore,
                         ::testing::Values(ErasureScope::person, ErasureScope::face_data),
                         [](const auto& test) { return std::string(name_of(test.param)); });

TEST_F(ErasureOnDisk, KilledAnywhereIsCompletedByTheNextStart) {
  int undone = 0;
  for (int round = 0; round < 30; ++round) {
    const testing::TemporaryFolder folder;
    {
      testing::EnrolledSite site(folder.path(), masters_);
      site.enrol("ada", {1, 0});
    }
    const pid_t child = ::fork();
    if (child == 0) {
      testing::EnrolledSite site(folder.path(), masters_);
      std::ofstream(folder.path() / "ready") << "x";
      site.erase("ada");
      std::ofstream(folder.path() / "erased") << "x";
      for (;;) ::pause();
    }
    ASSERT_GT(child, 0);
    while (!fs::exists(folder.path() / "ready")) ::usleep(100);
    ::usleep(static_cast<useconds_t>(round) * 400);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);

    const bool asked = fs::file_size(folder.path() / "erasures.jsonl") > 0;
    testing::EnrolledSite site(folder.path(), masters_);
    undone += site.resumed;
    const bool crop_is_there = fs::exists(folder.path() / "blobs/sealed-crops/ada");
    EXPECT_EQ(site.people->find({"ada"}).has_value(), !asked);
    EXPECT_EQ(site.searchable("ada"), !asked);
    EXPECT_EQ(crop_is_there, !asked);
    EXPECT_EQ(rows(site, "person_keys"), asked ? 0 : 1);
    EXPECT_TRUE(asked || !fs::exists(folder.path() / "erased"));
  }
  RecordProperty("completed_by_the_next_start", undone);
}

TEST_F(ErasureOnDisk, KnowsWhoWasNotSeen) {
  enrol_ada_and_bob();  // the faces are of time 3, the consents of time 2
  auto site = start();
  const auto events = make_event_store(site.database());
  auto event = testing::event_from("kiosk", "1");  // received at time 7
  event.person->value = "bob";
  events->append(event);
  const auto unseen = [&](long long since) {
    std::set<std::string> people;
    for (const auto& person : site.erasures->not_seen_since(testing::time_at(since)))
      people.insert(person.value);
    return people;
  };
  EXPECT_EQ(unseen(3), std::set<std::string>{});
  EXPECT_EQ(unseen(4), std::set<std::string>{"ada"});
  EXPECT_EQ(unseen(7), std::set<std::string>{"ada"});
  EXPECT_EQ(unseen(8), (std::set<std::string>{"ada", "bob"}));
  auto consent = testing::consent_of("ada");
  consent.id.value = "renewed";
  consent.given_at = testing::time_at(9);
  ASSERT_TRUE(site.consents->add(consent).has_value());
  EXPECT_EQ(unseen(8), std::set<std::string>{"bob"});
}

}  // namespace
}  // namespace rollcall::storage
