// The three actions on all faces of a person answer alike.
#pragma once

#include "../request.hpp"
#include "../schema/members.hpp"
#include "list.hpp"

namespace rollcall::api::endpoints {

struct FacesChanged {
  static constexpr std::string_view kSchemaName = "FacesChanged";
  std::int64_t changed = 0;
};
BOOST_DESCRIBE_STRUCT(FacesChanged, (), (changed))

using GalleryAction = int (attendance::GalleryKeeper::*)(const domain::PersonId&);

template <GalleryAction action>
http::Response act_on_all_faces(Services& services, const http::Request& request) {
  const domain::PersonId id{path_id(request)};
  if (const auto person = services.people.get(id); !person) return http::problem(person.error());
  return http::json_response(200, encode(FacesChanged{(services.gallery.*action)(id)}));
}

}  // namespace rollcall::api::endpoints
