#include "case_folding.hpp"

#include <iterator>

#include <boost/locale/utf.hpp>
#include <locale.h>
#include <wctype.h>

#include <rollcall/core/assert.hpp>
#include <rollcall/core/infra_error.hpp>
#include <rollcall/core/utf8.hpp>

namespace rollcall::storage {
namespace {

using Utf8 = boost::locale::utf::utf_traits<char>;

// The process's own locale is not asked: the same text must fold alike on every machine.
locale_t unicode_locale() {
  static const locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (locale == nullptr) throw core::InfraError("the C library has no C.UTF-8 locale");
  return locale;
}

}  // namespace

bool is_storable(std::string_view text) {
  return core::is_utf8(text) && text.find('\0') == std::string_view::npos;
}

std::string fold_case(std::string_view text) {
  const auto locale = unicode_locale();
  std::string folded;
  folded.reserve(text.size());
  for (const char* next = text.begin(); next != text.end();) {
    const auto code_point = Utf8::decode(next, text.end());
    ROLLCALL_ASSERT(boost::locale::utf::is_valid_codepoint(code_point));
    // Up, then down: several small letters share one capital.
    const auto lower = ::towlower_l(::towupper_l(code_point, locale), locale);
    Utf8::encode(lower, std::back_inserter(folded));
  }
  return folded;
}

}  // namespace rollcall::storage
