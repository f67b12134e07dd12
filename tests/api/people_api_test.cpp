#include "api_server.hpp"

namespace rollcall::testing {
namespace {

TEST(PeopleApi, CreateReadChangeErase) {
  ApiServer server;
  auto& client = *server.client;
  const auto created =
      client.post_json("/v1/people", {{"display_name", "Ada Lovelace"}, {"external_id", "emp-1"}});
  ASSERT_EQ(created.status, 201) << created.body;
  const auto id = created.json().at("id").get<std::string>();
  EXPECT_EQ(created.headers.at("location"), "/v1/people/" + id);
  // Fixed time and order of members; only the id is made anew.
  EXPECT_EQ(created.body,
            R"({"id":")" + id +
                R"(","display_name":"Ada Lovelace","external_id":"emp-1","status":"active",)"
                R"("created_at":"2026-01-01T00:00:00.000000Z","updated_at":"2026-01-01T00:00:00.000000Z"})");
  EXPECT_EQ(client.get("/v1/people/" + id).body, created.body);

  server.clock.advance(std::chrono::seconds{1});
  const auto changed =
      client.send("PATCH", "/v1/people/" + id, R"({"display_name":"Ada King","external_id":""})",
                  {{"Content-Type", "application/json"}});
  ASSERT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(changed.json().at("display_name"), "Ada King");
  EXPECT_TRUE(changed.json().at("external_id").is_null());
  EXPECT_EQ(changed.json().at("updated_at"), "2026-01-01T00:00:01.000000Z");

  EXPECT_EQ(client.send("DELETE", "/v1/people/" + id).status, 200);
  EXPECT_EQ(client.get("/v1/people/" + id).reason(), "person_not_found");
  EXPECT_EQ(client.send("DELETE", "/v1/people/" + id).status, 404);
}

TEST(PeopleApi, AnExternalIdIsGivenOnce) {
  ApiServer server;
  ASSERT_EQ(
      server.client->post_json("/v1/people", {{"display_name", "Ada"}, {"external_id", "emp-1"}}).status,
      201);
  const auto second =
      server.client->post_json("/v1/people", {{"display_name", "Bob"}, {"external_id", "emp-1"}});
  EXPECT_EQ(second.status, 409);
  EXPECT_EQ(second.reason(), "external_id_taken");
}

TEST(PeopleApi, SearchAndPagesReachEverybodyOnce) {
  ApiServer server;
  for (const auto* name : {"Zoë", "ada", "Bob", "ÁDÁM", "carol"}) {
    ASSERT_EQ(server.client->post_json("/v1/people", {{"display_name", name}}).status, 201);
  }
  std::vector<std::string> names;
  std::string cursor;
  for (int page = 0; page < 5; ++page) {
    const auto reply =
        server.client->get("/v1/people?limit=2" + (cursor.empty() ? "" : "&cursor=" + cursor)).json();
    for (const auto& item : reply.at("items")) names.push_back(item.at("display_name"));
    if (reply.at("next_cursor").is_null()) break;
    cursor = reply.at("next_cursor");
  }
  EXPECT_EQ(names.size(), 5U);
  EXPECT_EQ((std::set<std::string>(names.begin(), names.end()).size()), 5U);
  const auto found = server.client->get("/v1/people?search=%C3%A1d%C3%A1").json();
  ASSERT_EQ(found.at("items").size(), 1U);
  EXPECT_EQ(found.at("items")[0].at("display_name"), "ÁDÁM");
  EXPECT_EQ(server.client->get("/v1/people?cursor=nonsense").reason(), "bad_cursor");
}

struct Refusal {
  const char* name;
  const char* body;
  const char* pointer;
  const char* reason;
};

class NewPersonRefused : public ::testing::TestWithParam<Refusal> {};

