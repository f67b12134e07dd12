#include "../recognition_site.hpp"
#include "command.hpp"

#include <iostream>

#include <CLI/CLI.hpp>

#include <rollcall/storage/migrations.hpp>

namespace rollcall::app {
namespace {

int run_migrate(const config::Settings& settings) {
  storage::Database database(database_settings(settings));
  const auto applied = storage::migrate(database);
  if (!applied.empty()) database.truncate_log();  // a migration may erase
  for (const auto& name : applied) std::cout << "applied " << name << '\n';
  std::cout << (applied.empty() ? "The schema is up to date: " : "The schema is now up to date: ")
            << database.file().string() << '\n';
  return kExitOk;
}

}  // namespace

void add_migrate(CLI::App& app, CommandContext& context) {
  app.add_subcommand("migrate", "Bring the database schema up to date (serve does it too)")
      ->callback([&context] { context.run = [&context] { return run_migrate(context.load().settings); }; });
}

}  // namespace rollcall::app
