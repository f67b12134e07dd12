// Errors about a picture, as answers.
#pragma once

#include <rollcall/core/result.hpp>
#include <rollcall/http/message.hpp>

namespace rollcall::api {

// Like http::problem, but 422 for a picture that was understood and cannot be used: "no_face",
// "image_corrupt", ...
http::Response image_problem(const core::Error& error);

}  // namespace rollcall::api
