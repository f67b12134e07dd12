#include "faces_of_person.hpp"

namespace rollcall::api::endpoints {

Endpoint erase_all_faces() {
  return {.method = http::Method::del,
          .pattern = "/v1/people/{id}/faces",
          .handler = &act_on_all_faces<&attendance::GalleryKeeper::erase_all>,
          .operation_id = "eraseAllFaces",
          .tag = "faces",
          .summary = "Erase all faces of a person",
          .answers = {{200, "How many there were.", {json_content<FacesChanged>()}}},
          .problems = {404}};
}

}  // namespace rollcall::api::endpoints
