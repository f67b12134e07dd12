// A map by text that holds a bounded number of entries: the one used longest ago goes first.
#pragma once

#include <list>
#include <string>
#include <unordered_map>
#include <utility>

namespace rollcall::accounts {

// Every operation takes constant time, so a flood of made-up keys costs no more than its number. Not thread
// safe.
template <class Value>
class LruMap {
 public:
  explicit LruMap(std::size_t entries_max) : entries_max_(entries_max) {}

  // The entry of that key, which `fresh` becomes if there is none. Good until the next call.
  Value& get(const std::string& key, const Value& fresh) {
    const auto found = by_key_.find(key);
    if (found != by_key_.end()) {
      entries_.splice(entries_.begin(), entries_, found->second);
      return entries_.front().second;
    }
    if (entries_.size() >= entries_max_) {
      by_key_.erase(entries_.back().first);
      entries_.pop_back();
    }
    entries_.emplace_front(key, fresh);
    by_key_.emplace(key, entries_.begin());
    return entries_.front().second;
  }

  // The entry of that key, or nullptr. Good until the next call.
  Value* find(const std::string& key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &entries_.front().second;
  }

  void erase(const std::string& key) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return;
    entries_.erase(found->second);
    by_key_.erase(found);
  }

  std::size_t size() const { return entries_.size(); }

 private:
  using Entries = std::list<std::pair<std::string, Value>>;  // most recent first

  const std::size_t entries_max_;
  Entries entries_;
  std::unordered_map<std::string, typename Entries::iterator> by_key_;
};

}  // namespace rollcall::accounts
