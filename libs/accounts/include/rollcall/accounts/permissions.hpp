// Which operation is open to whom: one table of text that the server, the tests and the documents read.
//
//   # operation   admin manager operator employee auditor device service worker anyone audit
//   listPeople    all   all     all      -        all     -      people  -      -      -
//
// `all` and `own` say how far a role reaches, `-` that it does not; the cell of service names the scope that
// an API key needs, or is `all`; anyone is `all`, `dev` (in development) or `-`; audit says which acts leave
// an entry: `write` each committed change, `read` each answer.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <rollcall/accounts/principal.hpp>
#include <rollcall/core/result.hpp>

namespace rollcall::accounts {

enum class Reach { none, own, all };
enum class Anyone { no, in_development, yes };
enum class Audited { no, writes, reads };

struct Permission {
  std::string operation;
  std::array<Reach, kRoles.size()> reach{};
  std::string scope;  // that an API key needs; empty when none is asked for
  Anyone anyone = Anyone::no;
  Audited audited = Audited::no;

  Reach of(Role role) const { return reach[static_cast<std::size_t>(role)]; }
};

// Immutable after parsing.
class PermissionTable {
 public:
  // Errors: invalid_input "bad_permissions", whose message names the line.
  static core::Result<PermissionTable> parse(std::string_view text);

  // nullptr for an operation without a row.
  const Permission* find(std::string_view operation) const;
  const std::vector<Permission>& rows() const { return rows_; }

 private:
  std::vector<Permission> rows_;  // by operation
};

// How far this principal reaches in this operation.
Reach reach_of(const Permission& permission, const Principal& principal);

}  // namespace rollcall::accounts
