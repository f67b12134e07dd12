// The environment broke: the database is gone, the disk is full, a model cannot be read.
#pragma once

#include <stdexcept>

namespace rollcall::core {

// Caught in exactly three places: the request dispatcher (503), the job runner (retry) and main.
class InfraError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace rollcall::core
