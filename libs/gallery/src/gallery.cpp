#include "rollcall/gallery/gallery.hpp"

#include "block.hpp"
#include "dot_rows.hpp"
#include "top_people.hpp"

#include <rollcall/core/assert.hpp>

namespace rollcall::gallery {
namespace {

struct Snapshot {
  std::vector<std::shared_ptr<const Block>> blocks;
  std::uint64_t version = 0;
  attendance::IndexSize size;
};

void scan(const Block& block, const float* probe, TopPeople& top) {
  std::array<float, kBlockRows> scores;
  dot_rows(block.embeddings.data(), block.rows(), block.stride, probe, scores.data());
  for (std::size_t row = 0; row < block.rows(); ++row) top.offer(block, row, scores[row]);
}

void scan_picked(const Block& block, const std::vector<RowNumber>& picked, const float* probe,
                 TopPeople& top) {
  std::array<float, kBlockRows> scores;
  dot_picked_rows(block.embeddings.data(), picked.data(), picked.size(), block.stride, probe, scores.data());
  for (std::size_t i = 0; i < picked.size(); ++i) top.offer(block, picked[i], scores[i]);
}

}  // namespace

class Gallery::State {
 public:
  explicit State(std::size_t dimension) : dimension_(dimension), current_(std::make_shared<Snapshot>()) {}

  std::shared_ptr<const Snapshot> snapshot() const {
    const std::lock_guard lock(pointer_mutex_);
    return current_;
  }

  AlignedFloats padded(const domain::Embedding& probe) const {
    ROLLCALL_ASSERT(probe.size() == dimension_);
    AlignedFloats row(stride_for(dimension_));
    std::ranges::copy(probe, row.data());
    return row;
  }

  std::optional<PersonSlot> slot_of(const domain::PersonId& person) const {
    const std::lock_guard lock(pointer_mutex_);
    const auto found = slots_.find(person);
    return found == slots_.end() ? std::nullopt : std::optional{found->second};
  }

  void add(const std::vector<domain::Template>& templates, std::uint64_t version) {
    const std::lock_guard lock(change_mutex_);
    Change change(*this, version);
    for (const auto& item : templates) change.append(item);
    change.publish();
  }

  void replace_person(const domain::PersonId& person, const std::vector<domain::Template>& templates,
                      std::uint64_t version) {
    const std::lock_guard lock(change_mutex_);
    Change change(*this, version);
    if (const auto slot = slot_of(person)) change.remove(*slot);
    for (const auto& item : templates) {
      ROLLCALL_ASSERT(item.person == person);
      change.append(item);
    }
    change.publish();
  }

  void define_scope(const domain::ScopeId& scope, const std::vector<domain::PersonId>& members) {
    const std::lock_guard lock(change_mutex_);
    auto& slots = scopes_[scope];
    slots.clear();
    for (const auto& person : members) slots.insert(make_slot(person));
    Change change(*this, current_->version);
    change.touch_all();
    change.publish();
  }

 private:
  // One change on its way: the blocks it touched are private copies until publish().
  class Change {
   public:
    Change(State& state, std::uint64_t version)
        : state_(state), next_(std::make_shared<Snapshot>(*state.current_)) {
      next_->version = version;
    }

    void remove(PersonSlot slot) {
      for (std::size_t i = 0; i < next_->blocks.size(); ++i) {
        if (std::ranges::find(next_->blocks[i]->slots, slot) != next_->blocks[i]->slots.end()) copy(i, slot);
      }
    }

    void append(const domain::Template& item) {
      writable_with_room().push_back(state_.make_slot(item.person), item);
    }

    void touch_all() {
      for (std::size_t i = 0; i < next_->blocks.size(); ++i) writable(i);
    }

    void publish() {
      for (const auto& [index, block] : touched_) {
        for (const auto& [scope, members] : state_.scopes_) block->define_scope(scope, members);
      }
      std::erase_if(next_->blocks, [](const auto& block) { return block->rows() == 0; });
      next_->size = measure();
      const std::lock_guard lock(state_.pointer_mutex_);
      state_.current_ = std::move(next_);
    }

