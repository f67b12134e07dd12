#include "http_client.hpp"

#include <algorithm>
#include <memory>

#include <curl/curl.h>

namespace rollcall::testing {
namespace {

constexpr long kSecondsMax = 120;

std::size_t append_body(char* data, std::size_t size, std::size_t count, void* user) {
  static_cast<Reply*>(user)->body.append(data, size * count);
  return size * count;
}

std::size_t add_header(char* data, std::size_t size, std::size_t count, void* user) {
  const std::string_view line(data, size * count);
  if (const auto colon = line.find(':'); colon != std::string_view::npos) {
    std::string name(line.substr(0, colon));
    std::ranges::transform(name, name.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    auto value = line.substr(colon + 1);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    value = value.substr(0, value.find_first_of("\r\n"));
    auto& field = static_cast<Reply*>(user)->headers[name];
    field += (field.empty() ? "" : "\n") + std::string(value);
  }
  return size * count;
}

}  // namespace

std::string Reply::reason() const {
  const auto document = json();
  return document.is_object() ? document.value("reason", "") : "";
}

HttpClient::HttpClient(std::string base_url, std::string token)
    : base_url_(std::move(base_url)), token_(std::move(token)), curl_(curl_easy_init()) {}

HttpClient::~HttpClient() {
  curl_easy_cleanup(curl_);
}

Reply HttpClient::send(const std::string& method, const std::string& path, const std::string& body,
                       const HeaderList& headers) {
  curl_easy_reset(curl_);
  Reply reply;
  const auto url = base_url_ + path;
  curl_slist* list = curl_slist_append(nullptr, "Expect:");
  for (const auto& [name, value] : headers) {
    // curl removes a header that ends in a colon, and sends one that ends in a semicolon as empty.
    list = curl_slist_append(list, value.empty() ? (name + ";").c_str() : (name + ": " + value).c_str());
  }
  const bool names_itself = std::ranges::count(headers, "Authorization", &HeaderList::value_type::first) > 0;
  if (!token_.empty() && !names_itself)
    list = curl_slist_append(list, ("Authorization: Bearer " + token_).c_str());
  curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl_, CURLOPT_CUSTOMREQUEST, method.c_str());
  curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, list);
  curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl_, CURLOPT_PROXY, "");
  curl_easy_setopt(curl_, CURLOPT_TIMEOUT, kSecondsMax);
  curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &append_body);
  curl_easy_setopt(curl_, CURLOPT_WRITEDATA, &reply);
  curl_easy_setopt(curl_, CURLOPT_HEADERFUNCTION, &add_header);
  curl_easy_setopt(curl_, CURLOPT_HEADERDATA, &reply);
  if (method == "HEAD") curl_easy_setopt(curl_, CURLOPT_NOBODY, 1L);
  if (!body.empty()) {
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  } else if (method == "POST" || method == "PATCH") {
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, "");
    curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE, 0L);
  }
  if (curl_easy_perform(curl_) == CURLE_OK) curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &reply.status);
  curl_slist_free_all(list);
  return reply;
}

Reply HttpClient::post_json(const std::string& path, const nlohmann::json& json, HeaderList headers) {
  headers.emplace_back("Content-Type", "application/json");
  return send("POST", path, json.dump(), headers);
}

Reply HttpClient::post_image(const std::string& path, const std::string& image, HeaderList headers) {
  headers.emplace_back("Content-Type", "application/octet-stream");
  return send("POST", path, image, headers);
}

Reply HttpClient::post_form(const std::string& path, const std::vector<FormPart>& parts, HeaderList headers) {
  const std::string boundary = "----rollcall-test-boundary-7d1f";
  std::string body;
  for (const auto& part : parts) {
    body += "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + part.name + "\"";
    if (!part.filename.empty()) {
      body += "; filename=\"" + part.filename + "\"\r\nContent-Type: application/octet-stream";
    }
    body += "\r\n\r\n" + part.content + "\r\n";
  }
  body += "--" + boundary + "--\r\n";
  headers.emplace_back("Content-Type", "multipart/form-data; boundary=" + boundary);
  return send("POST", path, body, headers);
}

}  // namespace rollcall::testing
