#include "rollcall/gallery/gallery.hpp"

#include <atomic>
#include <cmath>
#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>

namespace rollcall::gallery {
namespace {

constexpr std::size_t kDimension = 32;

class RandomPeople {
 public:
  explicit RandomPeople(unsigned seed) : random_(seed) {}

  domain::Embedding embedding() {
    std::normal_distribution<float> normal;
    domain::Embedding values(kDimension);
    float square = 0;
    for (auto& value : values) {
      value = normal(random_);
      square += value * value;
    }
    for (auto& value : values) value /= std::sqrt(square);
    return values;
  }

  std::vector<domain::Template> templates(const std::string& person, int count) {
    std::vector<domain::Template> made;
    for (int i = 0; i < count; ++i) {
      made.push_back(
          {{person + "/" + std::to_string(i)}, {person + "-face"}, {person}, {"model"}, embedding()});
    }
    return made;
  }

 private:
  std::mt19937 random_;
};

float dot(const domain::Embedding& a, const domain::Embedding& b) {
  float sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// What search() promises, the slow way.
std::vector<std::pair<float, std::string>> best_people(const std::vector<domain::Template>& all,
                                                       const domain::Embedding& probe) {
  std::map<std::string, float> best;
  for (const auto& item : all) {
    const auto [place, added] = best.try_emplace(item.person.value, dot(item.embedding, probe));
    if (!added) place->second = std::max(place->second, dot(item.embedding, probe));
  }
  std::vector<std::pair<float, std::string>> ranked;
  for (const auto& [person, score] : best) ranked.emplace_back(score, person);
  std::ranges::sort(ranked, std::ranges::greater{});
  return ranked;
}

void expect_same(const attendance::SearchResult& found,
                 const std::vector<std::pair<float, std::string>>& expected, std::size_t people_max) {
  ASSERT_EQ(found.candidates.size(), std::min(people_max, expected.size()));
  for (std::size_t i = 0; i < found.candidates.size(); ++i) {
    EXPECT_EQ(found.candidates[i].person.value, expected[i].second) << i;
    EXPECT_NEAR(found.candidates[i].score, expected[i].first, 1e-5) << i;
  }
}

TEST(Gallery, FindsExactlyTheBestPeople) {
  RandomPeople random(7);
  Gallery gallery(kDimension);
  std::vector<domain::Template> all;
  for (int i = 0; i < 900; ++i) {  // 2,700 templates: three blocks
    const auto templates = random.templates("p" + std::to_string(i), 3);
    all.insert(all.end(), templates.begin(), templates.end());
  }
  gallery.add(all, 5);
  EXPECT_EQ(gallery.size().people, 900U);
  EXPECT_EQ(gallery.size().templates, 2700U);
  for (int i = 0; i < 50; ++i) {
    const auto probe = random.embedding();
    const auto found = gallery.search(probe, 5);
    EXPECT_EQ(found.version, 5U);
    expect_same(found, best_people(all, probe), 5);
  }
}

TEST(Gallery, AnyOrderOfChangesLeavesWhatIsExpected) {
  RandomPeople random(8);
  std::mt19937 choice(8);
  Gallery gallery(kDimension);
  std::map<std::string, std::vector<domain::Template>> expected;
  for (std::uint64_t step = 1; step <= 600; ++step) {
    const auto person = "p" + std::to_string(choice() % 40);
    auto templates = random.templates(person, static_cast<int>(choice() % 60));
    gallery.replace_person({person}, templates, step);
    expected[person] = std::move(templates);
  }
  std::vector<domain::Template> all;
  for (const auto& [person, templates] : expected) all.insert(all.end(), templates.begin(), templates.end());
  EXPECT_EQ(gallery.size().templates, all.size());
  for (int i = 0; i < 30; ++i) {
    const auto probe = random.embedding();
    expect_same(gallery.search(probe, 40), best_people(all, probe), 40);
  }
}

TEST(Gallery, ARemovedPersonIsNotFound) {
  RandomPeople random(9);
  Gallery gallery(kDimension);
  const auto templates = random.templates("ada", 2);
  gallery.add(templates, 1);
  ASSERT_EQ(gallery.compare(templates[0].embedding, {"ada"}).candidates.size(), 1U);
  gallery.replace_person({"ada"}, {}, 2);
  EXPECT_TRUE(gallery.search(templates[0].embedding, 3).candidates.empty());
  EXPECT_TRUE(gallery.compare(templates[0].embedding, {"ada"}).candidates.empty());
  EXPECT_EQ(gallery.size().people, 0U);
}

TEST(Gallery, CompareLooksAtOnePersonAndNamesTheBestTemplate) {
  RandomPeople random(10);
  Gallery gallery(kDimension);
  const auto ada = random.templates("ada", 3);
  gallery.add(ada, 1);
  gallery.add(random.templates("bob", 3), 2);
  const auto found = gallery.compare(ada[1].embedding, {"ada"});
  ASSERT_EQ(found.candidates.size(), 1U);
  EXPECT_EQ(found.candidates[0].best_template, ada[1].id);
  EXPECT_NEAR(found.candidates[0].score, 1, 1e-5);
  EXPECT_TRUE(gallery.compare(ada[1].embedding, {"eve"}).candidates.empty());
}

TEST(Gallery, AScopeHoldsItsMembersThroughChanges) {
  RandomPeople random(11);
  Gallery gallery(kDimension);
  std::map<std::string, std::vector<domain::Template>> people;
  for (int i = 0; i < 700; ++i) {
    const auto name = "p" + std::to_string(i);
    people[name] = random.templates(name, 2);
    gallery.add(people[name], 1);
  }
  // "later" is a member before being enrolled.
  gallery.define_scope({"course"}, {{"p3"}, {"p600"}, {"later"}});
  people["later"] = random.templates("later", 2);
  gallery.replace_person({"later"}, people["later"], 2);
  people["p3"] = random.templates("p3", 4);
  gallery.replace_person({"p3"}, people["p3"], 3);

  std::vector<domain::Template> members;
  for (const auto* name : {"p3", "p600", "later"}) {
    members.insert(members.end(), people[name].begin(), people[name].end());
  }
  const auto probe = random.embedding();
  expect_same(gallery.search(probe, 5, domain::ScopeId{"course"}), best_people(members, probe), 5);
  EXPECT_TRUE(gallery.search(probe, 5, domain::ScopeId{"unknown"}).candidates.empty());
  gallery.define_scope({"course"}, {});
  EXPECT_TRUE(gallery.search(probe, 5, domain::ScopeId{"course"}).candidates.empty());
}

TEST(Gallery, ANotANumberIsNeverACandidate) {
  Gallery gallery(kDimension);
  gallery.add({{{"t"}, {"f"}, {"ada"}, {"model"}, domain::Embedding(kDimension, std::nanf(""))}}, 1);
  EXPECT_TRUE(gallery.search(domain::Embedding(kDimension, 0.1F), 3).candidates.empty());
}

// Run under TSan as well: searches see a whole version, before or after, never a mixture.
TEST(Gallery, SearchesRunBesideChanges) {
  RandomPeople random(12);
  Gallery gallery(kDimension);
  const auto probe = random.embedding();
  gallery.add(random.templates("other", 1500), 1);
  const std::vector<domain::Template> two{{{"a"}, {"f"}, {"ada"}, {"model"}, probe},
                                          {{"b"}, {"f"}, {"ada"}, {"model"}, probe}};
  gallery.replace_person({"ada"}, two, 2);
  std::atomic<bool> stop = false;
  std::atomic<int> missing = 0;
  std::atomic<int> searches = 0;
  std::thread reader([&] {
    while (!stop) {
      const auto found = gallery.search(probe, 1);
      if (found.candidates.empty() || found.candidates[0].person.value != "ada") ++missing;
      ++searches;
    }
  });
  for (std::uint64_t version = 3; version < 203 || searches < 10; ++version) {
    gallery.replace_person({"ada"}, two, version);
  }
  stop = true;
  reader.join();
  EXPECT_EQ(missing, 0);
}

}  // namespace
}  // namespace rollcall::gallery
