#include "image_problem.hpp"

#include <rollcall/http/problem.hpp>

namespace rollcall::api {

http::Response image_problem(const core::Error& error) {
  const bool about_picture =
      error.reason.starts_with("image_") || error.reason == "no_face" || error.reason == "multiple_faces";
  if (about_picture && error.code == core::Errc::invalid_input) return http::problem(error, 422);
  return http::problem(error);
}

}  // namespace rollcall::api
