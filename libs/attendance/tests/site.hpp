// Everything the use cases need, wired to fakes.
#pragma once

#include "rollcall/attendance/consents.hpp"
#include "rollcall/attendance/enroll_face.hpp"
#include "rollcall/attendance/erase_person.hpp"
#include "rollcall/attendance/people.hpp"
#include "rollcall/attendance/recognize_faces.hpp"
#include "rollcall/attendance/record_checkin.hpp"
#include "rollcall/attendance/testing/memory_stores.hpp"
#include "rollcall/attendance/testing/scripted_analyzer.hpp"

#include <gtest/gtest.h>

#include <rollcall/core/testing/fake_clock.hpp>

namespace rollcall::attendance::testing {

struct Site {
  core::testing::FakeClock clock;
  MemoryPeopleStore people_store;
  MemoryConsentStore consent_store{people_store};
  MemoryFaceStore faces{people_store, consent_store};
  MemoryErasureStore erasures{people_store, consent_store, faces};
  MemoryErasureJournal journal;
  MemoryEventStore events;
  MemoryCropStore crops;
  MemoryIndex index;
  ScriptedAnalyzer analyzer;
  GalleryKeeper gallery{{faces, index, crops, erasures, journal, analyzer.model()}};
  People people{{people_store, gallery, clock}};
  Consents consents{{people_store, consent_store, gallery, clock}};
  ErasePerson erase{{people_store, gallery, clock, crypto::SigningKey(crypto::Key::random())}};
  domain::RecognitionPolicy policy{.identify_score_min = 0.9F,
                                   .verify_score_min = 0.8F,
                                   .margin_min = 0.02F,
                                   .quality = {.size_px_min = 50}};
  EnrollFace enroll{{people_store,
                     consent_store,
                     analyzer,
                     index,
                     gallery,
                     clock,
                     {.quality = {.size_px_min = 60},
                      .augmentations = 2,
                      .other_person_score_max = 0.9F,
                      .dominant_area_ratio_min = 4,
                      .crop = CropOutput::png}}};
  RecognizeFaces recognize{{analyzer, index, policy}};
  RecordCheckin checkin{{events, people, analyzer, index, clock, policy}};

  // A person who agreed.
  domain::Person consenting(const std::string& name) {
    auto person = people.add({name, "ext-" + name}).value();
    EXPECT_TRUE(consents.give(person.id, {"v1", "en", domain::ConsentMethod::written, "test"}));
    return person;
  }

  // A person enrolled with one photo that points to (x, y).
  domain::Person enrolled(const std::string& name, float x, float y) {
    auto person = consenting(name);
    analyzer.photos["enrol " + name] = {good_face(x, y)};
    EXPECT_TRUE(enroll(person.id, {"enrol " + name, name + ".jpg"}).value().accepted());
    return person;
  }
};

}  // namespace rollcall::attendance::testing
