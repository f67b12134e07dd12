#include "../request.hpp"
#include "list.hpp"

#include <rollcall/core/base64.hpp>

namespace rollcall::api::endpoints {
namespace {

struct ErasureReceiptView {
  static constexpr std::string_view kSchemaName = "ErasureReceipt";
  std::string erasure_id;
  std::string person_id;
  Timestamp erased_at;
  std::int64_t faces = 0;
  std::int64_t templates = 0;
  std::int64_t crops = 0;
  std::string key_id;
  std::string public_key;
  std::string signature;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "key_id") return "The first 16 hexadecimal digits of the public key's SHA-256.";
    if (member == "public_key") return "Ed25519, base64.";
    if (member == "signature") {
      return "Ed25519 over the line 'rollcall erasure receipt v1' and one line name=value for each member "
             "from "
             "erasure_id to crops, each ended by a newline; base64.";
    }
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(ErasureReceiptView, (),
                      (erasure_id, person_id, erased_at, faces, templates, crops, key_id, public_key,
                       signature))

http::Response handle(Services& services, const http::Request& request) {
  const auto receipt = services.erase_person({path_id(request)});
  if (!receipt) return http::problem(receipt.error());
  return http::json_response(
      200, encode(ErasureReceiptView{.erasure_id = receipt->erasure.id.value,
                                     .person_id = receipt->erasure.person.value,
                                     .erased_at = {receipt->erasure.requested_at},
                                     .faces = receipt->counts.faces,
                                     .templates = receipt->counts.templates,
                                     .crops = receipt->counts.crops,
                                     .key_id = receipt->key_id,
                                     .public_key = core::base64_encode(receipt->public_key),
                                     .signature = core::base64_encode(receipt->signature)}));
}

}  // namespace

Endpoint erase_person() {
  return {.method = http::Method::del,
          .pattern = "/v1/people/{id}",
          .handler = &handle,
          .operation_id = "erasePerson",
          .tag = "people",
          .summary = "Erase a person with everything that is held about them",
          .description =
              "Record, consents, faces, templates, crops, and the key that sealed them. Events stay, under "
              "an id that leads to nobody. The receipt proves that this server says so.",
          .answers = {{200, "Erased; the signed receipt.", {json_content<ErasureReceiptView>()}}},
          .problems = {404}};
}

}  // namespace rollcall::api::endpoints
