#pragma once

#include <filesystem>
#include <string>

#include <rollcall/core/result.hpp>

namespace rollcall::app {

// The whole file. Errors: not_found "file_unreadable", too_large "image_too_large".
core::Result<std::string> read_file(const std::filesystem::path& file, std::size_t bytes_max);

}  // namespace rollcall::app
