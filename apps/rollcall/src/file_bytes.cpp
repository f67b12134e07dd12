#include "file_bytes.hpp"

#include <fstream>

namespace rollcall::app {

core::Result<std::string> read_file(const std::filesystem::path& file, std::size_t bytes_max) {
  const core::Error unreadable{core::Errc::not_found, "file_unreadable", "The file cannot be read."};
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  if (error) return unreadable;
  if (size > bytes_max) {
    return core::Error{core::Errc::too_large, "image_too_large",
                       "The file has more than " + std::to_string(bytes_max) + " bytes (IMAGE_BYTES_MAX)."};
  }
  std::ifstream in(file, std::ios::binary);
  std::string bytes(size, '\0');
  if (!in.read(bytes.data(), static_cast<std::streamsize>(size))) return unreadable;
  return bytes;
}

}  // namespace rollcall::app
