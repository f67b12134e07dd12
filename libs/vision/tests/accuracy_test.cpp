// Accuracy floors of the standard pack on real photos. One binary and one ctest entry, so that LFW is
// embedded once.
//
// ROLLCALL_ACCURACY=clahe|mesh|flip measures a variant instead of the defaults; the floors are meant for the
// defaults.
#include "default_quality.hpp"
#include "support/shared_data.hpp"

#include <atomic>
#include <fstream>
#include <iostream>
#include <numeric>
#include <sstream>
#include <thread>

#include <gtest/gtest.h>

namespace rollcall::vision {
namespace {

using attendance::AnalyzedFace;
using Faces = std::map<std::string, std::optional<AnalyzedFace>>;  // by path below the data folder

constexpr std::size_t kThreads = 2;

PipelineSettings settings_under_test() {
  auto settings = testing::settings_with_models();
  settings.parallel = kThreads;
  const char* variant = std::getenv("ROLLCALL_ACCURACY");
  const std::string_view name = variant == nullptr ? "" : variant;
  if (name == "clahe") settings.clahe = Clahe::on;
  if (name == "mesh") settings.alignment = Alignment::mesh;
  if (name == "flip") settings.flip_averaging = FlipAveraging::on;
  return settings;
}

Pipeline& pipeline() {
  static const auto kPipeline = make_pipeline(settings_under_test());
  return *kPipeline;
}

double distance_to_centre(const AnalyzedFace& face, const attendance::ImageAnalysis& image) {
  return std::hypot(face.box.x + face.box.width / 2.0 - image.width_px / 2.0,
                    face.box.y + face.box.height / 2.0 - image.height_px / 2.0);
}

enum class MainFace { largest, most_central };

std::optional<AnalyzedFace> main_face(const std::string& file, MainFace which) {
  auto analysis = pipeline().analyze(testing::read_file(testing::data_dir() / file), {});
  if (!analysis || analysis->faces.empty()) return std::nullopt;
  if (which == MainFace::largest) return std::move(analysis->faces.front());
  return *std::ranges::min_element(
      analysis->faces, {}, [&](const AnalyzedFace& face) { return distance_to_centre(face, *analysis); });
}

Faces analyse_all(const std::vector<std::string>& files, MainFace which) {
  Faces faces;
  for (const auto& file : files) faces[file];
  std::atomic<std::size_t> next = 0;
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (std::size_t at = next++; at < files.size(); at = next++)
        faces.at(files[at]) = main_face(files[at], which);
    });
  }
  for (auto& thread : threads) thread.join();
  return faces;
}

std::vector<std::string> jpegs_below(const std::string& folder) {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(testing::data_dir() / folder)) {
    if (entry.path().extension() == ".jpg") {
      files.push_back(std::filesystem::relative(entry.path(), testing::data_dir()).string());
    }
  }
  std::ranges::sort(files);
  return files;
}

float cosine(const AnalyzedFace& a, const AnalyzedFace& b) {
  return std::inner_product(a.embedding.begin(), a.embedding.end(), b.embedding.begin(), 0.0F);
}

struct Pair {
  float score = 0;
  bool same = false;
};

std::size_t right_at(const std::vector<Pair>& pairs, float threshold) {
  return static_cast<std::size_t>(std::ranges::count_if(
      pairs, [threshold](const Pair& pair) { return (pair.score >= threshold) == pair.same; }));
}

float best_threshold(const std::vector<Pair>& pairs) {
  float best = 0;
  std::size_t most_right = 0;
  for (const auto& candidate : pairs) {
    const auto right = right_at(pairs, candidate.score);
    if (right > most_right) {
      most_right = right;
      best = candidate.score;
    }
  }
  return best;
}

