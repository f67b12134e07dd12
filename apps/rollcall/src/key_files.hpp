// Keys that development keeps in its data folder, where nobody configured one.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include <rollcall/crypto/key.hpp>

namespace rollcall::app {

// DATA_DIR/keys/<name>.key, in base64 as the configuration takes it; mode 0600 in a folder of mode 0700. The
// first call makes a random one; when it returns, the file is on disk, and of two processes that make one at
// the same time both get the same. Throws core::InfraError, also for a file that holds no key.
crypto::Key load_or_create_key(const std::filesystem::path& data_dir, std::string_view name);

// nullopt when there is no such file.
std::optional<crypto::Key> load_key(const std::filesystem::path& data_dir, std::string_view name);

}  // namespace rollcall::app
