#include "rollcall/attendance/erase_person.hpp"
#include "site.hpp"

#include <rollcall/core/infra_error.hpp>

namespace rollcall::attendance {
namespace {

using testing::Site;

bool searchable(const Site& site, const domain::PersonId& person) {
  return !site.index.compare(testing::unit(1, 0), person).candidates.empty();
}

TEST(ErasePerson, LeavesNothingAndSignsForIt) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  const auto bob = site.enrolled("bob", 0, 1);
  const auto receipt = site.erase(ada.id).value();
  EXPECT_FALSE(searchable(site, ada.id));
  EXPECT_TRUE(site.faces.list(ada.id).empty());
  EXPECT_TRUE(site.consent_store.list(ada.id).empty());
  EXPECT_EQ(site.crops.crops.size(), 1U) << "bob's";
  EXPECT_TRUE(searchable(site, bob.id));
  EXPECT_EQ(site.erase(ada.id).error().reason, "person_not_found");

  EXPECT_EQ(receipt.erasure.person, ada.id);
  EXPECT_EQ(receipt.counts.faces, 1);
  EXPECT_EQ(receipt.counts.templates, 3);
  EXPECT_EQ(receipt.counts.crops, 1);
  EXPECT_TRUE(crypto::is_signed_by(receipt.public_key, receipt.signed_text(), receipt.signature));
  auto forged = receipt;
  forged.counts.faces = 2;
  EXPECT_FALSE(crypto::is_signed_by(receipt.public_key, forged.signed_text(), receipt.signature));
}

// A step of an erasure that a crash comes before.
enum class Step { intent, database, crops, end };

struct Crash {};

class CrashingJournal final : public ErasureJournal {
 public:
  CrashingJournal(ErasureJournal& journal, Step& at) : journal_(journal), at_(at) {}
  void append(const domain::Erasure& erasure) override {
    if (at_ == Step::intent) throw Crash{};
    journal_.append(erasure);
  }
  std::vector<domain::Erasure> read() override { return journal_.read(); }

 private:
  ErasureJournal& journal_;
  const Step& at_;
};

class CrashingErasures final : public ErasureStore {
 public:
  CrashingErasures(ErasureStore& store, Step& at) : store_(store), at_(at) {}
  Erased apply(const domain::Erasure& erasure) override {
    if (at_ == Step::database) throw Crash{};
    auto erased = store_.apply(erasure);
    if (at_ == Step::crops) throw Crash{};
    return erased;
  }
  void finish(const domain::ErasureId& id) override {
    if (at_ == Step::end) throw Crash{};
    store_.finish(id);
  }
  std::vector<domain::Erasure> unfinished() override { return store_.unfinished(); }
  std::set<domain::ErasureId> finished() override { return store_.finished(); }
  std::vector<domain::PersonId> not_seen_since(core::TimePoint time) override {
    return store_.not_seen_since(time);
  }

 private:
  ErasureStore& store_;
  const Step& at_;
};

class ErasureCrash : public ::testing::TestWithParam<Step> {};

TEST_P(ErasureCrash, IsMadeGoodByTheNextStart) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  auto step = GetParam();
  CrashingJournal journal(site.journal, step);
  CrashingErasures erasures(site.erasures, step);
  GalleryKeeper crashing({site.faces, site.index, site.crops, erasures, journal, site.analyzer.model()});
  ErasePerson erase({site.people_store, crashing, site.clock, crypto::SigningKey(crypto::Key::random())});
  EXPECT_THROW(static_cast<void>(erase(ada.id)), Crash);

  const int resumed = site.gallery.resume_erasures();
  if (GetParam() == Step::intent) {
    EXPECT_EQ(resumed, 0);
    EXPECT_TRUE(site.people.get(ada.id)) << "nobody was told that anything was erased";
    return;
  }
  EXPECT_EQ(resumed, 1);
  EXPECT_FALSE(site.people.get(ada.id));
  EXPECT_FALSE(searchable(site, ada.id));
  EXPECT_TRUE(site.crops.crops.empty());
  EXPECT_EQ(site.gallery.resume_erasures(), 0) << "once";
}

INSTANTIATE_TEST_SUITE_P(BeforeEachStep, ErasureCrash,
                         ::testing::Values(Step::intent, Step::database, Step::crops, Step::end));

TEST(ResumeErasures, SparesWhatWasEnrolledUnderALaterConsent) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  const auto consents = site.consents.list(ada.id).value();
  const auto erasure =
      face_data_erasure(ada.id, domain::ErasureReason::withdrawal, consents, site.clock.now());
  site.journal.append(erasure);  // and then the database was busy
  site.clock.advance(std::chrono::hours{1});
  ASSERT_TRUE(site.consents.give(ada.id, {"v2", "en", domain::ConsentMethod::written, "test"}));
  site.analyzer.photos["later"] = {testing::good_face(1, 0.1F)};
  ASSERT_TRUE(site.enroll(ada.id, {"later", "later.jpg"}).value().accepted());

  EXPECT_EQ(site.gallery.resume_erasures(), 1);
  const auto faces = site.faces.list(ada.id);
  ASSERT_EQ(faces.size(), 1U);
  EXPECT_EQ(faces[0].source_name, "later.jpg");
  EXPECT_EQ(site.crops.crops.size(), 1U);
  EXPECT_EQ(site.index.templates.size(), 3U);
}

}  // namespace
}  // namespace rollcall::attendance
