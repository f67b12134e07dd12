#include "rollcall/attendance/people.hpp"

#include "site.hpp"

namespace rollcall::attendance {
namespace {

using testing::Site;

bool searchable(const Site& site, const domain::PersonId& person) {
  return !site.index.compare(testing::unit(1, 0), person).candidates.empty();
}

TEST(People, ArchivedPeopleAreNotRecognisedUntilTheyAreActiveAgain) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  ASSERT_TRUE(searchable(site, ada.id));
  ASSERT_TRUE(site.people.change(ada.id, {.status = domain::PersonStatus::archived}));
  EXPECT_FALSE(searchable(site, ada.id));
  ASSERT_TRUE(site.people.change(ada.id, {.status = domain::PersonStatus::active}));
  EXPECT_TRUE(searchable(site, ada.id));
}

TEST(People, ArchivedFacesAreKeptAndNotSearched) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  EXPECT_EQ(site.gallery.archive(ada.id), 1);
  EXPECT_FALSE(searchable(site, ada.id));
  EXPECT_EQ(site.faces.list(ada.id).size(), 1U);
  EXPECT_EQ(site.gallery.restore(ada.id), 1);
  EXPECT_TRUE(searchable(site, ada.id));
}

TEST(People, ErasingOneFaceLeavesTheOthers) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  site.analyzer.photos["second"] = {testing::good_face(1, 0.1F)};
  ASSERT_TRUE(site.enroll(ada.id, {"second", "2.jpg"}).value().accepted());
  const auto first = site.faces.faces.at(0).id;
  ASSERT_TRUE(site.gallery.erase(ada.id, first));
  EXPECT_EQ(site.gallery.erase(ada.id, first).error().reason, "face_not_found");
  EXPECT_EQ(site.index.templates.size(), 3U);
  EXPECT_EQ(site.crops.crops.size(), 1U);
}

TEST(People, ResolveTakesOurIdAndTheSitesOwn) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  EXPECT_EQ(site.people.resolve("ext-ada").value().id, ada.id);
  EXPECT_EQ(site.people.resolve(ada.id.value).value().id, ada.id);
  EXPECT_EQ(site.people.resolve("ext-eve").error().reason, "person_not_found");
}

TEST(People, AChangeTouchesOnlyWhatItNames) {
  Site site;
  const auto ada = site.people.add({"ada", "1"}).value();
  site.clock.advance(std::chrono::seconds{5});
  const auto renamed = site.people.change(ada.id, {.display_name = "Ada L."}).value();
  EXPECT_EQ(renamed.display_name, "Ada L.");
  EXPECT_EQ(renamed.external_id, "1");
  EXPECT_EQ(renamed.created_at, ada.created_at);
  EXPECT_GT(renamed.updated_at, ada.updated_at);
  EXPECT_EQ(site.people.change(ada.id, {.external_id = {std::optional<std::string>{}}}).value().external_id,
            std::nullopt);
}

TEST(GalleryKeeper, LoadMakesStoredTemplatesSearchable) {
  Site site;
  const auto ada = site.enrolled("ada", 1, 0);
  testing::MemoryIndex fresh;
  GalleryKeeper keeper({site.faces, fresh, site.crops, site.erasures, site.journal, site.analyzer.model()});
  keeper.load();
  EXPECT_EQ(fresh.templates.size(), 3U);
  EXPECT_EQ(fresh.version, site.faces.gallery_version());
}

}  // namespace
}  // namespace rollcall::attendance
