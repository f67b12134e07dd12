#include "progress.hpp"

#include <algorithm>
#include <utility>

#include <sys/ioctl.h>
#include <unistd.h>

namespace rollcall::app {
namespace {

constexpr std::size_t kBarWidth = 30;
constexpr std::chrono::milliseconds kRedrawMin{100};

std::string megabytes(std::uint64_t bytes) {
  const auto tenths = bytes / 100'000;
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

std::string amount(const ProgressState& state) {
  const bool in_bytes = state.unit == ProgressUnit::bytes;
  const auto text = [in_bytes](std::uint64_t value) {
    return in_bytes ? megabytes(value) : std::to_string(value);
  };
  return text(state.done) + (state.total ? "/" + text(state.total) : "") + (in_bytes ? " MB" : "");
}

std::string minutes_and_seconds(std::chrono::milliseconds time) {
  const auto seconds = (time.count() + 999) / 1000;
  const auto rest = std::to_string(seconds % 60);
  return std::to_string(seconds / 60) + (rest.size() < 2 ? ":0" : ":") + rest;
}

// A guess is shown only once it means something.
std::string time_left(const ProgressState& state) {
  constexpr std::chrono::seconds kElapsedMin{2};
  if (state.done == 0 || state.done >= state.total || state.elapsed < kElapsedMin) return "";
  const auto rate = static_cast<double>(state.elapsed.count()) / static_cast<double>(state.done);
  const auto left = rate * static_cast<double>(state.total - state.done);
  return "  " + minutes_and_seconds(std::chrono::milliseconds(static_cast<std::int64_t>(left))) + " left";
}

std::uint64_t tenths_of(const ProgressState& state) {
  return state.total ? std::min<std::uint64_t>(10, state.done * 10 / state.total) : 0;
}

std::size_t terminal_width(std::FILE* out) {
  constexpr std::size_t kUsual = 80;
  winsize size{};
  return ioctl(fileno(out), TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : kUsual;
}

}  // namespace

std::string progress_line(const ProgressState& state, std::size_t width) {
  if (state.total == 0) return (state.label + "  " + amount(state)).substr(0, width);
  const auto done = std::min(state.done, state.total);
  const auto share = static_cast<double>(done) / static_cast<double>(state.total);
  const auto percent = std::to_string(static_cast<int>(share * 100)) + "%";
  const auto numbers = amount(state) + std::string(percent.size() < 4 ? 6 - percent.size() : 2, ' ') +
                       percent + time_left(state);
  const auto filled = static_cast<std::size_t>(share * static_cast<double>(kBarWidth));
  const auto bar = " [" + std::string(filled, '#') + std::string(kBarWidth - filled, '-') + "] ";
  const auto line = state.label + bar + numbers;
  if (line.size() <= width) return line;
  return (state.label + "  " + numbers).substr(0, width);
}

Progress::Progress(std::string label, ProgressUnit unit, std::uint64_t total, std::FILE* out)
    : state_{.label = std::move(label), .unit = unit, .total = total},
      out_(out),
      is_terminal_(isatty(fileno(out)) == 1) {
  if (is_terminal_) draw();
}

Progress::~Progress() {
  if (!is_terminal_) return;
  draw();
  std::fputc('\n', out_);
}

void Progress::advance_to(std::uint64_t done) {
  state_.done = done;
  const auto now = Steady::now();
  if (is_terminal_) {
    if (!drawn_at_ || now - *drawn_at_ >= kRedrawMin) draw();
    return;
  }
  if (tenths_of(state_) <= tenths_printed_) return;
  tenths_printed_ = tenths_of(state_);
  draw();
}

void Progress::set_total(std::uint64_t total) {
  state_.total = total;
}

void Progress::note(const std::string& line) {
  if (is_terminal_) std::fputs("\r\033[K", out_);
  std::fputs((line + "\n").c_str(), out_);
  if (is_terminal_) draw();
}

void Progress::draw() {
  const auto now = Steady::now();
  drawn_at_ = now;
  state_.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - started_);
  const auto line = progress_line(state_, is_terminal_ ? terminal_width(out_) - 1 : 200);
  std::fputs(is_terminal_ ? ("\r\033[K" + line).c_str() : (line + "\n").c_str(), out_);
  std::fflush(out_);
}

}  // namespace rollcall::app
