#include "rollcall/attendance/retention.hpp"

#include "rollcall/attendance/consents.hpp"

namespace rollcall::attendance {

int Retention::operator()() {
  if (parts_.keep.count() == 0) return 0;
  const auto now = parts_.clock.now();
  const auto people = parts_.erasures.not_seen_since(now - parts_.keep);
  for (const auto& person : people) {
    parts_.gallery.erase(
        face_data_erasure(person, domain::ErasureReason::retention, parts_.consents.list(person), now));
  }
  return static_cast<int>(people.size());
}

}  // namespace rollcall::attendance
