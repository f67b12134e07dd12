// In-memory stores for tests of one thread. They keep the ports' promises that the use cases rely on.
#pragma once

#include <algorithm>
#include <map>

#include <rollcall/attendance/ports/consent_store.hpp>
#include <rollcall/attendance/ports/crop_store.hpp>
#include <rollcall/attendance/ports/erasure_journal.hpp>
#include <rollcall/attendance/ports/erasure_store.hpp>
#include <rollcall/attendance/ports/event_store.hpp>
#include <rollcall/attendance/ports/face_store.hpp>
#include <rollcall/attendance/ports/people_store.hpp>
#include <rollcall/attendance/ports/template_index.hpp>

namespace rollcall::attendance::testing {

class MemoryPeopleStore final : public PeopleStore {
 public:
  core::Result<void> add(const domain::Person& person) override {
    if (taken(person)) return core::Error{core::Errc::conflict, "external_id_taken", "Taken."};
    people[person.id] = person;
    return {};
  }
  core::Result<void> update(const domain::Person& person) override {
    if (!people.contains(person.id))
      return core::Error{core::Errc::not_found, "person_not_found", "Unknown."};
    return add(person);
  }
  std::optional<domain::Person> find(const domain::PersonId& id) override {
    const auto found = people.find(id);
    return found == people.end() ? std::nullopt : std::optional{found->second};
  }
  std::optional<domain::Person> find_by_external_id(const std::string& external_id) override {
    for (const auto& [id, person] : people) {
      if (person.external_id == external_id) return person;
    }
    return std::nullopt;
  }
  core::Result<core::Page<domain::Person>> list(const PeopleQuery&) override {
    core::Page<domain::Person> page;
    for (const auto& [id, person] : people) page.items.push_back(person);
    return page;
  }
  std::int64_t count() override { return static_cast<std::int64_t>(people.size()); }

  std::map<domain::PersonId, domain::Person> people;

 private:
  bool taken(const domain::Person& person) {
    if (!person.external_id) return false;
    const auto other = find_by_external_id(*person.external_id);
    return other && other->id != person.id;
  }
};

class MemoryConsentStore final : public ConsentStore {
 public:
  explicit MemoryConsentStore(MemoryPeopleStore& people) : people_(people) {}

  core::Result<void> add(const domain::Consent& consent) override {
    if (!people_.find(consent.person))
      return core::Error{core::Errc::not_found, "person_not_found", "Unknown."};
    consents.push_back(consent);
    return {};
  }
  std::vector<domain::Consent> list(const domain::PersonId& person) override {
    std::vector<domain::Consent> found;
    for (const auto& consent : consents) {
      if (consent.person == person) found.push_back(consent);
    }
    return found;
  }

  std::vector<domain::Consent> consents;

 private:
  MemoryPeopleStore& people_;
};

class MemoryFaceStore final : public FaceStore {
 public:
  MemoryFaceStore(MemoryPeopleStore& people, MemoryConsentStore& consents)
      : people_(people), consents_(consents) {}