class Lfw : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (!available()) return;
    const auto start = std::chrono::steady_clock::now();
    faces_ = analyse_all(jpegs_below("lfw/lfw-deepfunneled"), MainFace::most_central);
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - start;
    std::cout << "model " << pipeline().model().value << ": " << faces_.size() << " images in "
              << time.count() << " s with " << kThreads << " threads\n";
  }
  static void TearDownTestSuite() { faces_.clear(); }

  void SetUp() override {
    if (!available()) GTEST_SKIP() << "no models or no LFW, see ROLLCALL_MODEL_DIR and ROLLCALL_TEST_DATA";
  }

  static bool available() {
    return std::filesystem::exists(testing::model_dir() / "golden") &&
           std::filesystem::exists(testing::data_dir() / "lfw");
  }

  static const AnalyzedFace* face(const std::string& file) {
    const auto found = faces_.find(file);
    return found != faces_.end() && found->second ? &*found->second : nullptr;
  }

  static Faces faces_;
};

Faces Lfw::faces_;

TEST_F(Lfw, EveryFaceIsFound) {
  EXPECT_GE(faces_.size(), 4700U);
  std::size_t missed = 0;
  for (const auto& [file, found] : faces_) {
    if (found) continue;
    ++missed;
    ADD_FAILURE() << "no face in " << file;
  }
  std::cout << "faces found: " << faces_.size() - missed << " of " << faces_.size() << "\n";
}

std::string lfw_file(const std::string& person, int number) {
  std::ostringstream file;
  file << "lfw/lfw-deepfunneled/" << person << "/" << person << "_" << std::setw(4) << std::setfill('0')
       << number << ".jpg";
  return file.str();
}

TEST_F(Lfw, PairsAreToldApart) {
  std::ifstream list(testing::data_dir() / "lfw/pairs_dev.txt");
  int fold_count = 0;
  int pairs_per_kind = 0;
  list >> fold_count >> pairs_per_kind;
  list.ignore();
  std::vector<std::vector<Pair>> folds(static_cast<std::size_t>(fold_count));
  for (auto& fold : folds) {
    for (int i = 0; i < 2 * pairs_per_kind; ++i) {
      std::string line;
      ASSERT_TRUE(std::getline(list, line));
      std::istringstream words(line);
      const bool same = i < pairs_per_kind;
      std::string first;
      std::string second;
      int first_number = 0;
      int second_number = 0;
      if (same) {
        words >> first >> first_number >> second_number;
        second = first;
      } else {
        words >> first >> first_number >> second >> second_number;
      }
      const auto* a = face(lfw_file(first, first_number));
      const auto* b = face(lfw_file(second, second_number));
      ASSERT_TRUE(a != nullptr && b != nullptr) << line;
      fold.push_back({cosine(*a, *b), same});
    }
  }
  std::size_t right = 0;
  std::size_t all = 0;
  for (std::size_t held_out = 0; held_out < folds.size(); ++held_out) {
    std::vector<Pair> others;
    for (std::size_t i = 0; i < folds.size(); ++i) {
      if (i != held_out) others.insert(others.end(), folds[i].begin(), folds[i].end());
    }
    right += right_at(folds[held_out], best_threshold(others));
    all += folds[held_out].size();
  }
  const double accuracy = static_cast<double>(right) / static_cast<double>(all);
  std::cout << "pairs_dev: " << 100 * accuracy << " % of " << all << "\n";
  EXPECT_EQ(all, 3000U);
  EXPECT_GE(accuracy, 0.993);
}

struct Identified {
  std::string truth;  // empty for a stranger
  std::string named;
  float score = -1;
};

using Gallery = std::map<std::string, std::vector<const AnalyzedFace*>>;

Identified identify(const Gallery& gallery, const AnalyzedFace& probe, const std::string& truth) {
  Identified best{truth, {}, -1};
  for (const auto& [person, templates] : gallery) {
    for (const auto* enrolled : templates) {
      const float score = cosine(*enrolled, probe);
      if (score > best.score) best = {truth, person, score};
    }
  }
  return best;
}

