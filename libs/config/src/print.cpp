#include <algorithm>

#include <rollcall/config/print.hpp>

namespace rollcall::config {
namespace {

std::string cell(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '|') result += '\\';
    result += c;
  }
  return result;
}

std::string code(std::string_view text) {
  return text.empty() ? "" : "`" + std::string(text) + "`";
}

std::string row(const Option& option) {
  std::string line = "| " + code(option.name);
  for (const auto alias : option.aliases) line += " (also " + code(alias) + ")";
  line += " | " + code(option.default_text) + " | " + cell(option.kind.allowed) + " | " + cell(option.help);
  if (option.change == Change::at_next_request) line += " Takes effect without a restart.";
  if (option.secrecy == Secrecy::secret) line += " Secret: never printed.";
  return line + " |\n";
}

constexpr std::string_view kIntroduction = R"(# Configuration

This page is printed by `rollcall config --markdown`; do not edit it.

Each option has one name in four spellings, strongest first: a flag (`--http-port 8081`), an environment variable
(`HTTP_PORT=8081`), the same line in `.env`, and a key in `rollcall.toml` (`http_port = 8081`). What nobody sets has
its default. An empty value counts as not set. An alias works in the environment and in `.env`.

`rollcall config` prints the values in use and where each one came from. A wrong configuration stops the program with
exit code 78 and lists every fault. A change takes effect at the next start unless the option says otherwise.

- A boolean is one of `1`, `true`, `yes`, `on`, `0`, `false`, `no`, `off`, in any case.
- A duration is an integer with its unit: `500ms`, `10s`, `15m`, `24h`, `30d`.
- A size is a number of bytes, or an integer with `KB`, `MB`, `GB` (powers of 1000) or `KiB`, `MiB`, `GiB`.
)";

}  // namespace

std::string print_markdown(std::span<const Option> table) {
  std::string text(kIntroduction);
  std::string_view group;
  for (const auto& option : table) {
    if (option.group != group) {
      group = option.group;
      text +=
          "\n## " + std::string(group) + "\n\n| option | default | allowed | meaning |\n|---|---|---|---|\n";
    }
    text += row(option);
  }
  return text;
}

std::string print_effective(const Configuration& configuration) {
  std::size_t width = 0;
  for (const auto& each : configuration.values) width = std::max(width, each.option->name.size());
  std::string text;
  for (const auto& each : configuration.values) {
    text += std::string(each.option->name) + std::string(width - each.option->name.size(), ' ') + " = " +
            each.value + (each.value.empty() ? "(" : "  (") + each.source + ")\n";
  }
  return text;
}

std::string print_faults(const Faults& faults) {
  std::string text;
  for (const auto& fault : faults.all) {
    text += fault.option + (fault.value.empty() ? "" : "=" + fault.value) + " (" + fault.source +
            "): " + fault.problem + "\n";
  }
  return text;
}

}  // namespace rollcall::config
