#include "classic/classic_pack.hpp"
#include "support/synthetic_face.hpp"

#include <cmath>
#include <numeric>
#include <optional>

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

namespace rollcall::vision::classic {
namespace {

constexpr int kSizePx = 480;

float cosine(const domain::Embedding& a, const domain::Embedding& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0F);
}

// This pack's landmarks are an exact similarity of the template, so three of them give the transform.
cv::Mat crop_of(const cv::Mat& image, const domain::Landmarks& landmarks, const AlignmentTemplate& target) {
  std::array<cv::Point2f, 3> from;
  std::array<cv::Point2f, 3> to;
  for (std::size_t i = 0; i < 3; ++i) {
    from[i] = {landmarks[i].x, landmarks[i].y};
    to[i] = {target.points[i].x, target.points[i].y};
  }
  cv::Mat crop;
  cv::warpAffine(image, crop, cv::getAffineTransform(from.data(), to.data()), target.size);
  return crop;
}

class LbpEmbedder : public testing::Test {
 protected:
  std::optional<domain::Embedding> embed(std::uint64_t person, std::uint64_t photo) {
    const auto image = synthetic::draw_face({person}, {photo}, kSizePx);
    const auto faces = detector_->detect(image);
    if (faces.empty()) return std::nullopt;
    return embedder_->embed({crop_of(image, faces.front().landmarks, embedder_->alignment())}).front();
  }

  const std::unique_ptr<FaceDetector> detector_ = make_detector(kDetectionScoreMin);
  const std::unique_ptr<FaceEmbedder> embedder_ = make_embedder();
};

TEST_F(LbpEmbedder, NamesItsModelAndItsCrop) {
  EXPECT_EQ(embedder_->model().value, "classic_lbp@1");
  EXPECT_EQ(embedder_->alignment().size, cv::Size(112, 112));
}

TEST_F(LbpEmbedder, GivesUnitVectorsOfItsDimensionInOrder) {
  cv::Mat noise(112, 112, CV_8UC3);
  cv::RNG random{3};
  random.fill(noise, cv::RNG::UNIFORM, 0, 255);
  const cv::Mat plain(112, 112, CV_8UC3, cv::Scalar::all(100));
  cv::Mat gradient = noise.clone();
  for (int x = 0; x < gradient.cols; ++x) gradient.col(x).setTo(cv::Scalar::all(2 * x));

  const auto embeddings = embedder_->embed({noise, plain, gradient});
  ASSERT_EQ(embeddings.size(), 3U);
  for (const auto& embedding : embeddings) {
    EXPECT_EQ(embedding.size(), embedder_->dimension());
    EXPECT_NEAR(cosine(embedding, embedding), 1.0F, 1e-5F);
  }
  EXPECT_EQ(embedder_->embed({gradient}).front(), embeddings[2]);
  EXPECT_TRUE(embedder_->embed({}).empty());
}

TEST_F(LbpEmbedder, HardlySeesHowStrongTheLightIs) {
  const auto image = synthetic::draw_face({12}, {1}, kSizePx);
  const auto faces = detector_->detect(image);
  ASSERT_EQ(faces.size(), 1U);
  const auto crop = crop_of(image, faces.front().landmarks, embedder_->alignment());
  const cv::Mat darker = crop * 0.6;
  const auto embeddings = embedder_->embed({crop, darker});
  EXPECT_GT(cosine(embeddings[0], embeddings[1]), 0.9F);
}

// People and photos that no threshold was chosen with: 16 enrolled with 3 photos each, 16 strangers.
TEST_F(LbpEmbedder, NamesDrawnPeopleAndNoStranger) {
  constexpr std::uint64_t kFirstPerson = 8001;
  constexpr std::uint64_t kEnrolled = 16;
  constexpr std::uint64_t kStrangers = 16;
  struct Template {
    std::uint64_t person;
    domain::Embedding embedding;
  };
  std::vector<Template> gallery;
  for (std::uint64_t person = kFirstPerson; person < kFirstPerson + kEnrolled; ++person) {
    for (std::uint64_t photo = 1; photo <= 3; ++photo) {
      if (auto embedding = embed(person, photo)) gallery.push_back({person, std::move(*embedding)});
    }
  }
  ASSERT_GE(gallery.size(), kEnrolled * 3 * 19 / 20);

  int named = 0;
  for (std::uint64_t person = kFirstPerson; person < kFirstPerson + kEnrolled + kStrangers; ++person) {
    const auto probe = embed(person, 9);
    if (!probe) continue;
    const auto score = [&](const Template& entry) { return cosine(entry.embedding, *probe); };
    const auto best = std::max_element(gallery.begin(), gallery.end(),
                                       [&](const auto& a, const auto& b) { return score(a) < score(b); });
    if (score(*best) < kIdentifyScoreMin) continue;
    EXPECT_EQ(best->person, person) << "score " << score(*best);
    ++named;
  }
  EXPECT_GE(named, static_cast<int>(kEnrolled * 9 / 10));
}

}  // namespace
}  // namespace rollcall::vision::classic
