#pragma once

#include <string_view>

namespace rollcall::api {

// permissions.txt, as part of the program.
extern const std::string_view kPermissionText;

}  // namespace rollcall::api
