#include "rules.hpp"

#include "files.hpp"

#include <gtest/gtest.h>

#include <rollcall/config/print.hpp>

namespace rollcall::config {
namespace {

using testing::only_fault;

TEST(Rules, AllowOnlyOneStrictness) {
  const auto fault = only_fault(
      {.environment = {{"FACE_SIMILARITY_THRESHOLD", "0.65"}, {"FACE_RECOGNITION_TOLERANCE", "0.6"}}});
  EXPECT_EQ(fault.option, "FACE_RECOGNITION_TOLERANCE");
  EXPECT_EQ(fault.source, "environment");
  EXPECT_EQ(
      only_fault({.environment = {{"FACE_SIMILARITY_THRESHOLD", "0.65"}, {"RECOGNITION_COSINE_MIN", "0.4"}}})
          .option,
      "RECOGNITION_COSINE_MIN");
  EXPECT_TRUE(load({.environment = {{"FACE_RECOGNITION_TOLERANCE", "0.6"}}}));
}

TEST(Rules, KeepDemoModelsOutOfProductionUnlessTheyAreAllowedByName) {
  auto environment = testing::production();
  environment["MODEL_PACK"] = "classic";
  EXPECT_EQ(only_fault({.environment = environment}).option, "MODEL_PACK");
  environment["ALLOW_DEMO_MODELS"] = "true";
  EXPECT_TRUE(load({.environment = environment}));
  EXPECT_TRUE(load({.environment = {{"MODEL_PACK", "classic"}}}));
}

TEST(DerivedValues, LieInTheDataFolder) {
  const auto loaded = load({.environment = {{"DATA_DIR", "/srv/rollcall"}}});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->settings.database_file, "/srv/rollcall/rollcall.db");
  EXPECT_EQ(loaded->settings.model_dir, "/srv/rollcall/models");
}

TEST(DerivedValues, GiveWayToWhatWasSaid) {
  const auto loaded =
      load({.environment = {{"DATABASE_URL", "sqlite:////var/x.db"}, {"ROLLCALL_MODEL_DIR", "/opt/models"}}});
  ASSERT_TRUE(loaded);
  EXPECT_EQ(loaded->settings.database_file, "/var/x.db");
  EXPECT_EQ(loaded->settings.model_dir, "/opt/models");
  EXPECT_EQ(load({.environment = {{"DATABASE_URL", "sqlite:///x.db"}}})->settings.database_file, "x.db");
}

}  // namespace
}  // namespace rollcall::config
