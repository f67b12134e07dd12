#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <rollcall/domain/face.hpp>

namespace rollcall::attendance {

// The crops of enrolled faces, each sealed with its person's key.
//
// Thread safe. Throws core::InfraError.
class CropStore {
 public:
  virtual ~CropStore() = default;

  // When it returns, the crop is on disk. Returns false when there is no such person.
  virtual bool put(const domain::Face& face, std::string_view png) = 0;
  virtual std::optional<std::string> get(const domain::Face& face) = 0;
  // Both return how many there were.
  virtual int erase(const domain::PersonId& person, const domain::FaceId& face) = 0;
  virtual int erase_all(const domain::PersonId& person) = 0;
};

}  // namespace rollcall::attendance
