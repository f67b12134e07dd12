#pragma once

#include <vector>

#include <rollcall/domain/erasure.hpp>

namespace rollcall::attendance {

// The erasures that were ever asked for, kept outside the database: when somebody restores an older copy of
// the database, they are carried out again.
//
// Thread safe. Throws core::InfraError.
class ErasureJournal {
 public:
  virtual ~ErasureJournal() = default;

  // When it returns, the entry is on disk.
  virtual void append(const domain::Erasure& erasure) = 0;
  // Oldest first.
  virtual std::vector<domain::Erasure> read() = 0;
};

}  // namespace rollcall::attendance
