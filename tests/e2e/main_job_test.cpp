// The main job through the real program and its socket: enrol people from a folder, check them in with other
// photos, refuse strangers, and read the events back.
#include "support/drawn_photo.hpp"
#include "support/http_client.hpp"
#include "support/server_process.hpp"
#include "support/shared_files.hpp"
#include "support/temp_folder.hpp"

#include <fstream>
#include <set>
#include <sstream>

#include <gtest/gtest.h>

namespace rollcall::testing {
namespace {

namespace fs = std::filesystem;

struct Probe {
  std::string external_id;  // empty: a stranger
  std::string image;
};

struct Outcome {
  int recognised = 0;
  int missed = 0;                      // enrolled, no name given
  int wrong_name = 0;                  // somebody else's name given
  int refused = 0;                     // no face, or several
  std::map<std::string, int> reasons;  // of everybody
};

std::string text_of(const std::map<std::string, int>& reasons) {
  std::string text;
  for (const auto& [reason, count] : reasons) text += " " + reason + " " + std::to_string(count) + ",";
  return text;
}

Environment environment_for(const TempFolder& data, const std::string& model_dir) {
  return {{"DATA_DIR", data.path().string()}, {"ROLLCALL_MODEL_DIR", model_dir}, {"LOG_FORMAT", "json"}};
}

// Checks everybody in through the socket; every 2xx must be in the ledger afterwards, with the same verdict.
Outcome check_in_all(HttpClient& client, const std::vector<Probe>& probes) {
  Outcome outcome;
  std::map<std::string, std::string> verdicts;
  for (std::size_t i = 0; i < probes.size(); ++i) {
    const auto id = "e" + std::to_string(i);
    const auto reply = client.post_form("/v1/checkins",
                                        {{"image", probes[i].image, "probe.jpg"}, {"device_id", "kiosk-001"}},
                                        {{"Idempotency-Key", id}});
    if (reply.reason() == "no_face" || reply.reason() == "multiple_faces") {
      ++outcome.refused;
      ++outcome.reasons[reply.reason()];
      continue;
    }
    EXPECT_EQ(reply.status, 201) << reply.body;
    const auto event = reply.json().at("event");
    verdicts[id] = event.at("verdict");
    ++outcome.reasons[event.at("reason")];
    const auto name =
        event.at("person").is_null() ? "" : event.at("person").at("external_id").get<std::string>();
    if (name.empty()) {
      outcome.missed += probes[i].external_id.empty() ? 0 : 1;
    } else if (name == probes[i].external_id) {
      ++outcome.recognised;
    } else {
      ++outcome.wrong_name;
    }
  }
  std::string cursor;
  std::size_t read_back = 0;
  do {
    const auto page = client.get("/v1/events?limit=100" + (cursor.empty() ? "" : "&cursor=" + cursor)).json();
    for (const auto& event : page.at("items")) {
      EXPECT_EQ(verdicts.at(event.at("event_id")), event.at("verdict"));
      ++read_back;
    }
    cursor = page.at("next_cursor").is_null() ? "" : page.at("next_cursor").get<std::string>();
  } while (!cursor.empty());
  EXPECT_EQ(read_back, verdicts.size());
  return outcome;
}

// Enrolment photos of `count` drawn people as folders.
void write_drawn_people(const fs::path& folder, unsigned count) {
  for (unsigned person = 0; person < count; ++person) {
    const auto own = folder / ("person_" + std::to_string(person));
    fs::create_directories(own);
    for (unsigned photo = 0; photo < 3; ++photo) {
      std::ofstream(own / (std::to_string(photo) + ".jpg"), std::ios::binary) << drawn_photo(person, photo);
    }
  }
}

TEST(MainJob, ClassicPackEnrolsDrawnPeopleChecksThemInAndRefusesStrangers) {
  const TempFolder data;
  const TempFolder photos;
  constexpr unsigned kPeople = 12;
  write_drawn_people(photos.path(), kPeople);
  auto environment = environment_for(data, (data.path() / "no-models").string());
  const auto enrolled =
      run_rollcall({"enroll", photos.path().string(), "--consent-version", "1"}, environment);
  ASSERT_EQ(enrolled.exit_code, 0) << enrolled.output;

  ServerProcess server(environment);
  HttpClient client(server.url(), server.admin_token());
  const auto status = client.get("/v1/status").json();
  EXPECT_EQ(status.at("pack"), "classic");
  EXPECT_TRUE(status.at("demo_grade"));
  EXPECT_GE(status.at("recognisable_people"), kPeople - 1);

  std::vector<Probe> probes;
  for (unsigned person = 0; person < kPeople; ++person) {
    for (unsigned photo = 10; photo < 12; ++photo) {
      probes.push_back({"person_" + std::to_string(person), drawn_photo(person, photo)});
    }
    probes.push_back({"", drawn_photo(1000 + person, 1)});
  }
  const auto outcome = check_in_all(client, probes);
  std::cout << "classic pack, drawn faces: " << outcome.recognised << " of " << 2 * kPeople << " recognised, "
            << outcome.missed << " missed, " << outcome.refused << " without a face, " << outcome.wrong_name
            << " wrong names over " << kPeople << " strangers\n";
  EXPECT_EQ(outcome.wrong_name, 0);
  EXPECT_GE(outcome.recognised, static_cast<int>(2 * kPeople * 7 / 10));
}

struct LfwSample {
  std::map<std::string, std::vector<fs::path>> enrol;
  std::vector<std::pair<std::string, fs::path>> probes;
  std::vector<fs::path> strangers;
};

// The first `people` people of the development half that have photos for both.
LfwSample lfw_sample(const fs::path& lfw, std::size_t people) {
  LfwSample sample;
  std::set<std::string> chosen;
  std::ifstream in(lfw / "identify_dev.tsv");
  for (std::string line; std::getline(in, line);) {
    std::istringstream row(line);
    std::string role;
    std::string name;
    std::string image;
    if (!(row >> role >> name >> image) || role.starts_with('#')) continue;
    if (role == "unknown") {
      if (sample.strangers.size() < people) sample.strangers.push_back(lfw / image);
    } else if (chosen.contains(name) || chosen.size() < people) {
      chosen.insert(name);
      if (role == "enrol") sample.enrol[name].push_back(lfw / image);
      if (role == "probe") sample.probes.emplace_back(name, lfw / image);
    }
  }
  return sample;
}

TEST(MainJob, StandardPackEnrolsRealPeopleChecksThemInAndRefusesStrangers) {
  const auto models = model_dir();
  const auto photos = test_data();
  if (!models || !photos)
    GTEST_SKIP() << "needs the standard models and the LFW photos (ROLLCALL_MODEL_DIR, ROLLCALL_TEST_DATA)";
  const auto sample = lfw_sample(*photos / "lfw", 60);
  const TempFolder data;
  const TempFolder people;
  for (const auto& [name, images] : sample.enrol) {
    fs::create_directories(people.path() / name);
    for (const auto& image : images) fs::create_symlink(image, people.path() / name / image.filename());
  }
  auto environment = environment_for(data, models->string());
  environment["ENROLLMENT_AUGMENTATIONS_PER_IMAGE"] = "1";
  const auto report = data.path() / "report.csv";
  const auto enrolled = run_rollcall(
      {"enroll", people.path().string(), "--consent-version", "1", "--report", report.string()}, environment);
  ASSERT_EQ(enrolled.exit_code, 0) << enrolled.output;
  EXPECT_TRUE(fs::exists(report));

  ServerProcess server(environment);
  HttpClient client(server.url(), server.admin_token());
  EXPECT_EQ(client.get("/v1/status").json().at("pack"), "standard");
  std::vector<Probe> probes;
  for (const auto& [name, image] : sample.probes) probes.push_back({name, file_bytes(image)});
  for (const auto& image : sample.strangers) probes.push_back({"", file_bytes(image)});
  const auto outcome = check_in_all(client, probes);
  std::cout << "standard pack, LFW: " << outcome.recognised << " of " << sample.probes.size()
            << " recognised, " << outcome.missed << " missed, " << outcome.refused << " refused, "
            << outcome.wrong_name << " wrong names over " << sample.strangers.size()
            << " strangers:" << text_of(outcome.reasons) << "\n";
  EXPECT_EQ(outcome.wrong_name, 0);
  // The shipped threshold of 0.50 is chosen for webcams, where impostors reach 0.48: on these press photos,
  // with mostly one photo enrolled, it refuses many. The floors at calibrated thresholds are held by the
  // accuracy tests.
  EXPECT_GE(outcome.recognised, static_cast<int>(sample.probes.size() * 7 / 10));
}

TEST(MainJob, AStoredDecisionExplainsItselfAndReplays) {
  const TempFolder data;
  const TempFolder photos;
  write_drawn_people(photos.path(), 3);
  auto environment = environment_for(data, (data.path() / "no-models").string());
  ASSERT_EQ(run_rollcall({"enroll", photos.path().string(), "--consent-version", "1"}, environment).exit_code,
            0);
  ServerProcess server(environment);
  HttpClient client(server.url(), server.admin_token());
  for (const unsigned person : {0U, 1U, 2U, 2000U}) {
    const auto reply = client.post_image("/v1/checkins?device_id=kiosk-002", drawn_photo(person, 20));
    if (reply.status != 201) continue;  // a drawn face that the classic detector does not find
    const auto id = reply.json().at("event").at("id").get<std::string>();
    const auto explanation = client.get("/v1/events/" + id + "/explain").json();
    EXPECT_TRUE(explanation.at("replay").at("agrees"));
    EXPECT_EQ(explanation.at("event").at("verdict"), reply.json().at("event").at("verdict"));
    EXPECT_GE(explanation.at("steps").size(), 2U);
    EXPECT_FALSE(explanation.at("candidates").empty());
  }
  EXPECT_GE(client.get("/v1/events").json().at("items").size(), 3U);
}

}  // namespace
}  // namespace rollcall::testing
