// Ids of different things are different types.
#pragma once

#include <compare>
#include <functional>
#include <string>

namespace rollcall::core {

// An opaque text id, usually a UUIDv7; `Tag` only tells the types apart.
template <class Tag>
struct StrongId {
  std::string value;

  bool empty() const { return value.empty(); }
  friend auto operator<=>(const StrongId&, const StrongId&) = default;
};

}  // namespace rollcall::core

template <class Tag>
struct std::hash<rollcall::core::StrongId<Tag>> {
  std::size_t operator()(const rollcall::core::StrongId<Tag>& id) const noexcept {
    return std::hash<std::string>{}(id.value);
  }
};
