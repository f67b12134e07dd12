#include "kinds.hpp"
#include "parse.hpp"

#include <algorithm>

#include <rollcall/config/option.hpp>

namespace rollcall::config {
namespace {

using namespace std::chrono_literals;

// One function per group keeps the table in readable pieces.
using Group = std::vector<Option>;

Group server_options() {
  constexpr std::string_view kGroup = "Server";
  return {
      {.name = "APP_ENV",
       .group = kGroup,
       .kind = choice<AppEnv>(&Settings::app_env,
                              {{"development", AppEnv::development}, {"production", AppEnv::production}}),
       .default_text = "development",
       .help = "Production refuses what is only good for trying out, such as the demo-grade classic models.",
       .aliases = {"ENVIRONMENT"}},
      {.name = "HTTP_ADDRESS",
       .group = kGroup,
       .kind = address(&Settings::http_address),
       .default_text = "127.0.0.1",
       .help = "Address to listen on. 0.0.0.0 is every address; put a TLS proxy in front of it."},
      {.name = "HTTP_PORT",
       .group = kGroup,
       .kind = port(&Settings::http_port),
       .default_text = "8081",
       .help = "Port to listen on."},
      {.name = "HTTP_LIGHT_THREADS",
       .group = kGroup,
       .kind = integer(&Settings::http_light_threads, {1, 64}),
       .default_text = "4",
       .help = "Threads for requests that do not analyse photos."},
      {.name = "HTTP_QUEUE_MAX",
       .group = kGroup,
       .kind = integer(&Settings::http_queue_max, {1, 10'000}),
       .default_text = "64",
       .help = "Requests that may wait for a thread; further ones are answered 503 with Retry-After."},
      {.name = "HTTP_CONNECTIONS_MAX",
       .group = kGroup,
       .kind = integer(&Settings::http_connections_max, {1, 65'535}),
       .default_text = "1024",
       .help = "Open connections; further ones are closed at once."},
      {.name = "HTTP_DRAIN_TIMEOUT",
       .group = kGroup,
       .kind = duration(&Settings::http_drain_timeout, {0ms, 10min}),
       .default_text = "10s",
       .help = "How long a shutdown waits for requests that have begun."},
      {.name = "HANDLER_TIMEOUT",
       .group = kGroup,
       .kind = duration(&Settings::handler_timeout, {100ms, 10min}),
       .default_text = "10s",
       .help = "Longest time between a complete request and its answer; after it the client gets 503."},
  };
}

Group account_options() {
  constexpr std::string_view kGroup = "Accounts and devices";
  return {
      {.name = "JWT_SIGNING_KEY",
       .group = kGroup,
       .kind = text(&Settings::jwt_signing_key),
       .default_text = "",
       .help = "Signs access tokens: at least 32 random bytes (openssl rand -base64 32). Empty: development "
               "keeps one of its own in DATA_DIR/keys.",
       .aliases = {"SECRET_KEY", "DJANGO_SECRET_KEY"},
       .secrecy = Secrecy::secret},
      {.name = "JWT_SIGNING_KEY_PREVIOUS",
       .group = kGroup,
       .kind = text(&Settings::jwt_signing_key_previous),
       .default_text = "",
       .help = "The key before this one; its tokens stay valid until they expire.",
       .secrecy = Secrecy::secret},
      {.name = "JWT_ISSUER",
       .group = kGroup,
       .kind = text(&Settings::jwt_issuer),
       .default_text = "attendance-engine",
       .help = "Issuer named in tokens and required of them."},
      {.name = "ALGORITHM",
       .group = kGroup,
       .kind = choice<JwtAlgorithm>(&Settings::jwt_algorithm,
                                    {{"HS256", JwtAlgorithm::hs256}, {"hs256", JwtAlgorithm::hs256}}),
       .default_text = "HS256",
       .help = "Signature of access tokens."},
      {.name = "ACCESS_TTL",
       .group = kGroup,
       .kind = duration(&Settings::access_ttl, {1min, 24h}),
       .default_text = "15m",
       .help = "How long an access token is valid."},
      {.name = "ACCESS_TOKEN_EXPIRE_MINUTES",
       .group = kGroup,
       .kind = optional_integer(&Settings::access_token_expire_minutes, {1, 1440}),
       .default_text = "",
       .help = "The same in minutes, as other systems name it; replaces ACCESS_TTL."},
      {.name = "REFRESH_TTL",
       .group = kGroup,
       .kind = duration(&Settings::refresh_ttl, {5min, 720h}),
       .default_text = "24h",
       .help = "How long a login lasts without being used."},
      {.name = "DEVICE_REFRESH_TTL",
       .group = kGroup,
       .kind = duration(&Settings::device_refresh_ttl, {1h, 8760h}),
       .default_text = "90d",
       .help = "How long a device stays registered without being used, so that it survives a holiday."},
      {.name = "DEVICE_ENROLLMENT",
       .group = kGroup,
       .kind =
           choice<DeviceEnrollment>(&Settings::device_enrollment, {{"code", DeviceEnrollment::code},
                                                                   {"approval", DeviceEnrollment::approval},
                                                                   {"open", DeviceEnrollment::open}}),
       .default_text = "code",
       .help = "How a device gets in: with a code, after an approval, or (in development only) just so."},
      {.name = "SESSION_COOKIE_SECURE",
       .group = kGroup,
       .kind = optional_boolean(&Settings::session_cookie_secure),
       .default_text = "",
       .help = "Browsers send the session cookie over HTTPS only. Empty: in production.",
       .aliases = {"DJANGO_SESSION_COOKIE_SECURE"}},
      {.name = "SESSION_COOKIE_HTTPONLY",
       .group = kGroup,
       .kind = boolean(&Settings::session_cookie_httponly),
       .default_text = "true",
       .help = "Keeps the session cookie from scripts.",
       .aliases = {"DJANGO_SESSION_COOKIE_HTTPONLY"}},
      {.name = "CSRF_COOKIE_SECURE",
       .group = kGroup,
       .kind = optional_boolean(&Settings::csrf_cookie_secure),
       .default_text = "",
       .help = "Browsers send the CSRF cookie over HTTPS only. Empty: in production.",
       .aliases = {"DJANGO_CSRF_COOKIE_SECURE"}},
      {.name = "SESSION_COOKIE_SAMESITE",
       .group = kGroup,
       .kind = choice<SameSite>(&Settings::session_cookie_samesite,
                                {{"lax", SameSite::lax}, {"strict", SameSite::strict}}),
       .default_text = "lax",
       .help = "Whether a link from another site carries the session cookie.",
       .aliases = {"DJANGO_SESSION_COOKIE_SAMESITE"}},
      {.name = "SESSION_COOKIE_AGE",
       .group = kGroup,
       .kind = integer(&Settings::session_cookie_age_s, {60, 2'592'000}),
       .default_text = "1800",
       .help = "Seconds without use after which a browser session ends.",
       .aliases = {"DJANGO_SESSION_COOKIE_AGE"}},
      {.name = "SESSION_EXPIRE_AT_BROWSER_CLOSE",
       .group = kGroup,
       .kind = boolean(&Settings::session_expire_at_browser_close),
       .default_text = "true",
       .help = "Browsers forget the session cookie when they close.",
       .aliases = {"DJANGO_SESSION_EXPIRE_AT_BROWSER_CLOSE"}},
  };
}

Group limit_options() {
  constexpr std::string_view kGroup = "Limits";
  return {
      {.name = "RATE_LIMIT_PER_MIN",
       .group = kGroup,
       .kind = integer(&Settings::rate_limit_per_min, {1, 1'000'000}),
       .default_text = "120",
       .help = "Requests a minute of one device, user or, without a login, one address."},
      {.name = "LOGIN_RATE_LIMIT_PER_MIN",
       .group = kGroup,
       .kind = integer(&Settings::login_rate_limit_per_min, {1, 10'000}),
       .default_text = "10",
       .help = "Attempts a minute from one address to log in."},
      {.name = "TRUSTED_PROXIES",
       .group = kGroup,
       .kind = networks(&Settings::trusted_proxies),
       .default_text = "",
       .help = "Proxies whose X-Forwarded-For is believed. Empty: nobody's."},
      {.name = "ALLOWED_HOSTS",
       .group = kGroup,
       .kind = hosts(&Settings::allowed_hosts),
       .default_text = "",
       .help = "Names under which the server answers; another Host header is refused. Empty: any.",
       .aliases = {"DJANGO_ALLOWED_HOSTS"}},
      {.name = "CORS_ALLOWED_ORIGINS",
       .group = kGroup,
       .kind = origins(&Settings::cors_allowed_origins),
       .default_text = "",
       .help = "Web origins whose scripts may use the API. Empty: none but our own."},
  };
}

Group privacy_options() {
  constexpr std::string_view kGroup = "Privacy";
  return {
      {.name = "FACE_DATA_ENCRYPTION_KEY",
       .group = kGroup,
       .kind = key(&Settings::face_data_encryption_key),
       .default_text = "",
       .help =
           "Master key of templates, photos and crops; Fernet keys are accepted. Empty: development keeps "
           "one of its own in DATA_DIR/keys.",
       .secrecy = Secrecy::secret},
      {.name = "FACE_DATA_ENCRYPTION_KEYS_PREVIOUS",
       .group = kGroup,
       .kind = keys(&Settings::face_data_encryption_keys_previous),
       .default_text = "",
       .help = "Master keys before this one, until 'rollcall keys rotate' has replaced them.",
       .secrecy = Secrecy::secret},
      {.name = "DATA_ENCRYPTION_KEY",
       .group = kGroup,
       .kind = key(&Settings::data_encryption_key),
       .default_text = "",
       .help =
           "Protects other secrets in the database and seals the ledger; Fernet keys are accepted. Empty: "
           "development keeps one of its own in DATA_DIR/keys.",
       .secrecy = Secrecy::secret},
      {.name = "FACE_RETENTION_DAYS",
       .group = kGroup,
       .kind = integer(&Settings::face_retention_days, {0, 36'500}),
       .default_text = "1095",
       .help = "Face data of a person without a check-in for so long is erased. 0: never."},
  };
}

Group storage_options() {
  constexpr std::string_view kGroup = "Storage";
  return {
      {.name = "DATA_DIR",
       .group = kGroup,
       .kind = folder(&Settings::data_dir),
       .default_text = "./data",
       .help = "Folder of the database, the stored images and the models."},
      {.name = "DATABASE_URL",
       .group = kGroup,
       .kind = sqlite_url(&Settings::database_file),
       .default_text = "",
       .help = "The database. Empty: rollcall.db in DATA_DIR."},
      {.name = "DB_READERS",
       .group = kGroup,
       .kind = integer(&Settings::db_readers, {1, 64}),
       .default_text = "4",
       .help = "Database connections for reading. There is always exactly one for writing."},
  };
}

Group model_options() {
  constexpr std::string_view kGroup = "Models";
  return {
      {.name = "ROLLCALL_MODEL_DIR",
       .group = kGroup,
       .kind = folder(&Settings::model_dir),
       .default_text = "",
       .help = "Folder of the model files. Empty: models in DATA_DIR."},
      {.name = "MODEL_PACK",
       .group = kGroup,
       .kind = choice<ModelPack>(&Settings::model_pack, {{"auto", ModelPack::automatic},
                                                         {"standard", ModelPack::standard},
                                                         {"zoo", ModelPack::zoo},
                                                         {"classic", ModelPack::classic}}),
       .default_text = "auto",
       .help = "Which models to use. auto takes the first complete pack of standard, zoo, classic. classic "
               "needs no "
               "model files and is demo grade."},
      {.name = "FACE_ENCODING_MODEL",
       .group = kGroup,
       .kind = text(&Settings::face_encoding_model),
       .default_text = "",
       .help =
           "Name of another embedder of the model manifest. Empty: the pack's own. Templates of different "
           "models are never compared."},
      {.name = "FACE_DETECTOR_BACKEND",
       .group = kGroup,
       .kind = text(&Settings::face_detector_backend),
       .default_text = "",
       .help = "Name of another detector of the model manifest. Empty, or yunet, mtcnn or retinaface (the "
               "names of "
               "the source systems): the pack's own."},
      {.name = "ALLOW_DEMO_MODELS",
       .group = kGroup,
       .kind = boolean(&Settings::allow_demo_models),
       .default_text = "false",
       .help = "Lets the demo-grade classic pack run in production."},
      {.name = "VISION_THREADS",
       .group = kGroup,
       .kind = integer(&Settings::vision_threads, {0, 256}),
       .default_text = "0",
       .help = "Photos analysed at the same time, one core each. 0: one per core."},
  };
}

Group recognition_options() {
  constexpr std::string_view kGroup = "Recognition";
  return {
      {.name = "FACE_DETECTION_CONFIDENCE_THRESHOLD",
       .group = kGroup,
       .kind = optional_number(&Settings::face_detection_confidence_threshold, {0.05, 0.99}),
       .default_text = "",
       .help = "Least detector score of a face. Empty: the detector's own."},
      {.name = "FACE_ALIGNMENT",
       .group = kGroup,
       .kind = choice<FaceAlignment>(&Settings::face_alignment,
                                     {{"detector", FaceAlignment::detector}, {"mesh", FaceAlignment::mesh}}),
       .default_text = "detector",
       .help = "Where the five points for alignment come from: the detector, or the slower and more exact "
               "face mesh."},
      {.name = "FACE_SIMILARITY_THRESHOLD",
       .group = kGroup,
       .kind = optional_number(&Settings::face_similarity_threshold, {0, 1}),
       .default_text = "",
       .help = "Strictness on a similarity scale on which 0.65 means: as calibrated for the model. Higher is "
               "stricter."},
      {.name = "FACE_RECOGNITION_TOLERANCE",
       .group = kGroup,
       .kind = optional_number(&Settings::face_recognition_tolerance, {0, 1}),
       .default_text = "",
       .help = "Strictness on a distance scale on which 0.6 means: as calibrated for the model. Lower is "
               "stricter."},
      {.name = "RECOGNITION_COSINE_MIN",
       .group = kGroup,
       .kind = optional_number(&Settings::recognition_cosine_min, {-1, 1}),
       .default_text = "",
       .help = "Least cosine similarity of a match. Empty: as calibrated for the model."},
      {.name = "RECOGNITION_MARGIN_MIN",
       .group = kGroup,
       .kind = optional_number(&Settings::recognition_margin_min, {0, 2}),
       .default_text = "",
       .help = "Least distance in cosine to the second person, else the verdict is ambiguous. Empty: as "
               "calibrated."},
  };
}

Group image_options() {
  constexpr std::string_view kGroup = "Images";
  return {
      {.name = "IMAGE_BYTES_MAX",
       .group = kGroup,
       .kind = size(&Settings::image_bytes_max, {1'000, 100'000'000}),
       .default_text = "8MB",
       .help = "Largest image file."},
      {.name = "IMAGE_MEGAPIXELS_MAX",
       .group = kGroup,
       .kind = integer(&Settings::image_megapixels_max, {1, 200}),
       .default_text = "25",
       .help = "Most pixels of an image, in millions; read from its header before it is decoded."},
      {.name = "IMAGE_URL_ALLOWED_HOSTS",
       .group = kGroup,
       .kind = hosts(&Settings::image_url_allowed_hosts),
       .default_text = "",
       .help = "Hosts that image_url may name. Empty: only data: URLs."},
      {.name = "PREPROCESS_RESIZE_MAX_DIM",
       .group = kGroup,
       .kind = integer(&Settings::preprocess_resize_max_dim_px, {0, 8192}),
       .default_text = "1024",
       .help = "Longer side in pixels to which a larger image is reduced before detection. 0: never."},
      {.name = "PREPROCESS_APPLY_CLAHE",
       .group = kGroup,
       .kind = boolean(&Settings::preprocess_apply_clahe),
       .default_text = "false",
       .help = "Evens out local contrast before detection."},
  };
}

Group enrolment_options() {
  constexpr std::string_view kGroup = "Enrolment";
  return {
      {.name = "ENROLLMENT_AUGMENTATIONS_PER_IMAGE",
       .group = kGroup,
       .kind = integer(&Settings::enrollment_augmentations_per_image, {0, 16}),
       .default_text = "4",
       .help = "Varied copies of each good face crop that are enrolled too."},
      {.name = "ENROLLMENT_IMAGES_MAX",
       .group = kGroup,
       .kind = integer(&Settings::enrollment_images_max, {1, 256}),
       .default_text = "32",
       .help = "Images in one enrolment request."},
      {.name = "ENROLLMENT_KEEP_CROPS",
       .group = kGroup,
       .kind = boolean(&Settings::enrollment_keep_crops),
       .default_text = "false",
       .help = "Keeps the face crops, so that a later model can re-enrol them, sealed like templates. "
               "Needless crops "
               "are needless risk."},
  };
}

Group logging_options() {
  constexpr std::string_view kGroup = "Logging";
  using core::log::Level;
  return {
      {.name = "LOG_LEVEL",
       .group = kGroup,
       .kind = choice<Level>(&Settings::log_level, {{"debug", Level::debug},
                                                    {"info", Level::info},
                                                    {"warning", Level::warning},
                                                    {"error", Level::error},
                                                    {"critical", Level::critical},
                                                    {"warn", Level::warning},
                                                    {"fatal", Level::critical}}),
       .default_text = "info",
       .help = "Least level that is written."},
      {.name = "LOG_FORMAT",
       .group = kGroup,
       .kind = choice<LogFormat>(
           &Settings::log_format,
           {{"auto", LogFormat::automatic}, {"text", LogFormat::text}, {"json", LogFormat::json}}),
       .default_text = "auto",
       .help = "auto writes text on a terminal and JSON elsewhere."},
      {.name = "LOG_DIR",
       .group = kGroup,
       .kind = optional_folder(&Settings::log_dir),
       .default_text = "",
       .help = "Also writes rollcall.log in this folder, a new file each day, 30 kept."},
  };
}

std::vector<Option> whole_table() {
  std::vector<Option> table;
  for (auto group :
       {server_options(), account_options(), limit_options(), privacy_options(), storage_options(),
        model_options(), recognition_options(), image_options(), enrolment_options(), logging_options()}) {
    table.insert(table.end(), std::make_move_iterator(group.begin()), std::make_move_iterator(group.end()));
  }
  return table;
}

}  // namespace

std::span<const Option> options() {
  static const std::vector<Option> table = whole_table();
  return table;
}

std::string toml_key_of(const Option& option) {
  return lower_case(option.name);
}

std::string flag_of(const Option& option) {
  auto flag = "--" + lower_case(option.name);
  std::ranges::replace(flag, '_', '-');
  return flag;
}

}  // namespace rollcall::config
