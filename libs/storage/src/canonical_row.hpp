#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rollcall::storage {

// The bytes that stand for a row when it is hashed: the name and version of its form, then each value with
// its type and its length, so that two different rows never give the same bytes.
//
// A form never changes: what was hashed stays. A table that gets another column gets another form.
class CanonicalRow {
 public:
  explicit CanonicalRow(std::string_view form);

  CanonicalRow& add_number(std::int64_t number);
  CanonicalRow& add_text(std::string_view text) { return add('t', text); }
  CanonicalRow& add_null() { return add('n', {}); }
  // What no row of ours holds and a row that was tampered with may: a blob among the texts.
  CanonicalRow& add_foreign(std::string_view bytes) { return add('x', bytes); }

  const std::string& bytes() const { return bytes_; }
  // SHA-256, lower-case hexadecimal.
  std::string digest() const;

 private:
  CanonicalRow& add(char type, std::string_view value);

  std::string bytes_;
};

}  // namespace rollcall::storage