  core::Result<void> add(const domain::Face& face, const std::vector<domain::Template>& templates) override {
    if (!people_.find(face.person)) return core::Error{core::Errc::not_found, "person_not_found", "Unknown."};
    const bool allowed = std::ranges::any_of(
        consents_.list(face.person),
        [&](const domain::Consent& consent) { return consent.id == face.consent && consent.is_valid(); });
    if (!allowed) return core::Error{core::Errc::conflict, "consent_missing", "No valid consent."};
    for (const auto& other : faces) {
      if (other.person == face.person && other.photo_sha256 == face.photo_sha256) {
        return core::Error{core::Errc::conflict, "duplicate_photo", "This photo is enrolled already."};
      }
    }
    faces.push_back(face);
    stored.insert(stored.end(), templates.begin(), templates.end());
    ++version_;
    return {};
  }
  std::vector<domain::Face> list(const domain::PersonId& person) override {
    std::vector<domain::Face> found;
    for (const auto& face : faces) {
      if (face.person == person) found.push_back(face);
    }
    return found;
  }
  std::optional<domain::Face> find(const domain::FaceId& id) override {
    for (const auto& face : faces) {
      if (face.id == id) return face;
    }
    return std::nullopt;
  }
  int set_status(const domain::PersonId& person, domain::FaceStatus status) override {
    int changed = 0;
    for (auto& face : faces) {
      if (face.person != person || face.status == status) continue;
      face.status = status;
      ++changed;
    }
    ++version_;
    return changed;
  }
  bool erase(const domain::FaceId& id) override {
    return erase_if([&](const domain::Face& face) { return face.id == id; }) > 0;
  }
  int erase_all(const domain::PersonId& person) override {
    return erase_if([&](const domain::Face& face) { return face.person == person; });
  }
  void visit_active(const domain::ModelId& model,
                    const std::function<void(domain::Template&&)>& visit) override {
    for (const auto& [id, person] : people_.people) {
      for (auto& item : active_templates(id, model)) visit(std::move(item));
    }
  }
  std::vector<domain::Template> active_templates(const domain::PersonId& person,
                                                 const domain::ModelId& model) override {
    std::vector<domain::Template> found;
    const auto known = people_.find(person);
    if (!known || known->status != domain::PersonStatus::active) return found;
    for (const auto& item : stored) {
      const auto face = find(item.face);
      if (item.person == person && item.model == model && face &&
          face->status == domain::FaceStatus::active) {
        found.push_back(item);
      }
    }
    return found;
  }
  std::uint64_t gallery_version() override { return version_; }

  std::vector<domain::Face> faces;
  std::vector<domain::Template> stored;

 private:
  template <class Predicate>
  int erase_if(Predicate matches) {
    int erased = 0;
    std::vector<domain::Face> kept;
    for (const auto& face : faces) {
      if (!matches(face)) {
        kept.push_back(face);
        continue;
      }
      ++erased;
      std::erase_if(stored, [&](const domain::Template& item) { return item.face == face.id; });
    }
    faces = std::move(kept);
    ++version_;
    return erased;
  }

  MemoryPeopleStore& people_;
  MemoryConsentStore& consents_;
  std::uint64_t version_ = 0;
};

class MemoryErasureStore final : public ErasureStore {
 public:
  MemoryErasureStore(MemoryPeopleStore& people, MemoryConsentStore& consents, MemoryFaceStore& faces)
      : people_(people), consents_(consents), faces_(faces) {}

  Erased apply(const domain::Erasure& erasure) override {
    Erased erased;
    const bool whole_person = erasure.scope == domain::ErasureScope::person;
    const auto ends = [&](const domain::Consent& consent) {
      return consent.person == erasure.person && (whole_person || consent.given_at <= erasure.requested_at);
    };
    for (const auto& face : faces_.list(erasure.person)) {
      const auto consent = std::ranges::find(consents_.consents, face.consent, &domain::Consent::id);
      if (consent == consents_.consents.end() || !ends(*consent)) continue;
      erased.faces.push_back(face.id);
      erased.templates += face.template_count;
      faces_.erase(face.id);
    }
    for (auto& consent : consents_.consents) {
      if (ends(consent) && consent.is_valid()) consent.withdrawn_at = erasure.requested_at;
    }
    if (whole_person) {
      std::erase_if(consents_.consents, ends);
      people_.people.erase(erasure.person);
    }
    if (std::ranges::find(applied, erasure) == applied.end()) applied.push_back(erasure);
    return erased;
  }
  void finish(const domain::ErasureId& id) override { done.insert(id); }
  std::vector<domain::Erasure> unfinished() override {
    std::vector<domain::Erasure> open;
    for (const auto& erasure : applied) {
      if (!done.contains(erasure.id)) open.push_back(erasure);
    }
    return open;
  }
  std::set<domain::ErasureId> finished() override { return done; }
  std::vector<domain::PersonId> not_seen_since(core::TimePoint time) override {
    std::vector<domain::PersonId> people;
    for (const auto& [id, person] : people_.people) {
      const auto faces = faces_.list(id);
      const auto recent = [&](const domain::Face& face) { return face.created_at >= time; };
      const bool seen = std::ranges::any_of(faces, recent) || seen_at[id] >= time;
      if (!faces.empty() && !seen) people.push_back(id);
    }
    return people;
  }

  std::vector<domain::Erasure> applied;
  std::set<domain::ErasureId> done;
  std::map<domain::PersonId, core::TimePoint> seen_at;  // the last check-in, for tests to set

