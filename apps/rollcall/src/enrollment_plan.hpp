// Which photo belongs to whom, read from a folder or a CSV file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <rollcall/core/result.hpp>

namespace rollcall::app {

struct PlannedPerson {
  std::string external_id;
  std::string display_name;
  std::vector<std::filesystem::path> photos;
};

// One folder per person: its name is the external id, and with spaces for underscores the display name.
// Photos are the files in it, in order of name; hidden files are not looked at. Errors: invalid_input
// "enrollment_folder_empty".
core::Result<std::vector<PlannedPerson>> plan_from_folder(const std::filesystem::path& folder);

// A header line, then external_id, display_name and photo (a path, relative to the file) in any order of
// columns; one line for each photo. RFC 4180, with a comma or a semicolon. Errors: invalid_input
// "enrollment_csv_malformed" with the line.
core::Result<std::vector<PlannedPerson>> plan_from_csv(const std::filesystem::path& csv_file);

// The records of CSV text; nullopt when a quote is left open.
std::optional<std::vector<std::vector<std::string>>> parse_csv(std::string_view text, char separator);

}  // namespace rollcall::app
