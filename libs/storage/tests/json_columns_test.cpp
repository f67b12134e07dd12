#include "json_columns.hpp"

#include "samples.hpp"

#include <bit>
#include <random>

#include <gtest/gtest.h>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

std::uint32_t bits(float value) {
  return std::bit_cast<std::uint32_t>(value);
}

TEST(JsonColumns, BringFloatsBackBitForBit) {
  std::mt19937 random(20261121);
  domain::Quality quality;
  for (int i = 0; i < 5'000; ++i) {
    const auto value = std::bit_cast<float>(static_cast<std::uint32_t>(random()));
    quality.sharpness = value;
    const auto back = quality_from_column(to_column(quality)).sharpness;
    if (value != value) {
      EXPECT_NE(back, back);
    } else {
      ASSERT_EQ(bits(back), bits(value)) << value;
    }
  }
  for (const float value : {0.0F, -0.0F, 1e-45F, 3.4028235e38F, -INFINITY, INFINITY, 0.1F, 16777217.0F}) {
    quality.sharpness = value;
    EXPECT_EQ(bits(quality_from_column(to_column(quality)).sharpness), bits(value)) << value;
  }
}

TEST(JsonColumns, KeepAllEvidence) {
  auto evidence = testing::event_from("kiosk", "1").evidence;
  evidence.gallery_version = std::numeric_limits<std::uint64_t>::max();
  evidence.claimed = domain::PersonId{"p1"};
  const auto text = to_column(evidence);
  const auto back = evidence_from_column(text);
  // The text holds every member (see the static_asserts), so equal text is equal evidence.
  EXPECT_EQ(to_column(back), text);
  EXPECT_EQ(back.model, evidence.model);
  EXPECT_EQ(back.gallery_version, evidence.gallery_version);
  EXPECT_EQ(back.claimed, evidence.claimed);
  EXPECT_EQ(back.policy.quality.roll_deg_max, evidence.policy.quality.roll_deg_max);
  ASSERT_EQ(back.candidates.size(), 2U);
  EXPECT_EQ(back.candidates[1].person.value, "p2");
  EXPECT_EQ(back.candidates[1].best_template.value, "t7");
  EXPECT_EQ(bits(back.candidates[1].score), bits(0.2F));
  EXPECT_EQ(bits(back.box.height), bits(120));
  EXPECT_EQ(bits(back.landmarks[4].y), bits(10.1F));
  EXPECT_EQ(back.height_px, 480);
}

TEST(JsonColumns, AnAbsentClaimStaysAbsent) {
  EXPECT_FALSE(evidence_from_column(to_column(testing::event_from("kiosk", "1").evidence)).claimed);
}

TEST(JsonColumns, AReplayOverStoredEvidenceDecidesTheSame) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> score(-1, 1);
  for (int i = 0; i < 500; ++i) {
    auto evidence = testing::event_from("kiosk", "1").evidence;
    evidence.candidates = {{{"p1"}, {"t1"}, score(random)}, {{"p2"}, {"t2"}, score(random)}};
    // At the edge one lost bit would turn the verdict.
    evidence.policy.identify_score_min = evidence.candidates[0].score;
    evidence.policy.margin_min = evidence.candidates[0].score - evidence.candidates[1].score;
    const auto before = domain::replay(evidence);
    const auto after = domain::replay(evidence_from_column(to_column(evidence)));
    ASSERT_EQ(after.verdict, before.verdict) << i;
    ASSERT_EQ(after.person, before.person) << i;
  }
}

TEST(JsonColumns, RefuseCorruptText) {
  const auto good = to_column(testing::event_from("kiosk", "1").evidence);
  for (const auto& text : {std::string(), std::string("{}"), std::string("null"), std::string("[1]"),
                           good.substr(0, good.size() - 1), std::string("{\"v\":\"x\"}")}) {
    EXPECT_THROW(evidence_from_column(text), core::InfraError) << text;
    EXPECT_THROW(quality_from_column(text), core::InfraError) << text;
  }
}

TEST(JsonColumns, RefuseEvidenceOfALaterVersion) {
  auto text = to_column(testing::event_from("kiosk", "1").evidence);
  const auto version = text.find("\"v\":1");
  ASSERT_NE(version, std::string::npos);
  text.replace(version, 5, "\"v\":2");
  EXPECT_THROW(evidence_from_column(text), core::InfraError);
}

TEST(JsonColumns, RefuseToStoreTextThatIsNotUtf8) {
  auto evidence = testing::event_from("kiosk", "1").evidence;
  evidence.model.value = "\xFF";
  EXPECT_THROW(to_column(evidence), core::InfraError);
}

}  // namespace
}  // namespace rollcall::storage