 private:
  MemoryPeopleStore& people_;
  MemoryConsentStore& consents_;
  MemoryFaceStore& faces_;
};

class MemoryErasureJournal final : public ErasureJournal {
 public:
  void append(const domain::Erasure& erasure) override { entries.push_back(erasure); }
  std::vector<domain::Erasure> read() override { return entries; }

  std::vector<domain::Erasure> entries;
};

class MemoryEventStore final : public EventStore {
 public:
  Appended append(const domain::Event& event) override {
    if (auto stored = find(event.device, event.device_event_id)) return {*std::move(stored), true};
    events.push_back(event);
    events.back().sequence = static_cast<std::int64_t>(events.size());
    return {events.back(), false};
  }
  std::optional<domain::Event> find(const domain::EventId& id) override {
    for (const auto& event : events) {
      if (event.id == id) return event;
    }
    return std::nullopt;
  }
  std::optional<domain::Event> find(const domain::DeviceId& device,
                                    const std::string& device_event_id) override {
    for (const auto& event : events) {
      if (event.device == device && event.device_event_id == device_event_id) return event;
    }
    return std::nullopt;
  }
  core::Result<core::Page<domain::Event>> list(const EventQuery&) override {
    return core::Page<domain::Event>{{events.rbegin(), events.rend()}, std::nullopt};
  }
  std::int64_t count() override { return static_cast<std::int64_t>(events.size()); }

  std::vector<domain::Event> events;
};

class MemoryCropStore final : public CropStore {
 public:
  bool put(const domain::Face& face, std::string_view png) override {
    crops[{face.person, face.id}] = png;
    return true;
  }
  std::optional<std::string> get(const domain::Face& face) override {
    const auto found = crops.find({face.person, face.id});
    return found == crops.end() ? std::nullopt : std::optional{found->second};
  }
  int erase(const domain::PersonId& person, const domain::FaceId& face) override {
    return static_cast<int>(crops.erase({person, face}));
  }
  int erase_all(const domain::PersonId& person) override {
    return static_cast<int>(
        std::erase_if(crops, [&](const auto& crop) { return crop.first.first == person; }));
  }

  std::map<std::pair<domain::PersonId, domain::FaceId>, std::string> crops;
};

// Compares with everybody, one by one.
class MemoryIndex final : public TemplateIndex {
 public:
  SearchResult search(const domain::Embedding& probe, std::size_t people_max,
                      const std::optional<domain::ScopeId>&) const override {
    std::map<domain::PersonId, domain::Candidate> best;
    for (const auto& item : templates) {
      float score = 0;
      for (std::size_t i = 0; i < probe.size(); ++i) score += probe[i] * item.embedding[i];
      auto& candidate =
          best.try_emplace(item.person, domain::Candidate{item.person, item.id, score}).first->second;
      if (score > candidate.score) candidate = {item.person, item.id, score};
    }
    SearchResult result{.candidates = {}, .version = version};
    for (auto& [id, candidate] : best) result.candidates.push_back(candidate);
    std::ranges::sort(result.candidates, std::ranges::greater{}, &domain::Candidate::score);
    if (result.candidates.size() > people_max) result.candidates.resize(people_max);
    return result;
  }
  SearchResult compare(const domain::Embedding& probe, const domain::PersonId& person) const override {
    auto result = search(probe, templates.size(), std::nullopt);
    std::erase_if(result.candidates,
                  [&](const domain::Candidate& candidate) { return candidate.person != person; });
    return result;
  }
  void add(const std::vector<domain::Template>& added, std::uint64_t new_version) override {
    templates.insert(templates.end(), added.begin(), added.end());
    version = new_version;
  }
  void replace_person(const domain::PersonId& person, const std::vector<domain::Template>& replacement,
                      std::uint64_t new_version) override {
    std::erase_if(templates, [&](const domain::Template& item) { return item.person == person; });
    add(replacement, new_version);
  }
  void define_scope(const domain::ScopeId&, const std::vector<domain::PersonId>&) override {}
  IndexSize size() const override { return {0, templates.size()}; }

  std::vector<domain::Template> templates;
  std::uint64_t version = 0;
};

}  // namespace rollcall::attendance::testing
