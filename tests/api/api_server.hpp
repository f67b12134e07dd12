// The API over real storage and a real gallery, through a real socket; only the faces are scripted.
#pragma once

#include "support/http_client.hpp"
#include "support/temp_folder.hpp"

#include <filesystem>
#include <fstream>
#include <set>

#include <gtest/gtest.h>

#include <rollcall/accounts/api_keys.hpp>
#include <rollcall/api/api.hpp>
#include <rollcall/api/gatekeeper.hpp>
#include <rollcall/api/metrics.hpp>
#include <rollcall/attendance/testing/scripted_analyzer.hpp>
#include <rollcall/core/infra_error.hpp>
#include <rollcall/core/testing/fake_clock.hpp>
#include <rollcall/gallery/gallery.hpp>
#include <rollcall/http/server.hpp>
#include <rollcall/storage/account_stores.hpp>
#include <rollcall/storage/database.hpp>
#include <rollcall/storage/master_keys.hpp>
#include <rollcall/storage/migrations.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::testing {

// Answers for one allowed address.
class ScriptedImageSource final : public attendance::ImageSource {
 public:
  core::Result<std::string> fetch(const std::string& url) override {
    ++calls;
    if (url == "https://photos.example/ada.jpg") return std::string("ada");
    return core::Error{core::Errc::forbidden, "image_url_host_not_allowed", "Not an allowed host."};
  }
  int calls = 0;
};

constexpr const char* kPassword = "correct horse battery";

class ApiServer {
 public:
  explicit ApiServer(api::GateSettings gate_settings = {}, accounts::Rate rate = {1'000'000},
                     accounts::Rate login_rate = {1'000'000})
      : requests_(clock, rate),
        logins_(clock, login_rate),
        gate_({sessions, api_keys, requests_, logins_, std::move(gate_settings)}) {
    using attendance::testing::good_face;
    analyzer.photos["ada"] = {good_face(1, 0)};
    analyzer.photos["ada again"] = {good_face(1, 0.1F)};
    analyzer.photos["bob"] = {good_face(0, 1)};
    analyzer.photos["stranger"] = {good_face(-1, 0.2F)};
    analyzer.photos["between"] = {good_face(1, 0.98F)};
    analyzer.photos["small"] = {good_face(1, 0, 20)};
    analyzer.photos["wall"] = {};
    analyzer.photos["group"] = {good_face(1, 0.1F, 200), good_face(0.1F, 1, 150), good_face(-1, 0, 100)};
    http::Router router;
    api::add_routes(router, services);
    for (const auto& route : router.routes()) routes.push_back({route.method, route.pattern, route.name});
    server_ = std::make_unique<http::Server>(http::ServerSettings{}, std::move(router), &metrics, &gate_);
    server_->start();
    url = "http://127.0.0.1:" + std::to_string(server_->port());
    client = std::make_unique<HttpClient>(url, token_of(accounts::Role::admin));
  }

  // Of a new user of that role, or of a new device, or an API key with every scope.
  std::string token_of(accounts::Role role, const std::optional<domain::PersonId>& person = {}) {
    using accounts::Role;
    if (role == Role::service) {
      return api_keys.add({"test", {"checkins", "events", "metrics", "people"}, "test", {}}).secret;
    }
    const auto name = std::string(accounts::name_of(role)) + "-" + std::to_string(++made_);
    if (role == Role::device) {
      const auto code = devices.make_code("test", std::chrono::minutes(15)).code;
      return devices.enroll({name, "", code}).value().tokens->access_token;
    }
    const auto user =
        users.add({.username = name, .password = kPassword, .role = role, .person = person}).value();
    return sessions.start(accounts::SubjectKind::user, user.id.value).access_token;
  }

