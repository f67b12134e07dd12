#pragma once

#include <set>
#include <vector>

#include <rollcall/core/clock.hpp>
#include <rollcall/domain/erasure.hpp>
#include <rollcall/domain/ids.hpp>

namespace rollcall::attendance {

struct Erased {
  std::vector<domain::FaceId> faces;
  std::int64_t templates = 0;
};

// Destroys what the database holds of a person, and remembers that it did.
//
// Every member is one committed transaction. Thread safe. Throws core::InfraError.
class ErasureStore {
 public:
  virtual ~ErasureStore() = default;

  // Deletes what the erasure's scope names, with the key it is sealed with, and keeps the erasure in a list
  // that only grows. Doing it again deletes what came back since. Advances the gallery
  // version when something was searched.
  virtual Erased apply(const domain::Erasure& erasure) = 0;
  // After its crops are gone too: overwrites what the database's own files still hold of it. When that must
  // wait for somebody who reads, the erasure stays unfinished.
  virtual void finish(const domain::ErasureId& id) = 0;
  virtual std::vector<domain::Erasure> unfinished() = 0;
  virtual std::set<domain::ErasureId> finished() = 0;

  // People with faces who since then neither checked in nor consented nor were enrolled.
  virtual std::vector<domain::PersonId> not_seen_since(core::TimePoint time) = 0;
};

}  // namespace rollcall::attendance
