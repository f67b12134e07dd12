#include "rollcall/domain/erasure.hpp"

namespace rollcall::domain {

std::string_view name_of(ErasureScope scope) {
  switch (scope) {
    case ErasureScope::person:
      return "person";
    case ErasureScope::face_data:
      return "face_data";
  }
  return "";
}

std::string_view name_of(ErasureReason reason) {
  switch (reason) {
    case ErasureReason::request:
      return "request";
    case ErasureReason::withdrawal:
      return "withdrawal";
    case ErasureReason::retention:
      return "retention";
  }
  return "";
}

std::optional<ErasureScope> erasure_scope_from(std::string_view name) {
  for (const auto scope : {ErasureScope::person, ErasureScope::face_data}) {
    if (name == name_of(scope)) return scope;
  }
  return std::nullopt;
}

std::optional<ErasureReason> erasure_reason_from(std::string_view name) {
  for (const auto reason : {ErasureReason::request, ErasureReason::withdrawal, ErasureReason::retention}) {
    if (name == name_of(reason)) return reason;
  }
  return std::nullopt;
}

}  // namespace rollcall::domain
