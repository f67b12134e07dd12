#pragma once

#include <string_view>

namespace rollcall::vision {

// The text of models/manifest.toml as of the build.
std::string_view built_in_manifest_text();

}  // namespace rollcall::vision
