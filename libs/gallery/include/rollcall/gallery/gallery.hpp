// Everybody who can be recognised, in memory, searched exactly.
#pragma once

#include <memory>

#include <rollcall/attendance/ports/template_index.hpp>

namespace rollcall::gallery {

// An exact scan over immutable snapshots: a change copies the blocks that it touches and swaps one pointer,
// so a search works on one consistent version and never waits for a change.
//
// Cost: one multiply-add per template and dimension; a change copies about one block (kBlockRows templates).
// Thread safety: every member may be called from any thread; changes are serialised among themselves.
// Invariant: all templates are L2-normalised float32[dimension] of one model.
class Gallery final : public attendance::TemplateIndex {
 public:
  explicit Gallery(std::size_t dimension);
  ~Gallery() override;

  attendance::SearchResult search(const domain::Embedding& probe, std::size_t people_max,
                                  const std::optional<domain::ScopeId>& scope = std::nullopt) const override;
  attendance::SearchResult compare(const domain::Embedding& probe,
                                   const domain::PersonId& person) const override;

  void add(const std::vector<domain::Template>& templates, std::uint64_t version) override;
  void replace_person(const domain::PersonId& person, const std::vector<domain::Template>& templates,
                      std::uint64_t version) override;
  void define_scope(const domain::ScopeId& scope, const std::vector<domain::PersonId>& members) override;

  attendance::IndexSize size() const override;

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace rollcall::gallery
