// The command line: which subcommand, which configuration, which exit code.
#include "commands/command.hpp"
#include "recognition_site.hpp"

#include <cstdio>
#include <iostream>

#include <CLI/CLI.hpp>

#include <rollcall/config/print.hpp>
#include <rollcall/core/infra_error.hpp>
#include <rollcall/core/log.hpp>
#include <rollcall/crypto/key.hpp>

namespace rollcall::app {
namespace {

// Every option of the table as a flag; values are checked by config::load, which names all faults at once.
void add_option_flags(CLI::App& app, config::Values& flags) {
  for (const auto& option : config::options()) {
    app.add_option_function<std::string>(
           config::flag_of(option),
           [&flags, name = std::string(option.name)](const std::string& value) { flags[name] = value; },
           std::string(option.help))
        ->group("Options (environment variables of the same name work too; see docs/config.md)");
  }
}

bool stderr_is_terminal() {
  return ::isatty(STDERR_FILENO) == 1;
}

void configure_log(const config::Settings& settings) {
  auto format = core::log::Format::json;
  if (settings.log_format == config::LogFormat::text ||
      (settings.log_format == config::LogFormat::automatic && stderr_is_terminal())) {
    format = core::log::Format::text;
  }
  core::log::configure({.level = settings.log_level, .format = format, .directory = settings.log_dir});
}

config::Configuration load_configuration(const config::Sources& sources) {
  auto loaded = config::load(sources);
  if (!loaded) {
    std::cerr << config::print_faults(loaded.error());
    throw ConfigRefused("the configuration has faults");
  }
  configure_log(loaded->settings);
  for (const auto& notice : loaded->notices) core::log::info("config", notice);
  return *std::move(loaded);
}

int run(int argc, char** argv) {
  CLI::App app{"Rollcall: attendance by face recognition, self-hosted", "rollcall"};
  app.set_version_flag("--version", ROLLCALL_VERSION);
  app.require_subcommand(1);
  app.fallthrough();

  config::Sources sources{.flags = {},
                          .environment = config::process_environment(),
                          .dotenv = config::ConfigFile{".env", config::Presence::optional},
                          .toml = config::ConfigFile{"rollcall.toml", config::Presence::optional}};
  app.add_option_function<std::string>(
      "--config",
      [&](const std::string& path) {
        sources.toml = {path, config::Presence::required};
      },
      "TOML file (default: rollcall.toml, if it is there)");
  app.add_option_function<std::string>(
      "--env-file",
      [&](const std::string& path) {
        sources.dotenv = {path, config::Presence::required};
      },
      "file of NAME=value lines (default: .env, if it is there)");
  add_option_flags(app, sources.flags);

  CommandContext context{.load = [&sources] { return load_configuration(sources); }, .run = {}};
  add_admin(app, context);
  add_serve(app, context);
  add_migrate(app, context);
  add_enroll(app, context);
  add_keys(app, context);
  add_checkin(app, context);
  add_ledger(app, context);
  add_models(app, context);
  add_config(app, context);
  add_openapi(app, context);
  add_doctor(app, context);

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  return context.run();
}

}  // namespace
}  // namespace rollcall::app

int main(int argc, char** argv) {
  using namespace rollcall;
  try {
    crypto::start();
    return app::run(argc, argv);
  } catch (const app::ConfigRefused& error) {
    std::cerr << "rollcall: " << error.what() << '\n';
    return app::kExitConfig;
  } catch (const core::InfraError& error) {
    std::cerr << "rollcall: " << error.what() << '\n';
    return app::kExitFailed;
  } catch (const std::exception& error) {
    std::cerr << "rollcall: unexpected: " << error.what() << '\n';
    return app::kExitFailed;
  }
}
