// Face data that nobody uses any more goes.
#pragma once

#include <chrono>

#include <rollcall/attendance/gallery_keeper.hpp>
#include <rollcall/attendance/ports/consent_store.hpp>
#include <rollcall/attendance/ports/erasure_store.hpp>
#include <rollcall/core/clock.hpp>

namespace rollcall::attendance {

// Thread safe.
class Retention {
 public:
  struct Parts {
    ErasureStore& erasures;
    ConsentStore& consents;
    GalleryKeeper& gallery;
    const core::Clock& clock;
    std::chrono::days keep{0};  // 0: for ever
  };

  explicit Retention(Parts parts) : parts_(parts) {}

  // Erases the face data of people who were not seen for so long. Returns how many there were.
  int operator()();

 private:
  const Parts parts_;
};

}  // namespace rollcall::attendance
