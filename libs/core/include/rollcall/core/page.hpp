// One page of a list, read by cursor.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace rollcall::core {

template <class T>
struct Page {
  std::vector<T> items;
  // Give it back as the next query's cursor; absent on the last page. Opaque to everybody but the store.
  std::optional<std::string> next_cursor;
};

}  // namespace rollcall::core
