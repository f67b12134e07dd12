// Downloads a file whose hash is known: whatever the network sends, nothing else is kept.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include <rollcall/core/result.hpp>

namespace rollcall::app {

struct DownloadTask {
  std::string url;  // https; redirects are followed to https only
  std::filesystem::path target;
  std::string sha256;
  std::uint64_t bytes = 0;  // the exact size; 0 when the manifest does not say
};

// Writes beside the target and renames when the hash is right. `progress` gets the bytes so far.
// Errors: not_found "download_failed", conflict "hash_mismatch"; the message names the address or both
// hashes.
core::Result<void> download(const DownloadTask& task, const std::function<void(std::uint64_t)>& progress);

}  // namespace rollcall::app
