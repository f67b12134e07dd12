// A sighting: the fact that attendance is derived from. Events are never edited; a correction is another
// event.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rollcall/core/clock.hpp>
#include <rollcall/domain/geometry.hpp>
#include <rollcall/domain/ids.hpp>
#include <rollcall/domain/recognition.hpp>

namespace rollcall::domain {

enum class CheckinMethod { face };  // how the person was identified

std::string_view name_of(CheckinMethod method);
std::optional<CheckinMethod> checkin_method_from(std::string_view name);

// Everything the decision was made from: judge() over this gives the stored verdict again.
struct Evidence {
  ModelId model;
  std::uint64_t gallery_version = 0;
  RecognitionPolicy policy;
  // Set when the request claimed to be somebody: a 1:1 comparison.
  std::optional<PersonId> claimed;
  std::vector<Candidate> candidates;  // best first, at most a few
  Quality quality;
  Box box;
  Landmarks landmarks{};
  float width_px = 0;  // of the upright image
  float height_px = 0;
};

// Decides again from stored evidence; equal to the stored verdict unless the rules' code changed.
Judgement replay(const Evidence& evidence);

struct Event {
  EventId id;
  // Position in the ledger, set by the store; grows by commit order.
  std::int64_t sequence = 0;
  DeviceId device;
  // The sender's own id for this check-in: (device, device_event_id) is unique, so a retry is recognised.
  std::string device_event_id;
  // SHA-256 of what was sent, to tell a retry from another check-in under the same id.
  std::string request_sha256;
  CheckinMethod method = CheckinMethod::face;
  Verdict verdict = Verdict::unknown;
  std::string reason;  // Judgement::reason
  std::optional<PersonId> person;
  core::TimePoint captured_at;  // by the device's clock, or received_at when it did not say
  core::TimePoint received_at;  // by ours
  Evidence evidence;
};

}  // namespace rollcall::domain
