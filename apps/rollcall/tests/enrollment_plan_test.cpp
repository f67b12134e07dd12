#include "enrollment_plan.hpp"

#include <fstream>

#include <gtest/gtest.h>

namespace rollcall::app {
namespace {

namespace fs = std::filesystem;

class EnrollmentPlan : public testing::Test {
 protected:
  EnrollmentPlan() {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  ~EnrollmentPlan() override { fs::remove_all(folder_); }

  fs::path write(const std::string& name, const std::string& content = "x") {
    const auto file = folder_ / name;
    fs::create_directories(file.parent_path());
    std::ofstream(file) << content;
    return file;
  }

  const fs::path folder_ = fs::temp_directory_path() / ("rollcall_plan_" + std::to_string(::getpid()));
};

TEST_F(EnrollmentPlan, AFolderPerPerson) {
  write("Ada_Lovelace/2.jpg");
  write("Ada_Lovelace/1.jpg");
  write("Ada_Lovelace/.hidden");
  write("bob/a.png");
  write(".git/x");
  write("loose.jpg");
  const auto plan = plan_from_folder(folder_).value();
  ASSERT_EQ(plan.size(), 2U);
  EXPECT_EQ(plan[0].external_id, "Ada_Lovelace");
  EXPECT_EQ(plan[0].display_name, "Ada Lovelace");
  ASSERT_EQ(plan[0].photos.size(), 2U);
  EXPECT_EQ(plan[0].photos[0].filename(), "1.jpg");
}

TEST_F(EnrollmentPlan, AFolderWithoutFoldersIsNotAPlan) {
  write("loose.jpg");
  EXPECT_EQ(plan_from_folder(folder_).error().reason, "enrollment_folder_empty");
}

TEST_F(EnrollmentPlan, CsvGathersThePhotosOfAPerson) {
  const auto csv = write("people.csv",
                         "\xEF\xBB\xBFphoto;external_id;display_name\r\n"
                         "a/1.jpg;emp-1;\"Lovelace; \"\"Ada\"\"\"\r\n\r\n"
                         "a/2.jpg;emp-1;ignored\r\n"
                         "b.jpg;emp-2;\r\n");
  const auto plan = plan_from_csv(csv).value();
  ASSERT_EQ(plan.size(), 2U);
  EXPECT_EQ(plan[0].display_name, "Lovelace; \"Ada\"");
  ASSERT_EQ(plan[0].photos.size(), 2U);
  EXPECT_EQ(plan[0].photos[1], folder_ / "a/2.jpg");
  EXPECT_EQ(plan[1].display_name, "emp-2");
}

struct Case {
  const char* name;
  const char* text;
  const char* part_of_message;
};

class BadCsv : public EnrollmentPlan, public testing::WithParamInterface<Case> {};

TEST_P(BadCsv, SaysWhatIsWrong) {
  const auto csv = write("people.csv", GetParam().text);
  const auto plan = plan_from_csv(csv);
  ASSERT_TRUE(plan.has_error());
  EXPECT_NE(plan.error().message.find(GetParam().part_of_message), std::string::npos) << plan.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Files, BadCsv,
    testing::Values(Case{"empty", "", "first line"},
                    Case{"no_photo_column", "external_id,display_name\n", "first line"},
                    Case{"short_record", "external_id,display_name,photo\na,b\n", "Record 2"},
                    Case{"no_id", "external_id,display_name,photo\n,b,c\n", "external_id"},
                    Case{"open_quote", "external_id,display_name,photo\n\"a,b,c\n", "quote"}),
    [](const auto& test) { return std::string{test.param.name}; });

}  // namespace
}  // namespace rollcall::app
