#include "site_keys.hpp"

#include "key_files.hpp"

#include <rollcall/core/assert.hpp>

namespace rollcall::app {

crypto::Key configured_key(const config::Settings& settings, const std::string& text, std::string_view name) {
  if (text.empty()) return load_or_create_key(settings.data_dir, name);
  auto key = crypto::Key::parse(text);
  ROLLCALL_ASSERT(key);  // the configuration refuses other text
  return *std::move(key);
}

crypto::Key data_key(const config::Settings& settings) {
  return configured_key(settings, settings.data_encryption_key, "data");
}

std::vector<std::string> jwt_signing_keys(const config::Settings& settings) {
  std::vector<std::string> keys;
  if (settings.jwt_signing_key.empty()) {
    keys.emplace_back(load_or_create_key(settings.data_dir, "jwt").bytes());
  } else {
    keys.push_back(settings.jwt_signing_key);
  }
  if (!settings.jwt_signing_key_previous.empty()) keys.push_back(settings.jwt_signing_key_previous);
  return keys;
}

}  // namespace rollcall::app
