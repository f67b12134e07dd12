// A consent in requests and answers.
#pragma once

#include "../schema/members.hpp"

#include <rollcall/attendance/consents.hpp>
#include <rollcall/domain/consent.hpp>

namespace rollcall::domain {
BOOST_DESCRIBE_ENUM(ConsentMethod, written, electronic, verbal, attested)
}  // namespace rollcall::domain

namespace rollcall::api {

struct NewConsentBody {
  static constexpr std::string_view kSchemaName = "NewConsent";
  Text<1, 64> text_version;
  std::optional<Text<1, 35>> language;
  std::optional<domain::ConsentMethod> method;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "text_version") return "Of the text that the person agreed to, such as 2026-03.";
    if (member == "language") return "The language it was shown in, as a BCP 47 tag; en if absent.";
    if (member == "method") return "How it was given; attested if absent: you state that it was obtained.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(NewConsentBody, (), (text_version, language, method))

struct ConsentView {
  static constexpr std::string_view kSchemaName = "Consent";
  std::string id;
  std::string text_version;
  std::string language;
  domain::ConsentMethod method{};
  std::string recorded_by;
  Timestamp given_at;
  std::optional<Timestamp> withdrawn_at;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "withdrawn_at")
      return "Withdrawn, or ended by retention; then nothing kept under it is left.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(ConsentView, (),
                      (id, text_version, language, method, recorded_by, given_at, withdrawn_at))

inline attendance::NewConsent consent_of(const NewConsentBody& body) {
  return {.text_version = body.text_version.value,
          .language = body.language ? body.language->value : "en",
          .method = body.method.value_or(domain::ConsentMethod::attested),
          .recorded_by = "api"};
}

inline ConsentView view_of(const domain::Consent& consent) {
  ConsentView view{.id = consent.id.value,
                   .text_version = consent.text_version,
                   .language = consent.language,
                   .method = consent.method,
                   .recorded_by = consent.recorded_by,
                   .given_at = {consent.given_at},
                   .withdrawn_at = {}};
  if (consent.withdrawn_at) view.withdrawn_at = Timestamp{*consent.withdrawn_at};
  return view;
}

}  // namespace rollcall::api
