// A check-in by face: from a photo to a committed event.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <rollcall/attendance/people.hpp>
#include <rollcall/attendance/ports/event_store.hpp>
#include <rollcall/attendance/ports/face_analyzer.hpp>
#include <rollcall/attendance/ports/template_index.hpp>
#include <rollcall/core/clock.hpp>
#include <rollcall/core/result.hpp>
#include <rollcall/domain/event.hpp>

namespace rollcall::attendance {

// Names a check-in so that a retry is recognised.
struct CheckinKey {
  domain::DeviceId device;
  std::string device_event_id;
  std::string request_sha256;  // over everything that was sent
};

struct FaceCheckin {
  CheckinKey key;
  std::string_view image;                      // bytes of the photo; live until the call returns
  std::optional<std::string> claimed;          // our id or the site's own; makes it a 1:1 comparison
  std::optional<core::TimePoint> captured_at;  // by the device's clock
  std::optional<domain::ScopeId> scope;
};

struct Receipt {
  domain::Event event;
  bool duplicate = false;                // the event had been recorded before
  std::optional<domain::Person> person;  // of a match, if still enrolled
};

// Thread safe.
class RecordCheckin {
 public:
  struct Parts {
    EventStore& events;
    People& people;
    FaceAnalyzer& analyzer;
    const TemplateIndex& index;
    const core::Clock& clock;
    domain::RecognitionPolicy policy;
    // With several faces in the picture the largest is taken if its area is this many times the next one's.
    float dominant_area_ratio_min = 2;
  };

  explicit RecordCheckin(Parts parts) : parts_(std::move(parts)) {}

  // The receipt of an earlier attempt under this key, if there was one: cheap, asks before the image is
  // fetched. Errors: conflict "event_id_reused" when the key was used for something else.
  core::Result<std::optional<Receipt>> find_earlier(const CheckinKey& key);

  // When it returns a receipt, the event is committed and synced.
  // Errors: those of find_earlier and FaceAnalyzer::analyze; not_found "person_not_found" for the claimed
  // person; invalid_input "no_face", "multiple_faces" (nothing is recorded: there was no sighting).
  core::Result<Receipt> operator()(const FaceCheckin& checkin);

 private:
  core::Result<Receipt> receipt_of(Appended appended, const CheckinKey& key);

  const Parts parts_;
};

}  // namespace rollcall::attendance
