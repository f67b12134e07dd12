// A progress bar for long commands.
#pragma once

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <optional>
#include <string>

namespace rollcall::app {

enum class ProgressUnit { items, bytes };

// What a progress line says.
struct ProgressState {
  std::string label;
  ProgressUnit unit = ProgressUnit::items;
  std::uint64_t done = 0;
  std::uint64_t total = 0;  // 0: not known
  std::chrono::milliseconds elapsed{};
};

// "Enrolling [#####-----] 12/24  50%  0:07 left", at most `width` characters.
std::string progress_line(const ProgressState& state, std::size_t width);

// On a terminal one line that is redrawn at most ten times a second; elsewhere a line for each tenth of the
// way, so that a log stays short. Confined to one thread.
class Progress {
 public:
  Progress(std::string label, ProgressUnit unit, std::uint64_t total, std::FILE* out = stderr);
  // Leaves the last state on the screen.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void advance_to(std::uint64_t done);
  // For totals that become known on the way.
  void set_total(std::uint64_t total);
  // Prints a line of its own above the bar.
  void note(const std::string& line);

 private:
  using Steady = std::chrono::steady_clock;

  void draw();

  ProgressState state_;
  std::FILE* const out_;
  const bool is_terminal_;
  const Steady::time_point started_ = Steady::now();
  std::optional<Steady::time_point> drawn_at_;
  std::uint64_t tenths_printed_ = 0;
};

}  // namespace rollcall::app
