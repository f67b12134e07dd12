#include "rollcall/domain/consent.hpp"

namespace rollcall::domain {

std::string_view name_of(ConsentMethod method) {
  switch (method) {
    case ConsentMethod::written:
      return "written";
    case ConsentMethod::electronic:
      return "electronic";
    case ConsentMethod::verbal:
      return "verbal";
    case ConsentMethod::attested:
      return "attested";
  }
  return "";
}

std::optional<ConsentMethod> consent_method_from(std::string_view name) {
  for (const auto method :
       {ConsentMethod::written, ConsentMethod::electronic, ConsentMethod::verbal, ConsentMethod::attested}) {
    if (name == name_of(method)) return method;
  }
  return std::nullopt;
}

}  // namespace rollcall::domain
