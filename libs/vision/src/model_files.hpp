// Model files on disk.
#pragma once

#include <string>

#include <rollcall/vision/model_pack.hpp>

namespace rollcall::vision {

// The content of a model's file, verified: what was hashed is what is used. Throws core::InfraError that
// names the file and the expected hash.
std::string read_verified(const Model& model, const std::filesystem::path& model_dir);

}  // namespace rollcall::vision
