#include "api_server.hpp"

#include <fstream>
#include <iterator>

namespace rollcall::testing {
namespace {

TEST(OperationsApi, HealthIsAnsweredUnderEveryNameOfTheSourceSystems) {
  ApiServer server;
  for (const auto* path : {"/healthz", "/api/v1/health", "/"}) {
    const auto reply = server.client->get(path, {{"Accept", "application/json"}});
    EXPECT_EQ(reply.status, 200) << path;
    EXPECT_EQ(reply.body, R"({"status":"ok"})") << path;
  }
}

TEST(OperationsApi, BrowsersGetThePageAtTheRoot) {
  ApiServer server;
  const auto page = server.client->get("/", {{"Accept", "text/html,application/xhtml+xml"}});
  EXPECT_TRUE(page.body.starts_with("<!doctype html>"));
  EXPECT_EQ(page.headers.at("vary"), "Accept");
}

TEST(OperationsApi, NotReadyWithoutADatabaseAndSaysNoMore) {
  ApiServer server;
  EXPECT_EQ(server.client->get("/readyz").status, 200);
  server.database_works = false;
  const auto reply = server.client->get("/readyz");
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.json().at("checks")[0].at("ok"), false);
  EXPECT_EQ(reply.body.find("secret"), std::string::npos);
  EXPECT_EQ(server.client->get("/healthz").status, 200);
}

TEST(OperationsApi, StatusCountsWhatIsThere) {
  ApiServer server;
  server.enrolled("ada", "ada");
  server.client->post_image("/v1/checkins", "stranger");
  const auto status = server.client->get("/v1/status").json();
  EXPECT_EQ(status.at("people"), 1);
  EXPECT_EQ(status.at("recognisable_people"), 1);
  EXPECT_EQ(status.at("templates"), 2);
  EXPECT_EQ(status.at("events"), 1);
  EXPECT_EQ(status.at("pack"), "scripted");
}

TEST(OperationsApi, MetricsCountCheckinsAndRequestsByRoute) {
  ApiServer server;
  server.client->post_image("/v1/checkins", "stranger");
  server.client->post_image("/v1/checkins", "wall");
  server.client->get("/v1/people/some-id");
  const auto text = server.client->get("/metrics").body;
  EXPECT_NE(text.find(R"(rollcall_checkins_total{result="unknown"} 1)"), std::string::npos) << text;
  EXPECT_NE(text.find(R"(rollcall_checkins_total{result="no_face"} 1)"), std::string::npos);
  EXPECT_NE(text.find(R"(route="/v1/people/{id}")"), std::string::npos);
  EXPECT_EQ(text.find("some-id"), std::string::npos);
}

TEST(OpenApi, DescribesTheRoutes) {
  ApiServer server;
  const auto document = server.client->get("/openapi.json").json();
  EXPECT_EQ(document.at("openapi"), "3.1.0");
  const auto& paths = document.at("paths");
  for (const auto* path :
       {"/v1/people", "/v1/people/{id}", "/v1/people/{id}/faces", "/v1/recognitions", "/v1/checkins",
        "/v1/events", "/v1/events/{id}/explain", "/healthz", "/readyz", "/metrics"}) {
    EXPECT_TRUE(paths.contains(path)) << path;
  }
  EXPECT_EQ(paths.at("/v1/people")
                .at("post")
                .at("requestBody")
                .at("content")
                .at("application/json")
                .at("schema")
                .at("$ref"),
            "#/components/schemas/NewPerson");
  const auto& schema = document.at("components").at("schemas").at("NewPerson");
  EXPECT_EQ(schema.at("properties").at("display_name").at("maxLength"), 200);
  ASSERT_EQ(schema.at("required").size(), 1U);
  EXPECT_EQ(schema.at("required")[0], "display_name");
}

TEST(OpenApi, EveryReferenceLeadsSomewhereAndOperationIdsAreUnique) {
  ApiServer server;
  const auto document = server.client->get("/openapi.json").json();
  std::set<std::string> operation_ids;
  for (const auto& [path, operations] : document.at("paths").items()) {
    for (const auto& [method, operation] : operations.items()) {
      EXPECT_TRUE(operation_ids.insert(operation.at("operationId")).second) << path;
      EXPECT_TRUE(operation.at("responses").contains("400")) << path;
    }
  }
  const auto text = document.dump();
  const std::string prefix = R"("$ref":"#/components/schemas/)";
  for (auto at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at + 1)) {
    const auto begin = at + prefix.size();
    const auto name = text.substr(begin, text.find('"', begin) - begin);
    EXPECT_TRUE(document.at("components").at("schemas").contains(name)) << name;
  }
}

// `rollcall openapi > docs/openapi.json` brings it up to date.
TEST(OpenApi, TheCommittedDocumentIsTheOneThatIsServed) {
  std::ifstream in(std::string(ROLLCALL_SOURCE_DIR) + "/docs/openapi.json");
  const std::string committed{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(committed, api::openapi_document(ROLLCALL_VERSION));
}

struct BadRequest {
  const char* name;
  std::string body;
  long status;
  const char* reason;
};

class HostileJson : public ::testing::TestWithParam<BadRequest> {};

TEST_P(HostileJson, IsRefusedByName) {
  ApiServer server;
  const auto reply =
      server.client->send("POST", "/v1/people", GetParam().body, {{"Content-Type", "application/json"}});
  EXPECT_EQ(reply.status, GetParam().status) << reply.body;
  EXPECT_EQ(reply.reason(), GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, HostileJson,
    ::testing::Values(BadRequest{"blank", " ", 400, "json_malformed"},
                      BadRequest{"cut_off", R"({"display_name":"a)", 400, "json_malformed"},
                      BadRequest{"duplicate_key", R"({"display_name":"a","display_name":"b"})", 400,
                                 "json_duplicate_key"},
                      BadRequest{"deep", std::string(100, '[') + std::string(100, ']'), 400, "json_too_deep"},
                      BadRequest{"bad_utf8", "{\"display_name\":\"\xff\"}", 400, "json_malformed"}),
    [](const auto& test) { return std::string{test.param.name}; });

TEST(Api, WrongMethodsTypesAndPathsAreAnsweredInTheSameForm) {
  ApiServer server;
  auto& client = *server.client;
  const HeaderList json{{"Content-Type", "application/json"}};
  const auto method = client.send("PUT", "/v1/people", "{}", json);
  EXPECT_EQ(method.status, 405);
  EXPECT_NE(method.headers.at("allow").find("POST"), std::string::npos);
  EXPECT_EQ(client.send("POST", "/v1/people", "a=b", {{"Content-Type", "application/x-www-form-urlencoded"}})
                .status,
            415);
  EXPECT_EQ(client.get("/v1/people/").status, 404);
  EXPECT_EQ(client.send("POST", "/v1/people", std::string(2'000'000, ' '), json).status, 413);
  const auto reply = client.get("/v1/nothing", {{"X-Request-Id", "abc-123"}});
  EXPECT_EQ(reply.status, 404);
  EXPECT_EQ(reply.headers.at("content-type"), "application/problem+json");
  EXPECT_EQ(reply.headers.at("x-request-id"), "abc-123");
  EXPECT_EQ(reply.headers.at("x-content-type-options"), "nosniff");
}

}  // namespace
}  // namespace rollcall::testing
