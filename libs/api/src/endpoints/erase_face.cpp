#include "../request.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

http::Response handle(Services& services, const http::Request& request) {
  const auto erased = services.gallery.erase({path_id(request)}, {path_id(request, "face_id")});
  if (!erased) return http::problem(erased.error());
  return {.status = 204};
}

}  // namespace

Endpoint erase_face() {
  return {.method = http::Method::del,
          .pattern = "/v1/people/{id}/faces/{face_id}",
          .handler = &handle,
          .operation_id = "eraseFace",
          .tag = "faces",
          .summary = "Erase one face",
          .answers = {{204, "Erased, with its templates."}},
          .problems = {404}};
}

}  // namespace rollcall::api::endpoints
