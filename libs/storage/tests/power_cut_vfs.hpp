// A disk under SQLite that forgets what was not synced when the power goes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <random>
#include <vector>

struct sqlite3_vfs;

namespace rollcall::storage::testing {

// While it lives, databases that are opened go through it. Writes reach the real files at once, with a note
// of what they replaced; a sync forgets the notes. After the cut every write and sync fails, until all
// connections are closed and restore_power() has undone a random choice of the noted writes, some of them in
// part (torn at 512 bytes).
//
// Not thread safe: one test thread, one such disk at a time.
class PowerCutDisk {
 public:
  explicit PowerCutDisk(unsigned seed);
  ~PowerCutDisk();
  PowerCutDisk(const PowerCutDisk&) = delete;
  PowerCutDisk& operator=(const PowerCutDisk&) = delete;

  // The power goes at the n-th write, sync or truncation from now.
  void cut_after(int operations) { operations_left_ = operations; }
  bool is_cut() const { return operations_left_ == 0; }
  void restore_power();

  // From now on a sync reports an I/O error, as a dying disk does.
  void fail_syncs() { syncs_fail_ = true; }
  void restore_syncs() { syncs_fail_ = false; }

  // For the callbacks.
  struct Write {
    std::int64_t offset;
    std::vector<char> replaced;
  };
  using Writes = std::vector<Write>;  // since the last sync, oldest first
  Writes* unsynced_of(const std::filesystem::path& file) { return &unsynced_[file]; }
  // False when the power is gone.
  bool operate();
  bool syncs_fail() const { return syncs_fail_; }
  sqlite3_vfs* real() const { return real_; }

 private:
  static constexpr int kNever = -1;

  sqlite3_vfs* real_;
  std::unique_ptr<sqlite3_vfs> vfs_;
  std::mt19937 random_;
  std::map<std::filesystem::path, Writes> unsynced_;
  int operations_left_ = kNever;
  bool syncs_fail_ = false;
};

}  // namespace rollcall::storage::testing
