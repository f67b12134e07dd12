#include "model_files.hpp"

#include <fstream>

#include <rollcall/core/digest.hpp>
#include <rollcall/core/infra_error.hpp>

namespace rollcall::vision {
namespace {

// nullopt when it cannot be read.
std::optional<std::string> read_at_most(const std::filesystem::path& path, std::uint64_t bytes_max) {
  std::ifstream file(path, std::ios::binary);
  std::string content(bytes_max, '\0');
  file.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (file.bad() || (file.fail() && !file.eof())) return std::nullopt;
  content.resize(static_cast<std::size_t>(file.gcount()));
  return content;
}

FileCheck check_content(const Model& model, const std::filesystem::path& model_dir, std::string* content) {
  FileCheck check{model.id, model_dir / model.file, FileState::missing, model.sha256, {}};
  std::error_code unreadable;
  if (!std::filesystem::is_regular_file(check.path, unreadable)) return check;
  // One byte more than expected is enough to see that it is another file.
  auto bytes = read_at_most(check.path, model.bytes + 1);
  if (!bytes) return check;
  // Of another length: the hash of all of it, so that people can tell which file it is.
  const auto whole = bytes->size() == model.bytes ? core::Result<std::string>(core::sha256_hex(*bytes))
                                                  : core::sha256_hex_of_file(check.path);
  if (!whole) return check;
  check.sha256_found = *whole;
  check.state = check.sha256_found == model.sha256 ? FileState::ok : FileState::corrupt;
  if (content != nullptr) *content = std::move(*bytes);
  return check;
}

}  // namespace

std::string_view name_of(FileState state) {
  switch (state) {
    case FileState::ok:
      return "ok";
    case FileState::missing:
      return "missing";
    case FileState::corrupt:
      return "corrupt";
  }
  return "";
}

FileCheck verify_model(const Model& model, const std::filesystem::path& model_dir) {
  return check_content(model, model_dir, nullptr);
}

std::vector<FileCheck> verify_pack(const Manifest& manifest, const Pack& pack,
                                   const std::filesystem::path& model_dir) {
  std::vector<FileCheck> checks;
  for (const auto* model : manifest.models_of(pack)) checks.push_back(verify_model(*model, model_dir));
  return checks;
}

std::string describe(const FileCheck& check) {
  const auto path = check.path.string();
  switch (check.state) {
    case FileState::ok:
      return "model " + check.model + ": " + path + " is intact";
    case FileState::missing:
      return "model " + check.model + ": " + path + " is missing or unreadable, expected sha256 " +
             check.sha256_expected;
    case FileState::corrupt:
      return "model " + check.model + ": " + path + " is corrupt, expected sha256 " + check.sha256_expected +
             ", found " + check.sha256_found;
  }
  return "";
}

std::string read_verified(const Model& model, const std::filesystem::path& model_dir) {
  std::string content;
  const auto check = check_content(model, model_dir, &content);
  if (check.state != FileState::ok) throw core::InfraError(describe(check));
  return content;
}

}  // namespace rollcall::vision
