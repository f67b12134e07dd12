#include "rules.hpp"

#include "secrets.hpp"

namespace rollcall::config {

namespace {

// Secrets and doors. Development may go without, production may not.
void check_security(const Settings& settings, std::vector<BrokenRule>& broken) {
  const bool production = settings.app_env == AppEnv::production;
  if (settings.jwt_signing_key.empty()) {
    if (production) broken.push_back({"JWT_SIGNING_KEY", "must be set when APP_ENV is production"});
  } else if (const auto weakness = weakness_of_secret(settings.jwt_signing_key);
             weakness && (production || settings.jwt_signing_key.size() < 32)) {
    broken.push_back({"JWT_SIGNING_KEY", *weakness});
  }
  if (production && settings.face_data_encryption_key.empty()) {
    broken.push_back({"FACE_DATA_ENCRYPTION_KEY", "must be set when APP_ENV is production"});
  }
  if (production && settings.data_encryption_key.empty()) {
    broken.push_back({"DATA_ENCRYPTION_KEY", "must be set when APP_ENV is production"});
  }
  if (!settings.data_encryption_key.empty() &&
      settings.data_encryption_key == settings.face_data_encryption_key) {
    broken.push_back({"DATA_ENCRYPTION_KEY", "is the same as FACE_DATA_ENCRYPTION_KEY; each needs its own"});
  }
  if (production && settings.device_enrollment == DeviceEnrollment::open) {
    broken.push_back({"DEVICE_ENROLLMENT", "open lets anybody in and is refused when APP_ENV is production"});
  }
  if (production && settings.session_cookie_secure == false) {
    broken.push_back({"SESSION_COOKIE_SECURE", "must not be off when APP_ENV is production"});
  }
  if (production && settings.csrf_cookie_secure == false) {
    broken.push_back({"CSRF_COOKIE_SECURE", "must not be off when APP_ENV is production"});
  }
}

}  // namespace

std::vector<BrokenRule> broken_rules(const Settings& settings) {
  std::vector<BrokenRule> broken;
  if (settings.face_similarity_threshold && settings.face_recognition_tolerance) {
    broken.push_back({"FACE_RECOGNITION_TOLERANCE",
                      "is set beside FACE_SIMILARITY_THRESHOLD; both set the same strictness, keep one"});
  }
  if (settings.recognition_cosine_min &&
      (settings.face_similarity_threshold || settings.face_recognition_tolerance)) {
    broken.push_back({"RECOGNITION_COSINE_MIN",
                      "is set beside FACE_SIMILARITY_THRESHOLD or FACE_RECOGNITION_TOLERANCE; keep one"});
  }
  if (settings.app_env == AppEnv::production && settings.model_pack == ModelPack::classic &&
      !settings.allow_demo_models) {
    broken.push_back(
        {"MODEL_PACK",
         "classic is demo grade and refused when APP_ENV is production; install a model pack, or set "
         "ALLOW_DEMO_MODELS=true if you know what that means"});
  }
  check_security(settings, broken);
  return broken;
}

void derive(Settings& settings) {
  if (settings.database_file.empty()) settings.database_file = settings.data_dir / "rollcall.db";
  if (settings.model_dir.empty()) settings.model_dir = settings.data_dir / "models";
  if (settings.access_token_expire_minutes) {
    settings.access_ttl = std::chrono::minutes(*settings.access_token_expire_minutes);
  }
  const bool production = settings.app_env == AppEnv::production;
  settings.session_cookie_secure = settings.session_cookie_secure.value_or(production);
  settings.csrf_cookie_secure = settings.csrf_cookie_secure.value_or(production);
}

}  // namespace rollcall::config
