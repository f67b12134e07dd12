#include "../ownership.hpp"
#include "../request.hpp"
#include "../views.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {
namespace {

struct FaceList {
  static constexpr std::string_view kSchemaName = "FaceList";
  std::vector<FaceView> items;
};
BOOST_DESCRIBE_STRUCT(FaceList, (), (items))

http::Response handle(Services& services, const http::Request& request) {
  const domain::PersonId id{path_id(request)};
  if (const auto person = services.people.get(id); !person) return http::problem(person.error());
  FaceList list;
  for (const auto& face : services.face_store.list(id)) list.items.push_back(view_of(face));
  return http::json_response(200, encode(list));
}

}  // namespace

Endpoint list_faces() {
  return {.pattern = "/v1/people/{id}/faces",
          .handler = &handle,
          .operation_id = "listFaces",
          .tag = "faces",
          .summary = "A person's enrolled faces, oldest first",
          .answers = {{200, "All of them; never a template.", {json_content<FaceList>()}}},
          .problems = {404},
          .refuse_foreign = &refuse_foreign_person};
}

}  // namespace rollcall::api::endpoints
