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

struct Settings {
  AppEnv app_env{};

  // http
  std::string http_address;  // numeric, loopback only
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

  // models
  std::filesystem::path model_dir;  // ROLLCALL_MODEL_DIR, or data_dir/models
  ModelPack model_pack{};
  std::string face_encoding_model;  // empty: the pack's own
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
