// That a person agreed to the use of their face: without it nothing of a face is kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <rollcall/core/clock.hpp>
#include <rollcall/domain/ids.hpp>

namespace rollcall::domain {

using ConsentId = core::StrongId<struct ConsentTag>;

enum class ConsentMethod {
  written,     // signed on paper
  electronic,  // given by the person in this or another system
  verbal,
  attested,  // an operator states that it was obtained
};

std::string_view name_of(ConsentMethod method);
std::optional<ConsentMethod> consent_method_from(std::string_view name);

struct Consent {
  ConsentId id;
  PersonId person;
  std::string text_version;  // of the text that the person agreed to: "2026-03"
  std::string language;      // that it was shown in: "en"
  ConsentMethod method = ConsentMethod::written;
  std::string recorded_by;  // "user:<id>", "api", "command line"
  core::TimePoint given_at;
  std::optional<core::TimePoint> withdrawn_at;  // or otherwise ended; never valid again

  bool is_valid() const { return !withdrawn_at.has_value(); }
};

}  // namespace rollcall::domain
