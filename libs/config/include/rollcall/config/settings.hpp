// The configuration as plain values: one member per option, named after it.
//
// Filled by load(); the defaults, bounds and meanings are in the option table (options.cpp), which also
// prints docs/config.md. A value in here has passed every check.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <rollcall/core/log.hpp>

namespace rollcall::config {

enum class AppEnv { development, production };
enum class ModelPack { automatic, standard, zoo, classic };
enum class FaceAlignment { detector, mesh };
enum class LogFormat { automatic, text, json };
enum class JwtAlgorithm { hs256 };
enum class DeviceEnrollment { code, approval, open };
enum class SameSite { lax, strict };

struct Settings {
  AppEnv app_env{};

  // http
  std::string http_address;  // numeric
  std::uint16_t http_port{};
  int http_light_threads{};
  int http_queue_max{};
  int http_connections_max{};
  std::chrono::milliseconds http_drain_timeout{};
  std::chrono::milliseconds handler_timeout{};

  // storage
  std::filesystem::path data_dir;
  std::filesystem::path database_file;  // DATABASE_URL, or data_dir/rollcall.db
  int db_readers{};

  // accounts; an empty secret means "keep one of its own in data_dir/keys", which production refuses
  std::string jwt_signing_key;
  std::string jwt_signing_key_previous;
  std::string jwt_issuer;
  JwtAlgorithm jwt_algorithm{};
  std::chrono::milliseconds access_ttl{};
  std::optional<int> access_token_expire_minutes;  // derive() turns it into access_ttl
  std::chrono::milliseconds refresh_ttl{};
  std::chrono::milliseconds device_refresh_ttl{};
  DeviceEnrollment device_enrollment{};
  std::optional<bool> session_cookie_secure;  // set by derive()
  bool session_cookie_httponly{};
  std::optional<bool> csrf_cookie_secure;  // set by derive()
  SameSite session_cookie_samesite{};
  int session_cookie_age_s{};
  bool session_expire_at_browser_close{};

  // limits of who may ask, and how often
  int rate_limit_per_min{};
  int login_rate_limit_per_min{};
  std::vector<std::string> trusted_proxies;  // addresses or networks: "10.0.0.0/8"
  std::vector<std::string> allowed_hosts;    // empty: any Host header
  std::vector<std::string> cors_allowed_origins;

  // privacy
  std::string face_data_encryption_key;
  std::vector<std::string> face_data_encryption_keys_previous;
  std::string data_encryption_key;
  int face_retention_days{};  // 0: for ever

  // models
  std::filesystem::path model_dir;  // ROLLCALL_MODEL_DIR, or data_dir/models
  ModelPack model_pack{};
  std::string face_encoding_model;    // empty: the pack's own
  std::string face_detector_backend;  // empty: the pack's own
  bool allow_demo_models{};
  int vision_threads{};  // 0: one per core

  // recognition; an empty optional means "as calibrated for the model"
  std::optional<double> face_detection_confidence_threshold;
  FaceAlignment face_alignment{};
  std::optional<double> face_similarity_threshold;
  std::optional<double> face_recognition_tolerance;
  std::optional<double> recognition_cosine_min;
  std::optional<double> recognition_margin_min;

  // images
  int preprocess_resize_max_dim_px{};  // 0: never resize
  bool preprocess_apply_clahe{};
  std::uint64_t image_bytes_max{};
  int image_megapixels_max{};
  std::vector<std::string> image_url_allowed_hosts;  // lower case; empty: no host

  // enrolment
  int enrollment_augmentations_per_image{};
  int enrollment_images_max{};  // per request
  bool enrollment_keep_crops{};

  // logging
  core::log::Level log_level{};
  LogFormat log_format{};
  std::optional<std::filesystem::path> log_dir;
};

}  // namespace rollcall::config
