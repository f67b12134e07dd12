#pragma once

#include "block.hpp"

#include <rollcall/domain/recognition.hpp>

namespace rollcall::gallery {

// The k best people seen so far, each by the best of their rows. Exact: a person who drops out and comes back
// with a higher score enters again.
class TopPeople {
 public:
  explicit TopPeople(std::size_t people_max) : people_max_(people_max) {}

  // False for most rows of a large gallery, and then nothing else happens. A NaN never enters.
  bool admits(float score) const {
    return score > -2 && (ranked_.size() < people_max_ || (!ranked_.empty() && score > ranked_.back().score));
  }

  void offer(const Block& block, std::size_t row, float score) {
    if (!admits(score)) return;
    const auto slot = block.slots[row];
    const auto known = std::ranges::find(ranked_, slot, &Entry::slot);
    if (known != ranked_.end()) {
      if (score <= known->score) return;
      ranked_.erase(known);
    } else if (ranked_.size() == people_max_) {
      ranked_.pop_back();
    }
    const auto place = std::ranges::upper_bound(ranked_, score, std::ranges::greater{}, &Entry::score);
    ranked_.insert(place, Entry{slot, score, &block, row});
  }

  std::vector<domain::Candidate> candidates() const {
    std::vector<domain::Candidate> result;
    for (const auto& entry : ranked_) {
      result.push_back({entry.block->people[entry.row], entry.block->templates[entry.row], entry.score});
    }
    return result;
  }

 private:
  struct Entry {
    PersonSlot slot;
    float score;
    const Block* block;
    std::size_t row;
  };

  std::size_t people_max_;
  std::vector<Entry> ranked_;  // best first
};

}  // namespace rollcall::gallery
