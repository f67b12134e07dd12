#pragma once

#include <filesystem>
#include <string_view>

namespace rollcall::storage {

// The absolute path behind "sqlite:///relative" or "sqlite:////absolute", with symbolic links resolved, so
// that one file has one name. Throws core::InfraError, which never repeats the URL: it may hold a password.
std::filesystem::path sqlite_file(std::string_view url);

}  // namespace rollcall::storage
