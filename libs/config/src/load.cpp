#include "dotenv.hpp"
#include "names.hpp"
#include "parse.hpp"
#include "redact.hpp"
#include "rules.hpp"
#include "toml_file.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <unistd.h>

#include <rollcall/config/load.hpp>
#include <rollcall/core/assert.hpp>

namespace rollcall::config {
namespace {

// One value that a source gives to an option.
struct Given {
  const Option* option;
  std::string value;
  std::string source;
};

constexpr std::size_t kFileBytesMax = 1'000'000;

class Loader {
 public:
  explicit Loader(std::span<const Option> table) : table_(table) {}

  boost::system::result<Configuration, Faults> load(const Sources& sources);

 private:
  std::vector<Given> from_flags(const Values& flags);
  std::vector<Given> from_environment(const Values& environment);
  std::vector<Given> from_dotenv(const ConfigFile& file);
  std::vector<Given> from_toml(const ConfigFile& file);

  const Option* find_variable(std::string_view name) const;
  // NAME_FILE for a secret NAME: the value is the content of that file.
  std::optional<Given> from_secret_file(const std::string& name, const std::string& value,
                                        const std::string& source);
  std::optional<std::string> read(const ConfigFile& file);
  void check_unknown_variable(const std::string& name, const std::string& source);
  void check_misspelled(const std::string& name, const std::string& source);
  void take(std::vector<Given> source);
  void assign(const Option& option, const Given& given);
  void apply_rules();
  void fault(Fault fault) { faults_.all.push_back(std::move(fault)); }