TEST_P(NewPersonRefused, PointsAtTheFault) {
  ApiServer server;
  const auto reply =
      server.client->send("POST", "/v1/people", GetParam().body, {{"Content-Type", "application/json"}});
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(reply.headers.at("content-type"), "application/problem+json");
  ASSERT_EQ(reply.reason(), "invalid_request") << reply.body;
  EXPECT_EQ(reply.json().at("errors")[0].at("pointer"), GetParam().pointer);
  EXPECT_EQ(reply.json().at("errors")[0].at("reason"), GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, NewPersonRefused,
    ::testing::Values(Refusal{"no_name", "{}", "/display_name", "missing"},
                      Refusal{"null_name", R"({"display_name":null})", "/display_name", "missing"},
                      Refusal{"empty_name", R"({"display_name":""})", "/display_name", "too_short"},
                      Refusal{"blank_name", R"({"display_name":"   "})", "/display_name", "blank"},
                      Refusal{"number", R"({"display_name":7})", "/display_name", "wrong_type"},
                      Refusal{"newline", R"({"display_name":"a\nb"})", "/display_name", "control_character"},
                      Refusal{"nul", R"({"display_name":"a\u0000b"})", "/display_name", "control_character"},
                      Refusal{"unknown", R"({"display_name":"a","x/y~z":1})", "/x~1y~0z", "unknown_member"},
                      Refusal{"a_list", "[]", "", "wrong_type"}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(PeopleApi, EveryFaultIsNamedAtOnce) {
  ApiServer server;
  const auto reply = server.client->post_json(
      "/v1/people", {{"display_name", ""}, {"external_id", std::string(65, 'x')}, {"extra", 1}});
  EXPECT_EQ(reply.json().at("errors").size(), 3U) << reply.body;
}

struct BadQuery {
  const char* name;
  const char* query;
  const char* reason;
};

class QueryRefused : public ::testing::TestWithParam<BadQuery> {};

TEST_P(QueryRefused, PointsAtTheParameter) {
  ApiServer server;
  const auto reply = server.client->get(std::string("/v1/people?") + GetParam().query);
  EXPECT_EQ(reply.status, 400);
  ASSERT_TRUE(reply.json().contains("errors")) << reply.body;
  EXPECT_EQ(reply.json().at("errors")[0].at("reason"), GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(Parameters, QueryRefused,
                         ::testing::Values(BadQuery{"limit_zero", "limit=0", "out_of_range"},
                                           BadQuery{"limit_huge", "limit=99999999999999999999",
                                                    "out_of_range"},
                                           BadQuery{"limit_text", "limit=ten", "wrong_type"},
                                           BadQuery{"status", "status=gone", "unknown_value"},
                                           BadQuery{"twice", "limit=1&limit=2", "repeated"},
                                           BadQuery{"unknown", "lmit=1", "unknown_parameter"}),
                         [](const auto& test) { return std::string{test.param.name}; });

TEST(FacesApi, ABatchSucceedsInPartAndEachPhotoSaysWhy) {
  ApiServer server;
  auto& client = *server.client;
  const auto id = server.consenting("Ada", "emp-1");
  const auto reply = client.post_form("/v1/people/" + id + "/faces", {{"images", "ada", "../../good.jpg"},
                                                                      {"images", "wall", "wall.jpg"},
                                                                      {"images", "small", "small.jpg"},
                                                                      {"images", "garbage", "x.gif"}});
  ASSERT_EQ(reply.status, 201) << reply.body;
  const auto report = reply.json();
  EXPECT_EQ(report.at("accepted"), 1);
  EXPECT_EQ(report.at("rejected"), 3);
  EXPECT_EQ(report.at("results")[0].at("source_name"), "good.jpg");
  EXPECT_EQ(report.at("results")[1].at("reasons")[0].at("reason"), "no_face");
  EXPECT_EQ(report.at("results")[2].at("reasons")[0].at("reason"), "too_small");
  EXPECT_EQ(report.at("results")[3].at("reasons")[0].at("reason"), "image_corrupt");
  EXPECT_EQ(client.get("/v1/people/" + id + "/faces").json().at("items").size(), 1U);
  EXPECT_EQ(reply.body.find("embedding"), std::string::npos);
}

TEST(FacesApi, AFileNameIsShownOnlyAsFarAsItIsText) {
  ApiServer server;
  auto& client = *server.client;
  const auto id = server.consenting("Ada", "emp-1");
  std::string long_name;
  for (int i = 0; i < 150; ++i) long_name += "é";
  const auto results = client
                           .post_form("/v1/people/" + id + "/faces",
                                      {{"images", "ada", "caf\xe9.jpg"}, {"images", "ada again", long_name}})
                           .json()
                           .at("results");
  EXPECT_EQ(results[0].at("source_name"), "photo 1");
  EXPECT_EQ(results[1].at("source_name"), long_name.substr(0, 200));
  EXPECT_TRUE(results[1].at("accepted"));
}

TEST(FacesApi, RefusesWhatIsNotABatchOfPhotos) {
  ApiServer server;
  auto& client = *server.client;
  const auto id = server.consenting("Ada", "emp-1");
  const auto faces = "/v1/people/" + id + "/faces";
  EXPECT_EQ(client.post_form(faces, {{"comment", "hello"}}).reason(), "image_missing");
  EXPECT_EQ(client.post_json(faces, {{"image", "x"}}).status, 415);
  EXPECT_EQ(client.post_form(faces, std::vector<FormPart>(5, {"images", "ada", "a.jpg"})).reason(),
            "too_many_images");
  EXPECT_EQ(client.post_image(faces, std::string(600'000, 'x')).status, 413);
  EXPECT_EQ(client.post_form("/v1/people/nobody/faces", {{"images", "ada", "a.jpg"}}).reason(),
            "person_not_found");
  EXPECT_EQ(client.post_image(faces, "wall").status, 422);
}

TEST(FacesApi, ArchiveRestoreAndErase) {
  ApiServer server;
  auto& client = *server.client;
  const auto id = server.enrolled("ada", "ada");
  const auto verdict = [&] {
    return client.post_image("/v1/recognitions", "ada again")
        .json()
        .at("faces")[0]
        .at("verdict")
        .get<std::string>();
  };
  EXPECT_EQ(verdict(), "match");
  EXPECT_EQ(client.send("POST", "/v1/people/" + id + "/faces/archive").json().at("changed"), 1);
  EXPECT_EQ(verdict(), "unknown");
  EXPECT_EQ(client.send("POST", "/v1/people/" + id + "/faces/restore").json().at("changed"), 1);
  EXPECT_EQ(verdict(), "match");
  const auto face =
      client.get("/v1/people/" + id + "/faces").json().at("items")[0].at("id").get<std::string>();
  const auto bob = server.enrolled("bob", "bob");
  EXPECT_EQ(client.send("DELETE", "/v1/people/" + bob + "/faces/" + face).reason(), "face_not_found");
  EXPECT_EQ(client.send("DELETE", "/v1/people/" + id + "/faces/" + face).status, 204);
  EXPECT_EQ(verdict(), "unknown");
  EXPECT_EQ(client.send("DELETE", "/v1/people/" + bob + "/faces").json().at("changed"), 1);
}

}  // namespace
}  // namespace rollcall::testing
