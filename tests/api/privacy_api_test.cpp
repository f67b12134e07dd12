#include "api_server.hpp"

#include <rollcall/core/base64.hpp>
#include <rollcall/crypto/signature.hpp>

namespace rollcall::testing {
namespace {

std::string verdict_on(HttpClient& client, const std::string& photo) {
  return client.post_image("/v1/recognitions", photo).json().at("faces").at(0).at("verdict");
}

TEST(ConsentsApi, NobodyIsEnrolledWithoutConsent) {
  ApiServer server;
  auto& client = *server.client;
  const auto id =
      client.post_json("/v1/people", {{"display_name", "Ada"}}).json().at("id").get<std::string>();
  const auto refused = client.post_form("/v1/people/" + id + "/faces", {{"images", "ada", "a.jpg"}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(refused.reason(), "consent_missing");
  EXPECT_NE(refused.json().value("detail", "").find("consent"), std::string::npos);
  EXPECT_TRUE(client.get("/v1/people/" + id + "/faces").json().at("items").empty());

  const auto given =
      client.post_json("/v1/people/" + id + "/consents",
                       {{"text_version", "2026-03"}, {"language", "de"}, {"method", "written"}});
  ASSERT_EQ(given.status, 201) << given.body;
  EXPECT_EQ(given.json().at("language"), "de");
  EXPECT_EQ(given.json().at("method"), "written");
  EXPECT_EQ(given.json().at("given_at"), "2026-01-01T00:00:00.000000Z");
  EXPECT_TRUE(given.json().at("withdrawn_at").is_null());
  EXPECT_EQ(client.post_form("/v1/people/" + id + "/faces", {{"images", "ada", "a.jpg"}}).status, 201);
}

TEST(ConsentsApi, OneCallMakesAPersonReadyToEnrol) {
  ApiServer server;
  const auto id = server.consenting("Ada", "emp-1");
  const auto consents = server.client->get("/v1/people/" + id + "/consents").json().at("items");
  ASSERT_EQ(consents.size(), 1U);
  EXPECT_EQ(consents[0].at("text_version"), "2026-03");
  EXPECT_EQ(consents[0].at("language"), "en");
  EXPECT_EQ(consents[0].at("method"), "attested");
}

TEST(ConsentsApi, WithdrawalErasesTheFacesAtOnce) {
  ApiServer server;
  auto& client = *server.client;
  const auto ada = server.enrolled("ada", "ada");
  const auto bob = server.enrolled("bob", "bob");
  ASSERT_EQ(verdict_on(client, "ada again"), "match");
  const auto consents = "/v1/people/" + ada + "/consents";
  const auto consent = client.get(consents).json().at("items").at(0).at("id").get<std::string>();
  EXPECT_EQ(client.send("POST", "/v1/people/" + bob + "/consents/" + consent + "/withdraw").reason(),
            "consent_not_found");

  server.clock.advance(std::chrono::seconds{1});
  const auto withdrawn = client.send("POST", consents + "/" + consent + "/withdraw");
  ASSERT_EQ(withdrawn.status, 200) << withdrawn.body;
  EXPECT_EQ(withdrawn.json().at("withdrawn_at"), "2026-01-01T00:00:01.000000Z");
  EXPECT_EQ(verdict_on(client, "ada again"), "unknown");
  EXPECT_EQ(verdict_on(client, "bob"), "match");
  EXPECT_TRUE(client.get("/v1/people/" + ada + "/faces").json().at("items").empty());
  EXPECT_EQ(client.get("/v1/people/" + ada).status, 200);
  EXPECT_EQ(client.post_form("/v1/people/" + ada + "/faces", {{"images", "ada", "a.jpg"}}).reason(),
            "consent_missing");
  EXPECT_EQ(client.send("POST", consents + "/" + consent + "/withdraw").status, 200) << "once more";
  EXPECT_EQ(client.send("POST", "/v1/people/nobody/consents/x/withdraw").reason(), "person_not_found");
}

TEST(ConsentsApi, RefusesWhatIsNoConsent) {
  ApiServer server;
  auto& client = *server.client;
  const auto id = server.consenting("Ada", "emp-1");
  const auto first_fault = [&](const nlohmann::json& body) {
    const auto reply = client.post_json("/v1/people/" + id + "/consents", body);
    EXPECT_EQ(reply.status, 400);
    return reply.json().at("errors").at(0).at("pointer").get<std::string>();
  };
  EXPECT_EQ(first_fault({{"language", "en"}}), "/text_version");
  EXPECT_EQ(first_fault({{"text_version", " "}}), "/text_version");
  EXPECT_EQ(first_fault({{"text_version", "1"}, {"method", "telepathy"}}), "/method");
  EXPECT_EQ(client.post_json("/v1/people", {{"display_name", "Bob"}, {"consent", {{"language", "en"}}}})
                .json()
                .at("errors")
                .at(0)
                .at("pointer"),
            "/consent/text_version");
  EXPECT_EQ(client.post_json("/v1/people/nobody/consents", {{"text_version", "1"}}).reason(),
            "person_not_found");
}

TEST(ErasureApi, TheReceiptIsSignedAndCanBeVerifiedWithoutUs) {
  ApiServer server;
  auto& client = *server.client;
  const auto ada = server.enrolled("ada", "ada");
  const auto reply = client.send("DELETE", "/v1/people/" + ada);
  ASSERT_EQ(reply.status, 200) << reply.body;
  const auto receipt = reply.json();
  EXPECT_EQ(receipt.at("person_id"), ada);
  EXPECT_EQ(receipt.at("faces"), 1);
  EXPECT_EQ(receipt.at("templates"), 2);
  EXPECT_EQ(receipt.at("crops"), 1);
  std::string text = "rollcall erasure receipt v1\n";
  for (const auto* name : {"erasure_id", "person_id", "erased_at", "faces", "templates", "crops"}) {
    const auto& value = receipt.at(name);
    text += std::string(name) + "=" + (value.is_string() ? value.get<std::string>() : value.dump()) + "\n";
  }
  const auto public_key = *core::base64_decode(receipt.at("public_key").get<std::string>());
  const auto signature = *core::base64_decode(receipt.at("signature").get<std::string>());
  EXPECT_TRUE(crypto::is_signed_by(public_key, text, signature));
  EXPECT_EQ(client.get("/v1/people/" + ada + "/consents").reason(), "person_not_found");
  EXPECT_EQ(client.get("/v1/people/" + ada + "/export").reason(), "person_not_found");
}

TEST(ExportApi, HoldsEverythingOfThePersonAndNothingOfOthers) {
  ApiServer server;
  auto& client = *server.client;
  const auto ada = server.enrolled("ada", "ada");
  server.enrolled("bob", "bob");
  for (int i = 0; i < 3; ++i) ASSERT_EQ(client.post_image("/v1/checkins", "ada again").status, 201);
  ASSERT_EQ(client.post_image("/v1/checkins", "bob").status, 201);
  const auto reply = client.get("/v1/people/" + ada + "/export");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.headers.at("cache-control"), "no-store");
  const auto all = reply.json();
  EXPECT_EQ(all.at("person"), client.get("/v1/people/" + ada).json());
  EXPECT_EQ(all.at("consents"), client.get("/v1/people/" + ada + "/consents").json().at("items"));
  ASSERT_EQ(all.at("faces").size(), 1U);
  EXPECT_EQ(all.at("faces")[0].at("face").at("template_count"), 2);
  EXPECT_EQ(all.at("faces")[0].at("crop_png"), core::base64_encode("png"));
  EXPECT_EQ(all.at("faces")[0].at("consent_id"), all.at("consents")[0].at("id"));
  EXPECT_EQ(all.at("events").size(), 3U);
  for (const auto* foreign : {"bob", "embedding", "sealed", "wrapped"}) {
    EXPECT_EQ(reply.body.find(foreign), std::string::npos) << foreign;
  }
}

}  // namespace
}  // namespace rollcall::testing
