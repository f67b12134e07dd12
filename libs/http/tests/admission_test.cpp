#include "admission.hpp"

#include <gtest/gtest.h>

namespace rollcall::http {
namespace {

Router routes() {
  Router router;
  Route upload;
  upload.method = Method::post;
  upload.pattern = "/photos/{id}";
  upload.handler = [](const Request&) { return Response(); };
  upload.body_bytes_max = 10;
  upload.content_types = {"image/*", "multipart/form-data"};
  router.add(std::move(upload));
  return router;
}

RequestHead upload_of(std::string_view target, std::string_view type) {
  RequestHead head{"POST", target, {}, true, 10};
  head.headers.set("Content-Type", type);
  return head;
}

unsigned status_for(RequestHead head) {
  const auto router = routes();
  const auto decision = admit(router, std::move(head), 100);
  const auto* const response = std::get_if<Response>(&decision);
  return response == nullptr ? 0 : response->status;
}

TEST(Admission, GivesTheHandlerADecodedRequest) {
  const auto router = routes();
  auto decision = admit(router, upload_of("/photos/a%20b?x=%26", "image/png"), 100);
  ASSERT_TRUE(std::holds_alternative<Admitted>(decision));
  const auto& request = std::get<Admitted>(decision).request;
  EXPECT_EQ(request.method, Method::post);
  EXPECT_EQ(request.target, "/photos/a%20b?x=%26");
  EXPECT_EQ(request.path, "/photos/a%20b");
  EXPECT_EQ(request.path_params.at("id"), "a b");
  EXPECT_EQ(request.query.get("x"), "&");
}

TEST(Admission, TakesOnlyTheTypesOfTheRoute) {
  EXPECT_EQ(status_for(upload_of("/photos/1", "image/webp")), 0U);
  EXPECT_EQ(status_for(upload_of("/photos/1", "Multipart/Form-Data; boundary=x")), 0U);
  EXPECT_EQ(status_for(upload_of("/photos/1", "text/plain")), 415U);
  EXPECT_EQ(status_for(upload_of("/photos/1", "image")), 415U);
}

TEST(Admission, AMissingBodyNeedsNoType) {
  EXPECT_EQ(status_for({"POST", "/photos/1", {}, false, {}}), 0U);
}

TEST(Admission, RefusesTargetsThatAreNoPath) {
  for (const auto* const target : {"*", "http://a/photos/1", "/photos/1#top", "photos"}) {
    EXPECT_EQ(status_for({"POST", target, {}, false, {}}), 400U) << target;
  }
}

}  // namespace
}  // namespace rollcall::http
