#include "api_server.hpp"

namespace rollcall::testing {
namespace {

TEST(CheckinApi, AFormARawImageAndTheSourceSystemsJsonMeanTheSame) {
  ApiServer server;
  auto& client = *server.client;
  const auto id = server.enrolled("ada", "ada");
  const std::vector<Reply> replies{
      client.post_form("/v1/checkins", {{"image", "ada again", "p.jpg"}, {"device_id", "kiosk-001"}}),
      client.post_image("/v1/checkins?device_id=kiosk-001", "ada again"),
      client.post_json("/v1/checkins", {{"user_id", "emp-ada"},
                                        {"device_id", "kiosk-001"},
                                        {"image_url", "https://photos.example/ada.jpg"}})};
  for (const auto& reply : replies) {
    ASSERT_EQ(reply.status, 201) << reply.body;
    const auto answer = reply.json();
    EXPECT_FALSE(answer.at("duplicate"));
    EXPECT_EQ(answer.at("event").at("verdict"), "match");
    EXPECT_EQ(answer.at("event").at("person").at("id"), id);
    EXPECT_EQ(answer.at("event").at("device_id"), "kiosk-001");
    EXPECT_EQ(reply.body.find("score"), std::string::npos);
  }
}

TEST(CheckinApi, StrangersAndLookAlikesGetNoName) {
  ApiServer server;
  auto& client = *server.client;
  server.enrolled("ada", "ada");
  server.enrolled("bob", "bob");
  const std::map<std::string, std::string> expected{
      {"stranger", "unknown"}, {"between", "ambiguous"}, {"small", "low_quality"}};
  for (const auto& [photo, verdict] : expected) {
    const auto event = client.post_image("/v1/checkins", photo).json().at("event");
    EXPECT_EQ(event.at("verdict"), verdict) << photo;
    EXPECT_TRUE(event.at("person").is_null()) << photo;
  }
}

TEST(CheckinApi, ARetryIsRecordedOnceWhicheverWayTheIdIsSent) {
  ApiServer server;
  auto& client = *server.client;
  server.enrolled("ada", "ada");
  const auto first =
      client.post_image("/v1/checkins?device_id=k1", "ada again", {{"Idempotency-Key", "e-1"}});
  const auto retry = client.post_image("/v1/checkins?device_id=k1&event_id=e-1", "ada again");
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(retry.status, 200);
  EXPECT_TRUE(retry.json().at("duplicate"));
  EXPECT_EQ(retry.json().at("event"), first.json().at("event"));
  EXPECT_EQ(client.get("/v1/events").json().at("items").size(), 1U);
  // The same id of another device is another check-in.
  EXPECT_EQ(client.post_image("/v1/checkins?device_id=k2&event_id=e-1", "ada again").status, 201);
}

TEST(CheckinApi, AnIdUsedForAnotherPictureIsAConflict) {
  ApiServer server;
  auto& client = *server.client;
  ASSERT_EQ(client.post_image("/v1/checkins?event_id=e-1", "ada").status, 201);
  EXPECT_EQ(client.post_image("/v1/checkins?event_id=e-1", "bob").reason(), "event_id_reused");
  EXPECT_EQ(client.post_image("/v1/checkins?event_id=e-1&user_id=emp-1", "ada").status, 409);
  EXPECT_EQ(client.get("/v1/events").json().at("items").size(), 1U);
}

TEST(CheckinApi, ARetryWithImageUrlDoesNotFetchAgain) {
  ApiServer server;
  const nlohmann::json body{
      {"device_id", "k1"}, {"image_url", "https://photos.example/ada.jpg"}, {"event_id", "e-1"}};
  EXPECT_EQ(server.client->post_json("/v1/checkins", body).status, 201);
  EXPECT_EQ(server.client->post_json("/v1/checkins", body).status, 200);
  EXPECT_EQ(server.images.calls, 1);
}

struct Refusal {
  const char* name;
  const char* query;
  const char* image;
  long status;
  const char* reason;
};

class CheckinRefused : public ::testing::TestWithParam<Refusal> {};

TEST_P(CheckinRefused, AndNothingIsRecorded) {
  ApiServer server;
  const auto reply =
      server.client->post_image(std::string("/v1/checkins") + GetParam().query, GetParam().image);
  EXPECT_EQ(reply.status, GetParam().status) << reply.body;
  EXPECT_EQ(reply.reason(), GetParam().reason) << reply.body;
  EXPECT_TRUE(server.client->get("/v1/events").json().at("items").empty());
}

INSTANTIATE_TEST_SUITE_P(
    Pictures, CheckinRefused,
    ::testing::Values(Refusal{"no_face", "", "wall", 422, "no_face"},
                      Refusal{"several_faces", "", "group", 422, "multiple_faces"},
                      Refusal{"not_an_image", "", "garbage", 422, "image_corrupt"},
                      Refusal{"unknown_person", "?user_id=emp-404", "ada", 404, "person_not_found"},
                      Refusal{"bad_time", "?captured_at=yesterday", "ada", 400, "invalid_request"},
                      Refusal{"empty_event_id", "?event_id=", "ada", 400, "invalid_request"},
                      Refusal{"unknown_parameter", "?evnt_id=1", "ada", 400, "invalid_request"}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(CheckinApi, RefusesContradictionsAndForeignHosts) {
  ApiServer server;
  auto& client = *server.client;
  EXPECT_EQ(client.post_image("/v1/checkins?event_id=a", "ada", {{"Idempotency-Key", "b"}}).reason(),
            "event_id_mismatch");
  const auto foreign =
      client.post_json("/v1/checkins", {{"device_id", "k"}, {"image_url", "http://169.254.169.254/latest"}});
  EXPECT_EQ(foreign.status, 403);
  EXPECT_EQ(foreign.reason(), "image_url_host_not_allowed");
  EXPECT_EQ(client.post_form("/v1/checkins", {{"image", "ada", "1"}, {"device_id", "\xff\xfe"}}).reason(),
            "invalid_request");
  EXPECT_EQ(client.post_image("/v1/checkins", "ada", {{"Idempotency-Key", "caf\xe9"}}).reason(),
            "invalid_request");
  EXPECT_EQ(client.send("POST", "/v1/checkins", "<x/>", {{"Content-Type", "text/xml"}}).status, 415);
  EXPECT_EQ(client.post_form("/v1/checkins", {{"image", "ada", "1"}, {"image", "bob", "2"}}).reason(),
            "image_missing");
}

TEST(EventsApi, FiltersCursorsAndLimits) {
  ApiServer server;
  auto& client = *server.client;
  const auto ada = server.enrolled("ada", "ada");
  for (int i = 0; i < 3; ++i) {
    server.clock.advance(std::chrono::minutes{1});
    ASSERT_EQ(client.post_image("/v1/checkins?device_id=k1", "ada again").status, 201);
    ASSERT_EQ(client.post_image("/v1/checkins?device_id=k2", "stranger").status, 201);
  }
  const auto count = [&](const std::string& query) {
    return client.get("/v1/events?" + query).json().at("items").size();
  };
  EXPECT_EQ(count("limit=500"), 6U);
  EXPECT_EQ(count("device_id=k1"), 3U);
  EXPECT_EQ(count("verdict=unknown"), 3U);
  EXPECT_EQ(count("person_id=" + ada), 3U);
  EXPECT_EQ(count("from=2026-01-01T00:02:00Z&until=2026-01-01T00:03:00Z"), 2U);
  const auto page = client.get("/v1/events?limit=4").json();
  EXPECT_EQ(page.at("items").size(), 4U);
  EXPECT_GT(page.at("items")[0].at("sequence"), page.at("items")[3].at("sequence"));
  EXPECT_EQ(count("limit=4&cursor=" + page.at("next_cursor").get<std::string>()), 2U);
}

TEST(EventsApi, ExplainShowsTheDecisionAndReplaysIt) {
  ApiServer server;
  auto& client = *server.client;
  server.enrolled("ada", "ada");
  server.enrolled("bob", "bob");
  const auto id = client.post_image("/v1/checkins", "between").json().at("event").at("id").get<std::string>();
  const auto explanation = client.get("/v1/events/" + id + "/explain").json();
  EXPECT_TRUE(explanation.at("replay").at("agrees"));
  EXPECT_EQ(explanation.at("replay").at("reason"), "margin_too_small");
  EXPECT_EQ(explanation.at("candidates").size(), 2U);
  EXPECT_EQ(explanation.at("candidates")[0].at("display_name"), "ada");
  EXPECT_EQ(explanation.at("policy").at("margin_min"), 0.05);
  EXPECT_EQ(client.get("/v1/events/none/explain").reason(), "event_not_found");
  EXPECT_EQ(client.get("/v1/events/" + id).json().at("id"), id);
}

TEST(EventsApi, AnErasedPersonLeavesEventsWithoutAName) {
  ApiServer server;
  auto& client = *server.client;
  const auto ada = server.enrolled("ada", "ada");
  ASSERT_EQ(client.post_image("/v1/checkins", "ada again").status, 201);
  ASSERT_EQ(client.send("DELETE", "/v1/people/" + ada).status, 200);
  const auto events = client.get("/v1/events").json();
  EXPECT_EQ(events.at("items").at(0).at("verdict"), "match");
  EXPECT_TRUE(events.at("items").at(0).at("person").is_null());
}

TEST(RecognitionsApi, EveryFaceOfAGroupGetsItsVerdict) {
  ApiServer server;
  server.enrolled("ada", "ada");
  server.enrolled("bob", "bob");
  const auto reply = server.client->post_image("/v1/recognitions", "group").json();
  ASSERT_EQ(reply.at("faces").size(), 3U);
  EXPECT_EQ(reply.at("faces")[0].at("person").at("display_name"), "ada");
  EXPECT_EQ(reply.at("faces")[1].at("person").at("display_name"), "bob");
  EXPECT_EQ(reply.at("faces")[2].at("verdict"), "unknown");
  EXPECT_EQ(reply.at("faces")[0].at("landmarks").size(), 5U);
  EXPECT_TRUE(server.client->get("/v1/events").json().at("items").empty());
}

}  // namespace
}  // namespace rollcall::testing
