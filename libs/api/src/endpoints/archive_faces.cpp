#include "faces_of_person.hpp"

namespace rollcall::api::endpoints {

Endpoint archive_faces() {
  return {.method = http::Method::post,
          .pattern = "/v1/people/{id}/faces/archive",
          .handler = &act_on_all_faces<&attendance::GalleryKeeper::archive>,
          .operation_id = "archiveFaces",
          .tag = "faces",
          .summary = "Keep a person's faces but stop searching them",
          .answers = {{200, "How many changed.", {json_content<FacesChanged>()}}},
          .problems = {404}};
}

}  // namespace rollcall::api::endpoints
