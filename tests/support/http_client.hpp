// A small HTTP client for tests, over libcurl.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace rollcall::testing {

struct Reply {
  long status = 0;                             // 0: no answer
  std::map<std::string, std::string> headers;  // names in lower case; several of one name are lines
  std::string body;

  nlohmann::json json() const { return nlohmann::json::parse(body, nullptr, false); }
  // The word of a problem document.
  std::string reason() const;
};

struct FormPart {
  std::string name;
  std::string content;
  std::string filename = {};  // empty: a plain field
};

using HeaderList = std::vector<std::pair<std::string, std::string>>;

// One client, one connection that is kept open. Confined to one thread.
class HttpClient {
 public:
  // Sends `token`, unless it is empty or a request has an Authorization of its own.
  explicit HttpClient(std::string base_url, std::string token = "");
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  Reply send(const std::string& method, const std::string& path, const std::string& body = "",
             const HeaderList& headers = {});
  Reply get(const std::string& path, const HeaderList& headers = {}) {
    return send("GET", path, "", headers);
  }
  Reply post_json(const std::string& path, const nlohmann::json& json, HeaderList headers = {});
  Reply post_image(const std::string& path, const std::string& image, HeaderList headers = {});
  Reply post_form(const std::string& path, const std::vector<FormPart>& parts, HeaderList headers = {});

 private:
  const std::string base_url_;
  const std::string token_;
  void* curl_;
};

}  // namespace rollcall::testing