  std::span<const Option> table_;
  std::map<const Option*, Given> chosen_;
  Configuration result_;
  Faults faults_;
};

std::string hint(std::string_view name, std::span<const std::string> candidates) {
  const auto meant = did_you_mean(name, candidates);
  return meant ? "; did you mean " + *meant + "?" : "";
}

std::vector<std::string> variable_names(std::span<const Option> table) {
  std::vector<std::string> names;
  for (const auto& option : table) names.emplace_back(option.name);
  return names;
}

boost::system::result<Configuration, Faults> Loader::load(const Sources& sources) {
  // The first source that sets an option wins.
  take(from_flags(sources.flags));
  take(from_environment(sources.environment));
  if (sources.dotenv) take(from_dotenv(*sources.dotenv));
  if (sources.toml) take(from_toml(*sources.toml));
  for (const auto& option : table_) {
    const auto given = chosen_.find(&option);
    assign(option, given != chosen_.end() ? given->second
                                          : Given{&option, std::string(option.default_text), "default"});
  }
  apply_rules();
  if (!faults_.all.empty()) return faults_;
  derive(result_.settings);
  return result_;
}

const Option* Loader::find_variable(std::string_view name) const {
  const auto found = std::ranges::find_if(table_, [name](const Option& option) {
    return option.name == name || std::ranges::count(option.aliases, name) > 0;
  });
  return found == table_.end() ? nullptr : &*found;
}

std::optional<Given> Loader::from_secret_file(const std::string& name, const std::string& value,
                                              const std::string& source) {
  constexpr std::string_view kSuffix = "_FILE";
  if (!name.ends_with(kSuffix) || value.empty()) return std::nullopt;
  const auto* option = find_variable(std::string_view(name).substr(0, name.size() - kSuffix.size()));
  if (option == nullptr || option->secrecy != Secrecy::secret) return std::nullopt;
  const auto content = read({.path = value, .presence = Presence::required});
  return Given{option, content ? std::string(trimmed(*content)) : "", source + ", " + name};
}

std::vector<Given> Loader::from_flags(const Values& flags) {
  std::vector<Given> given;
  for (const auto& [name, value] : flags) {
    const auto* option = find_variable(name);
    if (option) {
      given.push_back({option, value, flag_of(*option)});
    } else {
      fault({name, "flags", "", "is not an option" + hint(name, variable_names(table_))});
    }
  }
  return given;
}

std::vector<Given> Loader::from_environment(const Values& environment) {
  std::vector<Given> given;
  for (const auto& [name, value] : environment) {
    if (const auto* option = find_variable(name)) {
      given.push_back({option, value, name == option->name ? "environment" : "environment, " + name});
    } else if (auto from_file = from_secret_file(name, value, "environment")) {
      given.push_back(*std::move(from_file));
    } else {
      check_unknown_variable(name, "environment");
    }
  }
  return given;
}

std::vector<Given> Loader::from_dotenv(const ConfigFile& file) {
  std::vector<Given> given;
  const auto text = read(file);
  if (!text) return given;
  const auto label = file.path.filename().string();
  const auto parsed = parse_dotenv(*text);
  for (const int line : parsed.unreadable) {
    fault({label, label + " line " + std::to_string(line), "", "is not of the form NAME=value"});
  }
  for (const auto& line : parsed.lines) {
    const auto source = label + " line " + std::to_string(line.number);
    if (const auto* option = find_variable(line.name)) {
      given.push_back({option, line.value, source});
    } else if (auto from_file = from_secret_file(line.name, line.value, source)) {
      given.push_back(*std::move(from_file));
    } else {
      check_unknown_variable(line.name, source);
      check_misspelled(line.name, source);
    }
  }
  return given;
}

std::vector<Given> Loader::from_toml(const ConfigFile& file) {
  std::vector<Given> given;
  const auto text = read(file);
  if (!text) return given;
  const auto label = file.path.filename().string();
  const auto parsed = parse_toml(*text);
  if (parsed.syntax_error) fault({label, label, "", *parsed.syntax_error});
  std::vector<std::string> keys;
  for (const auto& option : table_) keys.push_back(toml_key_of(option));
  for (const auto& entry : parsed.entries) {
    const auto source = label + " line " + std::to_string(entry.line);
    const auto option = std::ranges::find(table_, entry.key, toml_key_of);
    if (option == table_.end()) {
      fault({printable(entry.key), source, "", "is not an option" + hint(entry.key, keys)});
    } else if (!entry.value) {
      fault({entry.key, source, "", "is of a type that no option takes; allowed: " + option->kind.allowed});
    } else {
      given.push_back({&*option, *entry.value, source});
    }
  }
  return given;
}

std::optional<std::string> Loader::read(const ConfigFile& file) {
  const auto label = file.path.filename().string();
  std::error_code error;
  const auto status = std::filesystem::status(file.path, error);
  if (!std::filesystem::exists(status) && file.presence == Presence::optional) return std::nullopt;
  std::ifstream stream;
  if (std::filesystem::is_regular_file(status)) stream.open(file.path, std::ios::binary);
  if (!stream.is_open()) {
    fault({label, file.path.string(), "", "is not a file that can be read"});
    return std::nullopt;
  }
  std::string text(kFileBytesMax + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > kFileBytesMax) {
    fault({label, file.path.string(), "", "is larger than 1 MB, so it is not a configuration file"});
    return std::nullopt;
  }
  return text;
}

// Only our own prefix is policed in places that other programs use too.
void Loader::check_unknown_variable(const std::string& name, const std::string& source) {
  if (is_for_later(name)) {
    result_.notices.push_back(name + " (" + source + ") is understood but does nothing in this version");
  } else if (name.starts_with("ROLLCALL_") && !is_tool_variable(name)) {
    fault({printable(name), source, "", "is not an option" + hint(name, variable_names(table_))});
  }
}

// A shared .env may hold anything, so a likely slip is only reported.
void Loader::check_misspelled(const std::string& name, const std::string& source) {
  if (is_for_later(name) || name.starts_with("ROLLCALL_")) return;
  const auto suggestion = hint(name, variable_names(table_));
  if (!suggestion.empty()) {
    result_.notices.push_back(name + " (" + source + ") is not an option and was ignored" + suggestion);
  }
}

void Loader::take(std::vector<Given> source) {
  std::map<const Option*, Given> here;
  for (auto& given : source) {
    if (given.value.empty()) continue;
    const auto [first, is_new] = here.try_emplace(given.option, given);
    if (!is_new && first->second.value != given.value) {
      fault({std::string(given.option->name), given.source, printable(*given.option, given.value),
             "differs from the value given in " + first->second.source});
    }
  }
  chosen_.merge(here);
}

void Loader::assign(const Option& option, const Given& given) {
  if (const auto wrong = option.kind.assign(given.value, result_.settings)) {
    const auto reason = wrong->empty() ? "" : *wrong + "; ";
    fault({std::string(option.name), given.source, printable(option, given.value),
           reason + "allowed: " + option.kind.allowed});
  }
  result_.values.push_back({&option, printable(option, given.value), given.source});
}

void Loader::apply_rules() {
  for (const auto& broken : broken_rules(result_.settings)) {
    const auto effective = std::ranges::find(
        result_.values, broken.option, [](const Effective& each) { return std::string(each.option->name); });
    ROLLCALL_ASSERT(effective != result_.values.end());
    fault({broken.option, effective->source, effective->value, broken.problem});
  }
}

}  // namespace

void throw_exception_from_error(const Faults&, const boost::source_location& where) {
  core::assertion_failed("configuration has no faults", where.file_name(), static_cast<int>(where.line()));
}

boost::system::result<Configuration, Faults> load(const Sources& sources, std::span<const Option> table) {
  return Loader(table).load(sources);
}

Values process_environment() {
  Values values;
  for (char** entry = environ; entry && *entry; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (equals != std::string_view::npos) values.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return values;
}

}  // namespace rollcall::config
