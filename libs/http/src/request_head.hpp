// The strict rules for a request's head.
//
// Beast 1.81 parses leniently: it unfolds continued lines, takes repeated equal Content-Lengths, and ignores
// a Transfer-Encoding that it does not know, which leaves the body to be read as the next request. Whatever
// two parsers could read differently is refused here, before Beast sees it.
#pragma once

#include "rollcall/http/message.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace rollcall::http {

struct HeadFault {
  unsigned status;
  std::string_view reason;
  std::string_view detail;
};

struct HeadScan {
  std::size_t size = 0;       // of the complete head, with its empty line; 0 while more is needed
  bool bad_line_end = false;  // an LF without CR or a CR without LF was seen
};

// Looks for the end of the head in what has arrived.
HeadScan scan_head(std::string_view received);

// `head` is complete. Checks field syntax, the framing of the body and Host; the request line's grammar is
// Beast's.
std::optional<HeadFault> find_fault(std::string_view head);

}  // namespace rollcall::http
