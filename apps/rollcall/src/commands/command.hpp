// A subcommand: declares its arguments, and runs when it was asked for.
#pragma once

#include <functional>
#include <memory>

#include <rollcall/config/load.hpp>

namespace CLI {
class App;
}

namespace rollcall::app {

// sysexits.h
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 64;
inline constexpr int kExitConfig = 78;

// Loads the configuration from all sources, sets up the log, and returns it; prints every fault and throws
// ConfigRefused when there is one.
using LoadConfiguration = std::function<config::Configuration()>;

// `run` is filled in by the subcommand that was given.
struct CommandContext {
  LoadConfiguration load;
  std::function<int()> run;
};

void add_admin(CLI::App& app, CommandContext& context);
void add_serve(CLI::App& app, CommandContext& context);
void add_migrate(CLI::App& app, CommandContext& context);
void add_keys(CLI::App& app, CommandContext& context);
void add_enroll(CLI::App& app, CommandContext& context);
void add_checkin(CLI::App& app, CommandContext& context);
void add_ledger(CLI::App& app, CommandContext& context);
void add_models(CLI::App& app, CommandContext& context);
void add_config(CLI::App& app, CommandContext& context);
void add_openapi(CLI::App& app, CommandContext& context);
void add_doctor(CLI::App& app, CommandContext& context);

}  // namespace rollcall::app
