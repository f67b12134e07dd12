#include "rollcall/accounts/permissions.hpp"

#include <algorithm>
#include <sstream>

namespace rollcall::accounts {
namespace {

constexpr std::size_t kColumns = 1 + kRoles.size() + 2;

core::Error bad(int line, const std::string& what) {
  return {core::Errc::invalid_input, "bad_permissions",
          "permissions, line " + std::to_string(line) + ": " + what};
}

std::optional<Reach> reach_from(std::string_view word) {
  if (word == "-") return Reach::none;
  if (word == "own") return Reach::own;
  if (word == "all") return Reach::all;
  return std::nullopt;
}

std::optional<Anyone> anyone_from(std::string_view word) {
  if (word == "-") return Anyone::no;
  if (word == "dev") return Anyone::in_development;
  if (word == "all") return Anyone::yes;
  return std::nullopt;
}

std::optional<Audited> audited_from(std::string_view word) {
  if (word == "-") return Audited::no;
  if (word == "write") return Audited::writes;
  if (word == "read") return Audited::reads;
  return std::nullopt;
}

core::Result<Permission> row_from(const std::vector<std::string>& words, int line) {
  if (words.size() != kColumns) return bad(line, "expected " + std::to_string(kColumns) + " columns");
  Permission row{.operation = words[0]};
  for (const auto role : kRoles) {
    const auto index = static_cast<std::size_t>(role);
    const auto& word = words[1 + index];
    if (role == Role::service) {
      row.scope = word == "-" || word == "all" ? "" : word;
      row.reach[index] = word == "-" ? Reach::none : Reach::all;
    } else if (const auto reach = reach_from(word)) {
      row.reach[index] = *reach;
    } else {
      return bad(line, "'" + word + "' is not all, own or -");
    }
  }
  const auto anyone = anyone_from(words[kColumns - 2]);
  const auto audited = audited_from(words[kColumns - 1]);
  if (!anyone) return bad(line, "'" + words[kColumns - 2] + "' is not all, dev or -");
  if (!audited) return bad(line, "'" + words[kColumns - 1] + "' is not write, read or -");
  row.anyone = *anyone;
  row.audited = *audited;
  return row;
}

}  // namespace

core::Result<PermissionTable> PermissionTable::parse(std::string_view text) {
  PermissionTable table;
  std::istringstream lines{std::string(text)};
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    std::istringstream cells(line);
    std::vector<std::string> words;
    for (std::string word; cells >> word;) words.push_back(word);
    if (words.empty() || words[0].starts_with('#')) continue;
    auto row = row_from(words, number);
    if (!row) return row.error();
    table.rows_.push_back(*std::move(row));
  }
  std::ranges::sort(table.rows_, {}, &Permission::operation);
  const auto twice = std::ranges::adjacent_find(table.rows_, {}, &Permission::operation);
  if (twice != table.rows_.end()) return bad(0, "'" + twice->operation + "' has two rows");
  return table;
}

const Permission* PermissionTable::find(std::string_view operation) const {
  const auto found = std::ranges::lower_bound(rows_, operation, {}, &Permission::operation);
  return found != rows_.end() && found->operation == operation ? &*found : nullptr;
}

Reach reach_of(const Permission& permission, const Principal& principal) {
  const auto reach = permission.of(principal.role);
  if (principal.role != Role::service || permission.scope.empty()) return reach;
  return std::ranges::count(principal.scopes, permission.scope) > 0 ? reach : Reach::none;
}

}  // namespace rollcall::accounts