TEST_F(Lfw, PeopleAreIdentifiedAmongStrangers) {
  std::ifstream list(testing::data_dir() / "lfw/identify_dev.tsv");
  Gallery gallery;
  std::vector<std::pair<std::string, const AnalyzedFace*>> probes;  // with the name, empty for a stranger
  std::string line;
  std::getline(list, line);
  while (std::getline(list, line)) {
    std::istringstream words(line);
    std::string role;
    std::string person;
    std::string image;
    words >> role >> person >> image;
    const auto* found = face("lfw/" + image);
    ASSERT_NE(found, nullptr) << image;
    if (role == "enrol") {
      gallery[person].push_back(found);
    } else {
      probes.emplace_back(role == "probe" ? person : "", found);
    }
  }
  std::vector<Identified> enrolled;
  std::vector<float> stranger_scores;
  for (const auto& [truth, probe] : probes) {
    const auto result = identify(gallery, *probe, truth);
    if (truth.empty()) {
      stranger_scores.push_back(result.score);
    } else {
      enrolled.push_back(result);
    }
  }
  ASSERT_EQ(gallery.size(), 796U);
  ASSERT_EQ(enrolled.size(), 1599U);
  ASSERT_EQ(stranger_scores.size(), 2034U);
  std::ranges::sort(stranger_scores, std::greater{});

  const auto share = [&enrolled](const auto& is) {
    return static_cast<double>(std::ranges::count_if(enrolled, is)) / static_cast<double>(enrolled.size());
  };
  const double rank_1 = share([](const Identified& result) { return result.named == result.truth; });
  std::cout << "identify_dev: rank-1 " << 100 * rank_1 << " %\n";
  EXPECT_GE(rank_1, 0.995);

  const auto check = [&](double false_positive_share, double miss_share_max) {
    // The lowest threshold at which no more than this share of the strangers gets a name.
    const auto allowed =
        static_cast<std::size_t>(false_positive_share * static_cast<double>(stranger_scores.size()));
    const float threshold = std::nextafter(stranger_scores[allowed], 2.0F);
    const double missed = share([threshold](const Identified& result) {
      return result.named != result.truth || result.score < threshold;
    });
    const auto wrong = std::ranges::count_if(enrolled, [threshold](const Identified& result) {
      return result.named != result.truth && result.score >= threshold;
    });
    std::cout << "  FPIR " << 100 * false_positive_share << " %: threshold " << threshold << ", FNIR "
              << 100 * missed << " %, wrong names " << wrong << "\n";
    EXPECT_LE(missed, miss_share_max);
    EXPECT_EQ(wrong, 0);
  };
  check(0.003, 0.035);
  check(0.01, 0.025);

  const auto& calibration = pipeline().facts().calibration;
  const auto named_strangers = std::ranges::count_if(
      stranger_scores, [&](float score) { return score >= calibration.identify_score_min; });
  const double missed =
      share([&](const Identified& result) { return result.score < calibration.identify_score_min; });
  std::cout << "  default threshold " << calibration.identify_score_min << ": " << named_strangers
            << " strangers named, FNIR " << 100 * missed << " %\n";
}

