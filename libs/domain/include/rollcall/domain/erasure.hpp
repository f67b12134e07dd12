// The destruction of a person's data, as a fact that outlives the data: it names ids and nothing else.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include <rollcall/core/clock.hpp>
#include <rollcall/domain/ids.hpp>

namespace rollcall::domain {

using ErasureId = core::StrongId<struct ErasureTag>;

enum class ErasureScope {
  person,     // the record and everything of it; events stay, under an id that leads to nobody
  face_data,  // faces, templates, crops and their key; ends the consents they were kept under
};

enum class ErasureReason { request, withdrawal, retention };

std::string_view name_of(ErasureScope scope);
std::string_view name_of(ErasureReason reason);
std::optional<ErasureScope> erasure_scope_from(std::string_view name);
std::optional<ErasureReason> erasure_reason_from(std::string_view name);

struct Erasure {
  ErasureId id;
  PersonId person;
  ErasureScope scope = ErasureScope::person;
  ErasureReason reason = ErasureReason::request;
  // Face data under consents up to this time goes: what is enrolled under a later consent is not meant.
  core::TimePoint requested_at;

  friend bool operator==(const Erasure&, const Erasure&) = default;
};

struct ErasedCounts {
  std::int64_t faces = 0;
  std::int64_t templates = 0;
  std::int64_t crops = 0;
};

}  // namespace rollcall::domain
