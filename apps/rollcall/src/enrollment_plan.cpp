#include "enrollment_plan.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace rollcall::app {
namespace {

namespace fs = std::filesystem;

core::Error malformed(const std::string& what) {
  return {core::Errc::invalid_input, "enrollment_csv_malformed", what};
}

std::string name_from_folder(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

bool is_hidden(const fs::path& path) {
  return path.filename().string().starts_with('.');
}

struct Columns {
  std::size_t external_id;
  std::size_t display_name;
  std::size_t photo;
};

std::optional<Columns> columns_of(const std::vector<std::string>& header) {
  const auto index_of = [&](std::string_view name) {
    return std::ranges::find(header, name) - header.begin();
  };
  const Columns columns{static_cast<std::size_t>(index_of("external_id")),
                        static_cast<std::size_t>(index_of("display_name")),
                        static_cast<std::size_t>(index_of("photo"))};
  if (std::max({columns.external_id, columns.display_name, columns.photo}) >= header.size())
    return std::nullopt;
  return columns;
}

}  // namespace

core::Result<std::vector<PlannedPerson>> plan_from_folder(const fs::path& folder) {
  std::vector<PlannedPerson> plan;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (!entry.is_directory() || is_hidden(entry.path())) continue;
    const auto name = entry.path().filename().string();
    PlannedPerson person{.external_id = name, .display_name = name_from_folder(name), .photos = {}};
    for (const auto& photo : fs::directory_iterator(entry.path(), error)) {
      if (photo.is_regular_file() && !is_hidden(photo.path())) person.photos.push_back(photo.path());
    }
    std::ranges::sort(person.photos);
    plan.push_back(std::move(person));
  }
  std::ranges::sort(plan, {}, &PlannedPerson::external_id);
  if (error || plan.empty()) {
    return core::Error{core::Errc::invalid_input, "enrollment_folder_empty",
                       "Expected a folder that holds one folder of photos for each person."};
  }
  return plan;
}

std::optional<std::vector<std::vector<std::string>>> parse_csv(std::string_view text, char separator) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<std::vector<std::string>> records;
  std::vector<std::string> record;
  std::string cell;
  bool quoted = false;
  const auto end_cell = [&] { record.push_back(std::exchange(cell, {})); };
  const auto end_record = [&] {
    end_cell();
    if (record.size() > 1 || !record[0].empty()) records.push_back(record);  // blank lines do not count
    record.clear();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        cell += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        cell += text[++i];
      } else {
        quoted = false;
      }
    } else if (c == '"' && cell.empty()) {
      quoted = true;
    } else if (c == separator) {
      end_cell();
    } else if (c == '\n') {
      end_record();
    } else if (c != '\r') {
      cell += c;
    }
  }
  if (quoted) return std::nullopt;
  if (!cell.empty() || !record.empty()) end_record();
  return records;
}

core::Result<std::vector<PlannedPerson>> plan_from_csv(const fs::path& csv_file) {
  std::ifstream in(csv_file, std::ios::binary);
  if (!in) return malformed("The file cannot be read.");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto first_line = std::string_view(text).substr(0, text.find('\n'));
  const char separator = first_line.find(';') != std::string_view::npos ? ';' : ',';
  const auto records = parse_csv(text, separator);
  if (!records) return malformed("A quote is opened and never closed.");
  const auto columns = records->empty() ? std::nullopt : columns_of(records->front());
  if (!columns) return malformed("The first line must name the columns external_id, display_name and photo.");

  std::vector<PlannedPerson> plan;
  for (std::size_t i = 1; i < records->size(); ++i) {
    const auto& record = (*records)[i];
    if (record.size() != records->front().size()) {
      return malformed("Record " + std::to_string(i + 1) + " has " + std::to_string(record.size()) +
                       " cells, not " + std::to_string(records->front().size()) + ".");
    }
    const auto& id = record[columns->external_id];
    const auto& name = record[columns->display_name];
    if (id.empty()) return malformed("Record " + std::to_string(i + 1) + " has no external_id.");
    auto person = std::ranges::find(plan, id, &PlannedPerson::external_id);
    if (person == plan.end()) person = plan.insert(plan.end(), {id, name.empty() ? id : name, {}});
    person->photos.push_back(csv_file.parent_path() / record[columns->photo]);
  }
  return plan;
}

}  // namespace rollcall::app
