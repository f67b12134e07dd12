// In-memory stores for tests of one thread. They keep the ports' promises that the use cases rely on.
#pragma once

#include <algorithm>
#include <map>

#include <rollcall/attendance/ports/blob_store.hpp>
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

class MemoryFaceStore final : public FaceStore {
 public:
  explicit MemoryFaceStore(MemoryPeopleStore& people) : people_(people) {}

  core::Result<void> add(const domain::Face& face, const std::vector<domain::Template>& templates) override {
    if (!people_.find(face.person)) return core::Error{core::Errc::not_found, "person_not_found", "Unknown."};
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
  bool erase_person(const domain::PersonId& person) override {
    erase_all(person);
    return people_.people.erase(person) > 0;
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
  std::uint64_t version_ = 0;
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

class MemoryBlobStore final : public BlobStore {
 public:
  void put(const std::string& key, std::string_view bytes) override { blobs[key] = bytes; }
  std::optional<std::string> get(const std::string& key) override {
    const auto found = blobs.find(key);
    return found == blobs.end() ? std::nullopt : std::optional{found->second};
  }
  int erase_prefix(const std::string& prefix) override {
    return static_cast<int>(
        std::erase_if(blobs, [&](const auto& blob) { return blob.first.starts_with(prefix); }));
  }

  std::map<std::string, std::string> blobs;
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
