// Enrolment: from a photo to templates, or to reasons why not.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <rollcall/attendance/gallery_keeper.hpp>
#include <rollcall/attendance/ports/consent_store.hpp>
#include <rollcall/attendance/ports/face_analyzer.hpp>
#include <rollcall/attendance/ports/people_store.hpp>
#include <rollcall/core/clock.hpp>

namespace rollcall::attendance {

struct EnrollmentPolicy {
  domain::QualityPolicy quality;
  int augmentations = 4;  // extra templates for each photo
  // A photo that is at least this similar to somebody else, and more so than to its own person, is refused.
  float other_person_score_max = 1;
  // With several faces in the photo the largest is taken if its area is this many times the next one's.
  float dominant_area_ratio_min = 4;
  CropOutput crop = CropOutput::discarded;
};

struct Photo {
  std::string_view bytes;   // as sent; lives until the call returns
  std::string source_name;  // the sender's file name, for the report
};

struct Reason {
  std::string word;     // "no_face", "blurred", ...
  std::string message;  // what to change
};

// The verdict on one photo: enrolled, or every reason why not.
struct PhotoVerdict {
  std::string source_name;
  std::optional<domain::Face> face;  // present when enrolled
  std::vector<Reason> reasons;       // empty when enrolled

  bool accepted() const { return face.has_value(); }
};

// Enrols one photo of one person; a batch is a loop over this, so it succeeds in part.
//
// Thread safe.
class EnrollFace {
 public:
  struct Parts {
    PeopleStore& people;
    ConsentStore& consents;
    FaceAnalyzer& analyzer;
    TemplateIndex& index;
    GalleryKeeper& gallery;
    const core::Clock& clock;
    EnrollmentPolicy policy;
  };

  explicit EnrollFace(Parts parts) : parts_(std::move(parts)) {}

  // Errors: not_found "person_not_found", conflict "consent_missing"; a photo that cannot be used is a
  // verdict, not an error.
  core::Result<PhotoVerdict> operator()(const domain::PersonId& person, const Photo& photo);

 private:
  std::vector<Reason> objections(const domain::PersonId& person, const AnalyzedFace& face) const;

  const Parts parts_;
};

}  // namespace rollcall::attendance
