#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <rollcall/domain/face.hpp>
#include <rollcall/domain/ids.hpp>
#include <rollcall/domain/recognition.hpp>

namespace rollcall::attendance {

struct SearchResult {
  std::vector<domain::Candidate> candidates;  // distinct people, best first
  std::uint64_t version = 0;                  // of the gallery that was searched
};

struct IndexSize {
  std::size_t people = 0;
  std::size_t templates = 0;
};

// The templates of everybody who can be recognised, in memory.
//
// Thread safe; a search never waits for a change. All embeddings are L2-normalised and of one model.
class TemplateIndex {
 public:
  virtual ~TemplateIndex() = default;

  // The `people_max` best people for a probe, each by the best of their templates; exact.
  // With a scope, only people of that scope; an unknown scope is empty.
  virtual SearchResult search(const domain::Embedding& probe, std::size_t people_max,
                              const std::optional<domain::ScopeId>& scope = std::nullopt) const = 0;
  // One person's best template; no candidate when that person has none.
  virtual SearchResult compare(const domain::Embedding& probe, const domain::PersonId& person) const = 0;

  // Changes are seen by every search that starts after they return. `version` is the store's after the
  // change. Adds people who are not there yet.
  virtual void add(const std::vector<domain::Template>& templates, std::uint64_t version) = 0;
  // All of a person's templates in one step, none to remove: no search sees the person half changed.
  virtual void replace_person(const domain::PersonId& person, const std::vector<domain::Template>& templates,
                              std::uint64_t version) = 0;
  // Replaces the members of a scope.
  virtual void define_scope(const domain::ScopeId& scope, const std::vector<domain::PersonId>& members) = 0;

  virtual IndexSize size() const = 0;
};

}  // namespace rollcall::attendance
