#include "json_columns.hpp"

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

// With float as its number type, numbers are written in the shortest form that reads back as the same float.
using Json =
    nlohmann::basic_json<std::map, std::vector, std::string, bool, std::int64_t, std::uint64_t, float>;

constexpr int kEvidenceVersion = 1;

// JSON has no word for these, and a wrong one would change a replay.
Json number(float value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

float number_from(const Json& json) {
  if (json.is_number()) return json.get<float>();
  const auto& word = json.get_ref<const std::string&>();
  if (word == "nan") return std::numeric_limits<float>::quiet_NaN();
  if (word == "inf") return std::numeric_limits<float>::infinity();
  if (word == "-inf") return -std::numeric_limits<float>::infinity();
  throw core::InfraError("database: a stored number is corrupt");
}

Json numbers(std::initializer_list<float> values) {
  auto json = Json::array();
  for (const float value : values) json.push_back(number(value));
  return json;
}

template <class Struct>
struct Member {
  const char* name;
  float Struct::*value;
};

constexpr std::array<Member<domain::Quality>, 8> kQuality{{
    {"size_px", &domain::Quality::size_px},
    {"detection_score", &domain::Quality::detection_score},
    {"sharpness", &domain::Quality::sharpness},
    {"brightness", &domain::Quality::brightness},
    {"clipped", &domain::Quality::clipped},
    {"yaw_deg", &domain::Quality::yaw_deg},
    {"pitch_deg", &domain::Quality::pitch_deg},
    {"roll_deg", &domain::Quality::roll_deg},
}};

constexpr std::array<Member<domain::QualityPolicy>, 8> kQualityPolicy{{
    {"size_px_min", &domain::QualityPolicy::size_px_min},
    {"detection_score_min", &domain::QualityPolicy::detection_score_min},
    {"sharpness_min", &domain::QualityPolicy::sharpness_min},
    {"brightness_min", &domain::QualityPolicy::brightness_min},
    {"brightness_max", &domain::QualityPolicy::brightness_max},
    {"yaw_deg_max", &domain::QualityPolicy::yaw_deg_max},
    {"pitch_deg_max", &domain::QualityPolicy::pitch_deg_max},
    {"roll_deg_max", &domain::QualityPolicy::roll_deg_max},
}};

constexpr std::array<Member<domain::RecognitionPolicy>, 3> kRecognitionPolicy{{
    {"identify_score_min", &domain::RecognitionPolicy::identify_score_min},
    {"verify_score_min", &domain::RecognitionPolicy::verify_score_min},
    {"margin_min", &domain::RecognitionPolicy::margin_min},
}};

// A new member of a struct must be stored too: these break the build until it is.
static_assert(sizeof(domain::Quality) == kQuality.size() * sizeof(float));
static_assert(sizeof(domain::QualityPolicy) == kQualityPolicy.size() * sizeof(float));
static_assert(sizeof(domain::RecognitionPolicy) ==
              kRecognitionPolicy.size() * sizeof(float) + sizeof(domain::QualityPolicy));

template <class Struct, std::size_t N>
Json object(const Struct& source, const std::array<Member<Struct>, N>& members) {
  auto json = Json::object();
  for (const auto& member : members) json[member.name] = number(source.*member.value);
  return json;
}

template <class Struct, std::size_t N>
Struct object_from(const Json& json, const std::array<Member<Struct>, N>& members) {
  Struct result;
  for (const auto& member : members) result.*member.value = number_from(json.at(member.name));
  return result;
}

domain::Evidence evidence_from(const Json& json) {
  if (json.at("v").get<int>() != kEvidenceVersion) {
    throw core::InfraError("database: stored evidence is of a newer version than this program knows");
  }
  domain::Evidence evidence;
  evidence.model.value = json.at("model").get<std::string>();
  evidence.gallery_version = json.at("gallery_version").get<std::uint64_t>();
  const auto& policy = json.at("policy");
  evidence.policy = object_from(policy, kRecognitionPolicy);
  evidence.policy.quality = object_from(policy.at("quality"), kQualityPolicy);
  if (json.contains("claimed")) evidence.claimed = domain::PersonId{json.at("claimed").get<std::string>()};
  for (const auto& candidate : json.at("candidates")) {
    evidence.candidates.push_back({{candidate.at("person").get<std::string>()},
                                   {candidate.at("template").get<std::string>()},
                                   number_from(candidate.at("score"))});
  }
  evidence.quality = object_from(json.at("quality"), kQuality);
  const auto& box = json.at("box");
  evidence.box = {number_from(box.at(0)), number_from(box.at(1)), number_from(box.at(2)),
                  number_from(box.at(3))};
  for (std::size_t i = 0; i < evidence.landmarks.size(); ++i) {
    const auto& point = json.at("landmarks").at(i);
    evidence.landmarks[i] = {number_from(point.at(0)), number_from(point.at(1))};
  }
  evidence.width_px = number_from(json.at("image").at(0));
  evidence.height_px = number_from(json.at("image").at(1));
  return evidence;
}

}  // namespace

std::string to_column(const domain::Quality& quality) {
  return object(quality, kQuality).dump();
}

domain::Quality quality_from_column(const std::string& text) {
  try {
    return object_from(Json::parse(text), kQuality);
  } catch (const Json::exception& error) {
    throw core::InfraError(std::string("database: a stored quality is corrupt: ") + error.what());
  }
}

std::string to_column(const domain::Evidence& evidence) {
  auto json = Json::object();
  json["v"] = kEvidenceVersion;
  json["model"] = evidence.model.value;
  json["gallery_version"] = evidence.gallery_version;
  json["policy"] = object(evidence.policy, kRecognitionPolicy);
  json["policy"]["quality"] = object(evidence.policy.quality, kQualityPolicy);
  if (evidence.claimed) json["claimed"] = evidence.claimed->value;
  json["candidates"] = Json::array();
  for (const auto& candidate : evidence.candidates) {
    auto entry = Json::object();
    entry["person"] = candidate.person.value;
    entry["template"] = candidate.best_template.value;
    entry["score"] = number(candidate.score);
    json["candidates"].push_back(std::move(entry));
  }
  json["quality"] = object(evidence.quality, kQuality);
  const auto& box = evidence.box;
  json["box"] = numbers({box.x, box.y, box.width, box.height});
  json["landmarks"] = Json::array();
  for (const auto& point : evidence.landmarks) json["landmarks"].push_back(numbers({point.x, point.y}));
  json["image"] = numbers({evidence.width_px, evidence.height_px});
  try {
    return json.dump();
  } catch (const Json::exception&) {  // only for text that is not UTF-8
    throw core::InfraError("database: evidence holds text that cannot be stored");
  }
}

domain::Evidence evidence_from_column(const std::string& text) {
  try {
    return evidence_from(Json::parse(text));
  } catch (const Json::exception& error) {
    throw core::InfraError(std::string("database: stored evidence is corrupt: ") + error.what());
  }
}

}  // namespace rollcall::storage