   private:
    Block& copy(std::size_t index, PersonSlot without) {
      auto block = std::make_shared<Block>(*next_->blocks[index], without);
      next_->blocks[index] = block;
      return *(touched_[index] = std::move(block));
    }

    Block& writable(std::size_t index) {
      const auto found = touched_.find(index);
      return found != touched_.end() ? *found->second : copy(index, kNobody);
    }

    Block& writable_with_room() {
      for (std::size_t i = next_->blocks.size(); i > 0; --i) {
        if (!next_->blocks[i - 1]->full()) return writable(i - 1);
      }
      const auto index = next_->blocks.size();
      auto block = std::make_shared<Block>(state_.dimension_);
      next_->blocks.push_back(block);
      return *(touched_[index] = std::move(block));
    }

    attendance::IndexSize measure() const {
      std::vector<bool> seen(state_.next_slot_);
      attendance::IndexSize size;
      for (const auto& block : next_->blocks) {
        size.templates += block->rows();
        for (const auto slot : block->slots) {
          if (!seen[slot]) ++size.people;
          seen[slot] = true;
        }
      }
      return size;
    }

    static constexpr PersonSlot kNobody = ~PersonSlot{0};

    State& state_;
    std::shared_ptr<Snapshot> next_;
    std::map<std::size_t, std::shared_ptr<Block>> touched_;
  };

  PersonSlot make_slot(const domain::PersonId& person) {
    const std::lock_guard lock(pointer_mutex_);
    const auto [place, added] = slots_.try_emplace(person, next_slot_);
    if (added) ++next_slot_;
    return place->second;
  }

  const std::size_t dimension_;
  std::mutex change_mutex_;  // held for a whole change
  std::map<domain::ScopeId, std::set<PersonSlot>> scopes_;

  mutable std::mutex pointer_mutex_;  // held for a pointer copy or a look-up only
  std::shared_ptr<const Snapshot> current_;
  std::unordered_map<domain::PersonId, PersonSlot> slots_;
  PersonSlot next_slot_ = 0;
};

Gallery::Gallery(std::size_t dimension) : state_(std::make_unique<State>(dimension)) {}
Gallery::~Gallery() = default;

attendance::SearchResult Gallery::search(const domain::Embedding& probe, std::size_t people_max,
                                         const std::optional<domain::ScopeId>& scope) const {
  const auto row = state_->padded(probe);
  const auto snapshot = state_->snapshot();
  TopPeople top(people_max);
  for (const auto& block : snapshot->blocks) {
    if (!scope) {
      scan(*block, row.data(), top);
    } else if (const auto found = block->scopes.find(*scope); found != block->scopes.end()) {
      scan_picked(*block, found->second, row.data(), top);
    }
  }
  return {top.candidates(), snapshot->version};
}

attendance::SearchResult Gallery::compare(const domain::Embedding& probe,
                                          const domain::PersonId& person) const {
  const auto row = state_->padded(probe);
  const auto slot = state_->slot_of(person);
  const auto snapshot = state_->snapshot();
  TopPeople top(1);
  if (!slot) return {{}, snapshot->version};
  for (const auto& block : snapshot->blocks) {
    std::vector<RowNumber> picked;
    for (std::size_t i = 0; i < block->rows(); ++i) {
      if (block->slots[i] == *slot) picked.push_back(static_cast<RowNumber>(i));
    }
    if (!picked.empty()) scan_picked(*block, picked, row.data(), top);
  }
  return {top.candidates(), snapshot->version};
}

void Gallery::add(const std::vector<domain::Template>& templates, std::uint64_t version) {
  state_->add(templates, version);
}

void Gallery::replace_person(const domain::PersonId& person, const std::vector<domain::Template>& templates,
                             std::uint64_t version) {
  state_->replace_person(person, templates, version);
}

void Gallery::define_scope(const domain::ScopeId& scope, const std::vector<domain::PersonId>& members) {
  state_->define_scope(scope, members);
}

attendance::IndexSize Gallery::size() const {
  return state_->snapshot()->size;
}

}  // namespace rollcall::gallery