TEST_F(Lfw, QualityLimitsRefuseNearlyNobody) {
  std::map<std::string, std::vector<float>> measures;
  std::map<std::string, int> refused_at_checkin;
  std::map<std::string, int> refused_at_enrolment;
  std::size_t good_at_checkin = 0;
  std::size_t good_at_enrolment = 0;
  for (const auto& [file, found] : faces_) {
    if (!found) continue;
    const auto& quality = found->quality;
    measures["size_px"].push_back(quality.size_px);
    measures["score"].push_back(quality.detection_score);
    measures["sharpness"].push_back(quality.sharpness);
    measures["brightness"].push_back(quality.brightness);
    measures["|yaw|"].push_back(std::abs(quality.yaw_deg));
    measures["pitch"].push_back(quality.pitch_deg);
    measures["|roll|"].push_back(std::abs(quality.roll_deg));
    const auto at_checkin = domain::assess(quality, kCheckinQuality);
    const auto at_enrolment = domain::assess(quality, kEnrolmentQuality);
    good_at_checkin += at_checkin.empty() ? 1U : 0U;
    good_at_enrolment += at_enrolment.empty() ? 1U : 0U;
    for (const auto issue : at_checkin) ++refused_at_checkin[std::string(domain::name_of(issue))];
    for (const auto issue : at_enrolment) ++refused_at_enrolment[std::string(domain::name_of(issue))];
  }
  for (auto& [name, values] : measures) {
    std::ranges::sort(values);
    std::cout << name << ": least " << values.front() << ", 0.1 % " << values[values.size() / 1000]
              << ", 1 % " << values[values.size() / 100] << ", median " << values[values.size() / 2]
              << ", 99 % " << values[values.size() - 1 - values.size() / 100] << ", 99.9 % "
              << values[values.size() - 1 - values.size() / 1000] << ", most " << values.back() << "\n";
  }
  const auto total = static_cast<double>(faces_.size());
  const double checkin = static_cast<double>(good_at_checkin) / total;
  const double enrolment = static_cast<double>(good_at_enrolment) / total;
  std::cout << "good enough for check-in " << 100 * checkin << " %, for enrolment " << 100 * enrolment
            << " %\n";
  for (const auto& [issue, count] : refused_at_checkin)
    std::cout << "  check-in " << issue << " " << count << "\n";
  for (const auto& [issue, count] : refused_at_enrolment)
    std::cout << "  enrolment " << issue << " " << count << "\n";
  EXPECT_GE(checkin, 0.998);
  EXPECT_GE(enrolment, 0.95);
}

TEST(Deepface, EveryPairIsToldApart) {
  SKIP_WITHOUT_MODELS();
  SKIP_WITHOUT_DATA("photos_deepface");
  const auto faces = analyse_all(jpegs_below("photos_deepface"), MainFace::largest);
  std::ifstream list(testing::data_dir() / "photos_deepface/master.csv");
  std::vector<Pair> pairs;
  std::string line;
  std::getline(list, line);
  while (std::getline(list, line)) {
    std::istringstream words(line);
    std::string first;
    std::string second;
    std::string decision;
    std::getline(words, first, ',');
    std::getline(words, second, ',');
    std::getline(words, decision);
    const auto& a = faces.at("photos_deepface/" + first);
    const auto& b = faces.at("photos_deepface/" + second);
    ASSERT_TRUE(a && b) << line;
    pairs.push_back({cosine(*a, *b), decision.starts_with("Yes")});
  }
  const float threshold = best_threshold(pairs);
  std::cout << "deepface: " << right_at(pairs, threshold) << " of " << pairs.size() << " at " << threshold
            << "\n";
  EXPECT_GE(pairs.size(), 299U);
  EXPECT_EQ(right_at(pairs, threshold), pairs.size());
}

TEST(Webcam, StrangersStayBelowTheDefaultThreshold) {
  SKIP_WITHOUT_MODELS();
  SKIP_WITHOUT_DATA("casia_v5_sample");
  const auto faces = analyse_all(jpegs_below("casia_v5_sample"), MainFace::largest);
  std::vector<float> same;
  std::vector<float> different;
  for (auto a = faces.begin(); a != faces.end(); ++a) {
    ASSERT_TRUE(a->second) << a->first;
    for (auto b = std::next(a); b != faces.end(); ++b) {
      ASSERT_TRUE(b->second) << b->first;
      const auto folder = [](const std::string& file) { return file.substr(0, file.rfind('/')); };
      (folder(a->first) == folder(b->first) ? same : different).push_back(cosine(*a->second, *b->second));
    }
  }
  std::ranges::sort(same);
  std::ranges::sort(different);
  std::cout << "webcam: " << same.size() << " pairs of one person from " << same.front() << ", median "
            << same[same.size() / 2] << "; " << different.size() << " of two people up to "
            << different.back() << ", median " << different[different.size() / 2] << "\n";
  EXPECT_LT(different.back(), pipeline().facts().calibration.identify_score_min);
}

}  // namespace
}  // namespace rollcall::vision
