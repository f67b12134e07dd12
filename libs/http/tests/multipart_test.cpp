#include "rollcall/http/multipart.hpp"

#include <random>

#include <gtest/gtest.h>

namespace rollcall::http {
namespace {

constexpr std::string_view kType = "multipart/form-data; boundary=XX";

std::string part(std::string_view headers, std::string_view content) {
  return std::string("--XX\r\n").append(headers).append("\r\n").append(content).append("\r\n");
}
std::string field(std::string_view content) {
  return part("Content-Disposition: form-data; name=\"f\"\r\n", content);
}

TEST(Multipart, GivesPartsInPlace) {
  const auto body = part(
                        "Content-Disposition: form-data; name=\"photo\"; filename=\"C:\\dir\\a.jpg\"\r\n"
                        "Content-Type: image/jpeg\r\n",
                        std::string_view("\xff\xd8\0\r\n--X", 8)) +
                    field("") + "--XX--\r\nepilogue";
  const auto parts = parse_multipart(kType, body);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 2U);
  EXPECT_EQ((*parts)[0].name, "photo");
  EXPECT_EQ((*parts)[0].filename, "a.jpg");
  EXPECT_EQ((*parts)[0].content_type, "image/jpeg");
  EXPECT_EQ((*parts)[0].body, std::string_view("\xff\xd8\0\r\n--X", 8));
  EXPECT_GE((*parts)[0].body.data(), body.data());
  EXPECT_EQ((*parts)[1].filename, std::nullopt);
  EXPECT_EQ((*parts)[1].content_type, "text/plain");
  EXPECT_EQ((*parts)[1].body, "");
}

TEST(Multipart, ALineThatOnlyStartsLikeTheBoundaryIsContent) {
  const auto body = field("a\r\n--XXY\r\nb") + "--XX--";
  const auto parts = parse_multipart(kType, body);
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->front().body, "a\r\n--XXY\r\nb");
}

struct Filename {
  const char* name;
  const char* sent;
  const char* kept;
};
class Filenames : public ::testing::TestWithParam<Filename> {};

TEST_P(Filenames, AreOnlyTheLastComponent) {
  const auto body =
      part("Content-Disposition: form-data; name=f; filename=" + std::string(GetParam().sent) + "\r\n", "x");
  const auto parts = parse_multipart(kType, body + "--XX--");
  ASSERT_TRUE(parts);
  EXPECT_EQ(parts->front().filename, GetParam().kept);
}

INSTANTIATE_TEST_SUITE_P(All, Filenames,
                         ::testing::ValuesIn(std::vector<Filename>{
                             Filename{"plain", "a.jpg", "a.jpg"},
                             Filename{"path", "\"../../etc/passwd\"", "passwd"},
                             Filename{"windows_path", "\"C:\\Users\\x\\a.png\"", "a.png"},
                             Filename{"quote", "\"a\\\"b.png\"", "a\"b.png"},
                             Filename{"tab", "\"a\tb\"", "a_b"}, Filename{"empty", "\"\"", ""}}),
                         [](const auto& test) { return std::string(test.param.name); });

struct Fault {
  const char* name;
  std::string content_type;
  std::string body;
  const char* reason;
};
class Faults : public ::testing::TestWithParam<Fault> {};

TEST_P(Faults, AreNamed) {
  const auto parts = parse_multipart(GetParam().content_type, GetParam().body);
  ASSERT_FALSE(parts);
  EXPECT_EQ(parts.error().reason, GetParam().reason);
}

std::string fields(int count) {
  std::string body;
  for (int i = 0; i < count; ++i) body += field("x");
  return body + "--XX--";
}

INSTANTIATE_TEST_SUITE_P(
    All, Faults,
    ::testing::ValuesIn(std::vector<Fault>{
        Fault{"other_type", "application/json", "{}", "not_multipart"},
        Fault{"other_multipart", "multipart/mixed; boundary=XX", fields(1), "not_multipart"},
        Fault{"no_boundary", "multipart/form-data", fields(1), "multipart_malformed"},
        Fault{"empty_boundary", "multipart/form-data; boundary=\"\"", fields(1), "multipart_malformed"},
        Fault{"long_boundary", "multipart/form-data; boundary=" + std::string(71, 'X'), fields(1),
              "multipart_malformed"},
        Fault{"odd_boundary", "multipart/form-data; boundary=\"a{b\"", fields(1), "multipart_malformed"},
        Fault{"empty_body", std::string(kType), "", "multipart_malformed"},
        Fault{"preamble", std::string(kType), "hello\r\n" + fields(1), "multipart_malformed"},
        Fault{"other_boundary", "multipart/form-data; boundary=YY", fields(1), "multipart_malformed"},
        Fault{"no_last_boundary", std::string(kType), field("x"), "multipart_malformed"},
        Fault{"no_disposition", std::string(kType), part("Content-Type: a/b\r\n", "x") + "--XX--",
              "multipart_malformed"},
        Fault{"two_dispositions", std::string(kType),
              part("Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n",
                   "x") +
                  "--XX--",
              "multipart_malformed"},
        Fault{"no_name", std::string(kType), part("Content-Disposition: form-data\r\n", "x") + "--XX--",
              "multipart_malformed"},
        Fault{"attachment", std::string(kType),
              part("Content-Disposition: attachment; name=a\r\n", "x") + "--XX--", "multipart_malformed"},
        Fault{"bare_lf_in_headers", std::string(kType),
              part("Content-Disposition: form-data; name=a\nX: y\r\n", "x") + "--XX--",
              "multipart_malformed"},
        Fault{"endless_header", std::string(kType),
              part("X: " + std::string(5000, 'a') + "\r\n", "x") + "--XX--", "multipart_malformed"},
        Fault{"too_many_parts", std::string(kType), fields(65), "multipart_too_many_parts"}}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Multipart, TakesAsManyPartsAsAllowed) {
  EXPECT_EQ(parse_multipart(kType, fields(64))->size(), 64U);
}

// Foreign bytes must never be read outside their bounds; the sanitizers of the dev build watch.
TEST(Multipart, SurvivesMutation) {
  constexpr unsigned kSeed = 20261121;
  constexpr int kRounds = 20'000;
  std::mt19937 random(kSeed);
  const std::string good = field("one") +
                           part("Content-Disposition: form-data; name=p; filename=\"a\\\"b\"\r\n", "two") +
                           "--XX--\r\n";
  const auto below = [&random](std::size_t bound) { return static_cast<std::size_t>(random()) % bound; };
  int accepted = 0;
  for (int round = 0; round < kRounds; ++round) {
    auto body = good;
    for (std::size_t edits = 1 + below(4); edits > 0 && !body.empty(); --edits) {
      const auto at = below(body.size());
      switch (below(4)) {
        case 0:
          body[at] = static_cast<char>(random());
          break;
        case 1:
          body.erase(at, 1 + below(9));
          break;
        case 2:
          body.insert(at, good.substr(below(good.size()), below(30)));
          break;
        default:
          body.resize(at);
          break;
      }
    }
    const auto parts = parse_multipart(kType, body);
    if (!parts) continue;
    ++accepted;
    for (const auto& each : *parts) {
      EXPECT_GE(each.body.data(), body.data());
      EXPECT_LE(each.body.data() + each.body.size(), body.data() + body.size());
    }
  }
  EXPECT_GT(accepted, 0);
  EXPECT_LT(accepted, kRounds);
}

}  // namespace
}  // namespace rollcall::http