  // Everything in the data folder: the database, its log, blobs.
  std::string stored_bytes() const {
    std::string bytes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      bytes.append(std::istreambuf_iterator<char>(file), {});
    }
    return bytes;
  }

  // A person who agreed; the id.
  std::string consenting(const std::string& name, const std::string& external_id) {
    const auto added = client->post_json(
        "/v1/people",
        {{"display_name", name}, {"external_id", external_id}, {"consent", {{"text_version", "2026-03"}}}});
    EXPECT_EQ(added.status, 201) << added.body;
    return added.json().value("id", "");
  }

  // A person with one enrolled photo; the id.
  std::string enrolled(const std::string& name, const std::string& photo) {
    const auto id = consenting(name, "emp-" + name);
    const auto faces = client->post_form("/v1/people/" + id + "/faces", {{"images", photo, name + ".jpg"}});
    EXPECT_EQ(faces.status, 201) << faces.body;
    return id;
  }

 private:
  static storage::Database& migrated(storage::Database& database) {
    storage::migrate(database);
    return database;
  }

  static storage::MasterKeys random_masters() {
    crypto::start();
    return storage::MasterKeys(crypto::Key::random());
  }

  TempFolder folder_;
  storage::Database database_{{.url = "sqlite:///" + (folder_.path() / "test.db").string(),
                               .data_key = crypto::Key::from_bytes(std::string(32, 'k'))}};
  const storage::MasterKeys masters_ = random_masters();
  std::unique_ptr<attendance::PeopleStore> people_store_ = storage::make_people_store(migrated(database_));
  std::unique_ptr<attendance::ConsentStore> consent_store_ = storage::make_consent_store(database_);
  std::unique_ptr<attendance::FaceStore> face_store_ = storage::make_face_store(database_, masters_);
  std::unique_ptr<attendance::EventStore> event_store_ = storage::make_event_store(database_);
  std::unique_ptr<attendance::ErasureStore> erasure_store_ = storage::make_erasure_store(database_);
  std::unique_ptr<attendance::ErasureJournal> journal_ =
      storage::make_erasure_journal(folder_.path() / "erasures.jsonl");
  std::unique_ptr<attendance::BlobStore> blobs_ = storage::make_folder_blob_store(folder_.path() / "blobs");
  std::unique_ptr<attendance::CropStore> crops_ = storage::make_crop_store(database_, masters_, *blobs_);
  gallery::Gallery index_{2};
  const domain::RecognitionPolicy policy_{.identify_score_min = 0.7F,
                                          .verify_score_min = 0.65F,
                                          .margin_min = 0.05F,
                                          .quality = {.size_px_min = 30}};

 public:
  core::testing::FakeClock clock;
  attendance::testing::ScriptedAnalyzer analyzer;
  ScriptedImageSource images;
  api::Metrics metrics;
  bool database_works = true;

 private:
  std::unique_ptr<accounts::UserStore> user_store_ = storage::make_user_store(database_);
  std::unique_ptr<accounts::DeviceStore> device_store_ = storage::make_device_store(database_);
  std::unique_ptr<accounts::SessionStore> session_store_ = storage::make_session_store(database_);
  std::unique_ptr<accounts::ApiKeyStore> api_key_store_ = storage::make_api_key_store(database_);
  accounts::Roster roster_;
  const accounts::AccessTokens access_tokens_{{.signing_keys = {"a test's key of more than 32 bytes."}},
                                              clock};
  accounts::LoginGuard login_guard_{clock};
  int made_ = 0;

 public:
  std::unique_ptr<accounts::AuditTrail> audit = storage::make_audit_trail(database_);
  accounts::Sessions sessions{{.store = *session_store_,
                               .roster = roster_,
                               .access_tokens = access_tokens_,
                               .key = crypto::Key::random(),
                               .clock = clock,
                               .policy = {}}};
  // As little work as libsodium allows.
  accounts::PasswordHasher hasher{crypto::Key::random(), {.passes = 1, .memory_bytes = 8192}};
  accounts::Users users{
      {*user_store_, roster_, sessions, hasher, login_guard_, crypto::Key::random(), clock}};
  accounts::Devices devices{{*device_store_, roster_, sessions, crypto::Key::random(), clock}};
  accounts::ApiKeys api_keys{{*api_key_store_, crypto::Key::random(), clock}};

 private:
  attendance::GalleryKeeper keeper_{
      {*face_store_, index_, *crops_, *erasure_store_, *journal_, analyzer.model()}};
  attendance::People people_{{*people_store_, keeper_, clock}};
  attendance::Consents consents_{{*people_store_, *consent_store_, keeper_, clock}};
  attendance::ErasePerson erase_person_{
      {*people_store_, keeper_, clock, crypto::SigningKey(crypto::Key::random())}};
  attendance::EnrollFace enroll_{{*people_store_,
                                  *consent_store_,
                                  analyzer,
                                  index_,
                                  keeper_,
                                  clock,
                                  {.quality = {.size_px_min = 50},
                                   .augmentations = 1,
                                   .other_person_score_max = 0.9F,
                                   .crop = attendance::CropOutput::png}}};
  attendance::RecognizeFaces recognize_{{analyzer, index_, policy_}};
  attendance::RecordCheckin checkin_{{*event_store_, people_, analyzer, index_, clock, policy_}};

 public:
  api::Services services{.people_store = *people_store_,
                         .face_store = *face_store_,
                         .event_store = *event_store_,
                         .index = index_,
                         .gallery = keeper_,
                         .people = people_,
                         .consents = consents_,
                         .erase_person = erase_person_,
                         .crops = *crops_,
                         .enroll_face = enroll_,
                         .recognize_faces = recognize_,
                         .record_checkin = checkin_,
                         .image_source = images,
                         .audit = *audit,
                         .clock = clock,
                         .metrics = metrics,
                         .facts = {.version = "0.0.0-test",
                                   .environment = "development",
                                   .pack = "scripted",
                                   .model = "scripted@1"},
                         .limits = {.image_bytes_max = 100'000, .images_max = 4},
                         .home_page =
                             [](const http::Request&) {
                               http::Response page{.status = 200, .headers = {}, .body = "<!doctype html>"};
                               page.headers.set("Content-Type", "text/html; charset=utf-8");
                               return page;
                             },
                         .check_database =
                             [this] {
                               if (!database_works)
                                 throw core::InfraError("the database is gone: secret detail");
                             },
                         .accepting = [] { return true; },
                         .accounts = {users, sessions, devices, api_keys}};

 private:
  accounts::RateLimiter requests_;
  accounts::RateLimiter logins_;
  api::Gatekeeper gate_;
  std::unique_ptr<http::Server> server_;

 public:
  struct RouteFacts {
    http::Method method;
    std::string pattern;
    std::string operation;  // its row in the permission table
  };
  std::vector<RouteFacts> routes;
  std::string url;
  std::unique_ptr<HttpClient> client;  // of an administrator
};

}  // namespace rollcall::testing
