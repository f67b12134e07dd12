// What lies on the disk: no template and no picture can be read from any file.
#include "connections.hpp"
#include "enrolled_site.hpp"
#include "migrator.hpp"

#include <cstring>
#include <fstream>
#include <iterator>
#include <random>

#include <rollcall/core/base64.hpp>
#include <rollcall/core/half.hpp>
#include <rollcall/crypto/mac.hpp>

namespace rollcall::storage {
namespace {

namespace fs = std::filesystem;

// Values that are the same in half precision, so that every form of them is known.
domain::Embedding canary_vector() {
  std::mt19937 random(20261121);
  std::uniform_real_distribution<float> uniform(-1, 1);
  domain::Embedding vector(128);
  for (auto& value : vector) value = core::float_from_half(core::half_from_float(uniform(random)));
  return vector;
}

std::string canary_crop() {
  crypto::start();
  return "\x89PNG\r\n\x1a\n" + crypto::random_bytes(300);
}

template <class Number, class Convert>
std::string bytes_of(const domain::Embedding& vector, Convert convert) {
  std::string bytes;
  for (const float value : vector) {
    const Number number = convert(value);
    bytes.append(reinterpret_cast<const char*>(&number), sizeof(number));
  }
  return bytes;
}

// Base64 of some bytes in the middle of others: what does not depend on the neighbours, at each alignment.
std::vector<std::string> base64_inside(const std::string& bytes) {
  std::vector<std::string> texts;
  for (const std::size_t skipped : {0U, 1U, 2U}) {
    const auto whole = bytes.substr(skipped, (bytes.size() - skipped) / 3 * 3);
    texts.push_back(core::base64_encode(whole));
  }
  return texts;
}

// Every way in which a secret could lie there in the clear; the start of each is enough.
std::vector<std::string> forms_of(const std::string& secret) {
  constexpr std::size_t kStart = 24;
  const auto start = secret.substr(0, kStart + 3);
  auto forms = base64_inside(start);
  forms.push_back(secret.substr(0, kStart));
  forms.push_back(crypto::to_hex(secret.substr(0, kStart)));
  return forms;
}

struct Finding {
  fs::path file;
  std::string form;
};

// Also at a distance of some values from the start, because a record may be split over pages.
std::vector<Finding> scan(const fs::path& folder, const std::vector<std::string>& secrets) {
  std::vector<std::string> forms;
  for (const auto& secret : secrets) {
    for (std::size_t from = 0; from + 64 <= secret.size(); from += 64) {
      for (auto& form : forms_of(secret.substr(from))) forms.push_back(std::move(form));
    }
  }
  std::vector<Finding> findings;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    for (const auto& form : forms) {
      if (content.find(form) != std::string::npos) findings.push_back({entry.path(), form});
    }
  }
  return findings;
}

class AtRest : public ::testing::Test {
 protected:
  std::vector<std::string> secrets() const {
    return {bytes_of<float>(vector_, [](float value) { return value; }),
            bytes_of<std::uint16_t>(vector_, core::half_from_float),
            bytes_of<double>(vector_, [](float value) { return static_cast<double>(value); }), crop_};
  }

  testing::TemporaryFolder folder_;
  const domain::Embedding vector_ = canary_vector();
  const std::string crop_ = canary_crop();
};

TEST_F(AtRest, NoTemplateAndNoCropLiesInTheClear) {
  testing::EnrolledSite site(folder_.path(), testing::masters());
  site.enrol("ada", vector_, crop_);
  ASSERT_EQ(site.faces->active_templates({"ada"}, {"model@1"}).at(0).embedding, vector_);
  ASSERT_EQ(site.crops->get(testing::face_of("ada", "face-ada")), crop_);
  ASSERT_GT(fs::file_size(folder_.path() / "rollcall.db-wal"), 0U);
  for (const auto& finding : scan(folder_.path(), secrets()))
    ADD_FAILURE() << finding.file << " " << finding.form;

  site.database().truncate_log();  // now it lies in the database file
  for (const auto& finding : scan(folder_.path(), secrets()))
    ADD_FAILURE() << finding.file << " " << finding.form;
}

TEST_F(AtRest, TheScannerFindsWhatIsPlanted) {
  const auto secrets = this->secrets();
  for (std::size_t i = 0; i < secrets.size(); ++i) {
    const std::string prefix(i + 1, 'x');  // each at another alignment
    for (const auto& content : {prefix + secrets[i], core::base64_encode(prefix + secrets[i] + "x"),
                                crypto::to_hex(prefix + secrets[i])}) {
      const testing::TemporaryFolder folder;
      std::ofstream(folder.path() / "planted", std::ios::binary) << content;
      EXPECT_FALSE(scan(folder.path(), secrets).empty()) << i;
    }
  }
  // In the database itself, where a column would hold it.
  testing::EnrolledSite site(folder_.path(), testing::masters());
  site.enrol("ada", {0.5F});
  const auto leak = core::base64_encode(secrets[1]);
  site.database().connections().write(
      [&](soci::session& sql) { sql << "UPDATE templates SET sealed = :leak", soci::use(leak); });
  EXPECT_FALSE(scan(folder_.path(), secrets).empty());
}

TEST_F(AtRest, ErasedBytesAreOverwritten) {
  testing::EnrolledSite site(folder_.path(), testing::masters());
  site.enrol("ada", {0.5F});
  const auto leak = core::base64_encode(secrets()[1]);
  site.database().connections().write(
      [&](soci::session& sql) { sql << "UPDATE templates SET sealed = :leak", soci::use(leak); });
  site.database().truncate_log();
  ASSERT_FALSE(scan(folder_.path(), secrets()).empty());
  site.erase("ada");
  EXPECT_TRUE(scan(folder_.path(), secrets()).empty());
}

TEST_F(AtRest, WhatAFormerVersionStoredInTheClearIsGoneWithTheMigration) {
  Database database(testing::settings_for(folder_.path() / "rollcall.db"));
  migrate(database, {embedded_migrations().front()});
  const auto leak = core::base64_encode(secrets()[0]);
  database.connections().write([&](soci::session& sql) {
    sql << "INSERT INTO people VALUES ('ada', 'Ada', NULL, 'active', 1, 1, 'ada', '')";
    sql << "INSERT INTO faces VALUES ('f1', 'ada', 'active', '', '', '{}', 'model@1', 1)";
    sql << "INSERT INTO templates VALUES ('t1', 'f1', 'model@1', :leak)", soci::use(leak);
  });
  database.truncate_log();
  ASSERT_FALSE(scan(folder_.path(), secrets()).empty());
  migrate(database);
  database.truncate_log();
  EXPECT_TRUE(scan(folder_.path(), secrets()).empty());
  EXPECT_TRUE(make_people_store(database)->find({"ada"})) << "the person stays";
  EXPECT_TRUE(make_face_store(database, testing::masters())->list({"ada"}).empty());
}

}  // namespace
}  // namespace rollcall::storage
