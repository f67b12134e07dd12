#pragma once

#include <string>
#include <string_view>

namespace rollcall::storage {

// What every SQL database can keep: UTF-8 without NUL.
bool is_storable(std::string_view text);

// Storable text with its letters in one case, in all scripts that have cases, one code point at a time: "ÅSA"
// and "åsa" become equal, and so do the two small sigmas; "ß" stays. Accents stay, and so does their
// composition.
std::string fold_case(std::string_view text);

}  // namespace rollcall::storage
