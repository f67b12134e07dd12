#include "sealed_vector.hpp"

#include <limits>

#include <gtest/gtest.h>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

class SealedVector : public ::testing::Test {
 protected:
  static void SetUpTestSuite() { crypto::start(); }

  const crypto::Key key_ = crypto::Key::random();
  const std::string context_ = template_context({"p1"}, {"t1"}, {"model@1"});
};

TEST_F(SealedVector, ComesBackInEverySize) {
  for (const std::size_t size : {0U, 1U, 2U, 3U, 128U, 512U}) {
    domain::Embedding vector(size);
    for (std::size_t i = 0; i < size; ++i) vector[i] = static_cast<float>(i) / 8 - 0.25F;
    EXPECT_EQ(open_vector(seal_vector(vector, key_, context_), key_, context_), vector) << size;
  }
}

TEST_F(SealedVector, OpensOnlyInItsOwnRowWithItsOwnKey) {
  const auto sealed = seal_vector({0.5F, -0.5F}, key_, context_);
  const auto opens = [&](const std::string& text, const crypto::Key& key, const std::string& context) {
    try {
      open_vector(text, key, context);
      return true;
    } catch (const core::InfraError&) {
      return false;
    }
  };
  EXPECT_TRUE(opens(sealed, key_, context_));
  EXPECT_FALSE(opens(sealed, crypto::Key::random(), context_));
  EXPECT_FALSE(opens(sealed, key_, template_context({"p2"}, {"t1"}, {"model@1"})));
  EXPECT_FALSE(opens(sealed, key_, template_context({"p1"}, {"t2"}, {"model@1"})));
  EXPECT_FALSE(opens(sealed, key_, template_context({"p1"}, {"t1"}, {"model@2"})));
  auto changed = sealed;
  changed[changed.size() / 2] = changed[changed.size() / 2] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(opens(changed, key_, context_));
}

TEST_F(SealedVector, RefusesCorruptText) {
  for (const std::string text :
       {"", "AACAP", "AACA*w==", "AACA", "AACAPw=", " ACAPw==", "====", "AACAPw==AACAPw=="}) {
    EXPECT_THROW(open_vector(text, key_, context_), core::InfraError) << text;
  }
}

}  // namespace
}  // namespace rollcall::storage
