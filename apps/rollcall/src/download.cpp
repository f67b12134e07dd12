#include "download.hpp"

#include <fstream>

#include <curl/curl.h>

#include <rollcall/core/digest.hpp>

namespace rollcall::app {
namespace {

constexpr std::uint64_t kBytesMax = 512ULL * 1024 * 1024;
constexpr long kConnectSecondsMax = 15;
constexpr long kRedirectsMax = 5;
// Slower than this for this long is a stalled connection.
constexpr long kBytesPerSecondMin = 1000;
constexpr long kSlowSecondsMax = 30;

struct Transfer {
  std::ofstream& out;
  const std::function<void(std::uint64_t)>& progress;
  std::uint64_t bytes_max;
  std::uint64_t received = 0;
};

std::size_t receive(char* data, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  transfer.received += size * count;
  if (transfer.received > transfer.bytes_max) return 0;
  transfer.out.write(data, static_cast<std::streamsize>(size * count));
  transfer.progress(transfer.received);
  return transfer.out ? size * count : 0;
}

std::string fetch_to(const DownloadTask& task, std::ofstream& out,
                     const std::function<void(std::uint64_t)>& progress) {
  const std::unique_ptr<CURL, decltype(&curl_easy_cleanup)> curl(curl_easy_init(), &curl_easy_cleanup);
  Transfer transfer{out, progress, task.bytes > 0 ? task.bytes : kBytesMax};
  curl_easy_setopt(curl.get(), CURLOPT_URL, task.url.c_str());
  curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "https");
  curl_easy_setopt(curl.get(), CURLOPT_REDIR_PROTOCOLS_STR, "https");
  curl_easy_setopt(curl.get(), CURLOPT_FOLLOWLOCATION, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_MAXREDIRS, kRedirectsMax);
  curl_easy_setopt(curl.get(), CURLOPT_FAILONERROR, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, kConnectSecondsMax);
  curl_easy_setopt(curl.get(), CURLOPT_LOW_SPEED_LIMIT, kBytesPerSecondMin);
  curl_easy_setopt(curl.get(), CURLOPT_LOW_SPEED_TIME, kSlowSecondsMax);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, &receive);
  curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &transfer);
  const auto code = curl_easy_perform(curl.get());
  return code == CURLE_OK ? std::string() : curl_easy_strerror(code);
}

}  // namespace

core::Result<void> download(const DownloadTask& task, const std::function<void(std::uint64_t)>& progress) {
  auto partial = task.target;
  partial += ".partial";
  std::error_code ignored;
  std::ofstream out(partial, std::ios::binary);
  if (!out)
    return core::Error{core::Errc::not_found, "download_failed", "Cannot write " + partial.string() + "."};
  const auto trouble = fetch_to(task, out, progress);
  out.close();
  if (!trouble.empty() || !out) {
    std::filesystem::remove(partial, ignored);
    return core::Error{core::Errc::not_found, "download_failed", task.url + ": " + trouble + "."};
  }
  const auto hash = core::sha256_hex_of_file(partial);
  if (!hash || *hash != task.sha256) {
    std::filesystem::remove(partial, ignored);
    return core::Error{
        core::Errc::conflict, "hash_mismatch",
        task.url + ": expected sha256 " + task.sha256 + ", received " + (hash ? *hash : "nothing") + "."};
  }
  std::filesystem::rename(partial, task.target);
  return {};
}

}  // namespace rollcall::app
