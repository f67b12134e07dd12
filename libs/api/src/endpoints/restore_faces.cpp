#include "faces_of_person.hpp"

namespace rollcall::api::endpoints {

Endpoint restore_faces() {
  return {.method = http::Method::post,
          .pattern = "/v1/people/{id}/faces/restore",
          .handler = &act_on_all_faces<&attendance::GalleryKeeper::restore>,
          .operation_id = "restoreFaces",
          .tag = "faces",
          .summary = "Search a person's archived faces again",
          .answers = {{200, "How many changed.", {json_content<FacesChanged>()}}},
          .problems = {404}};
}

}  // namespace rollcall::api::endpoints
