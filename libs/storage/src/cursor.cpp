#include "cursor.hpp"

#include "case_folding.hpp"

#include <algorithm>
#include <charconv>

#include <rollcall/core/base64.hpp>

namespace rollcall::storage {
namespace {

constexpr std::size_t kCursorCharsMax = 1 << 16;

// Base64 in the alphabet for URLs, without padding (RFC 4648 section 5).
std::string seal(const std::string& text) {
  auto sealed = core::base64_encode(text);
  std::ranges::replace(sealed, '+', '-');
  std::ranges::replace(sealed, '/', '_');
  sealed.erase(sealed.find_last_not_of('=') + 1);
  return sealed;
}

std::optional<std::string> unseal(std::string_view cursor) {
  if (cursor.size() > kCursorCharsMax) return std::nullopt;
  std::string text(cursor);
  std::ranges::replace(text, '-', '+');
  std::ranges::replace(text, '_', '/');
  text.append((4 - text.size() % 4) % 4, '=');
  return core::base64_decode(text);
}

// "e<sequence>": the letter keeps a cursor to its list.
std::string sequence_cursor(char list, std::int64_t sequence) {
  auto text = std::to_string(sequence);
  return seal(text.insert(0, 1, list));
}

std::optional<std::int64_t> sequence_from(char list, std::string_view cursor) {
  const auto text = unseal(cursor);
  if (!text || !text->starts_with(list)) return std::nullopt;
  std::int64_t sequence = 0;
  const char* end = text->data() + text->size();
  const auto [stop, failure] = std::from_chars(text->data() + 1, end, sequence);
  if (failure != std::errc{} || stop != end) return std::nullopt;
  return sequence;
}

}  // namespace

// "p<id> <name>": an id holds no space.
std::string to_cursor(const PeoplePosition& position) {
  return seal("p" + position.id.value + " " + position.name_folded);
}

std::optional<PeoplePosition> people_position_from(std::string_view cursor) {
  const auto text = unseal(cursor);
  if (!text || !text->starts_with('p') || !is_storable(*text)) return std::nullopt;
  const auto space = text->find(' ');
  if (space == std::string::npos) return std::nullopt;
  return PeoplePosition{text->substr(space + 1), {text->substr(1, space - 1)}};
}

std::string to_cursor(std::int64_t event_sequence) {
  return sequence_cursor('e', event_sequence);
}

std::optional<std::int64_t> event_sequence_from(std::string_view cursor) {
  return sequence_from('e', cursor);
}

std::string to_audit_cursor(std::int64_t sequence) {
  return sequence_cursor('a', sequence);
}

std::optional<std::int64_t> audit_sequence_from(std::string_view cursor) {
  return sequence_from('a', cursor);
}

core::Error bad_cursor() {
  return {core::Errc::invalid_input, "bad_cursor", "The cursor is not one that this list gave out."};
}

}  // namespace rollcall::storage
