// Which addresses belong to the public Internet.
#pragma once

#include <sys/socket.h>

namespace rollcall::http {

// False for loopback, private, link-local (cloud metadata), shared, documentation, benchmarking, multicast
// and reserved addresses, for IPv6 forms that carry an IPv4 address (mapped, NAT64, 6to4, Teredo), and for
// every other family. After the IANA special-purpose registries (RFC 6890).
bool is_global(const sockaddr& address);

}  // namespace rollcall::http
