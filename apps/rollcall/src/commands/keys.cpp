#include "../progress.hpp"
#include "../recognition_site.hpp"
#include "command.hpp"

#include <iostream>

#include <CLI/CLI.hpp>

namespace rollcall::app {
namespace {

int rotate(const config::Settings& settings) {
  storage::Database database(database_settings(settings));
  const auto masters = master_keys(settings);
  prepare_database(settings, database, masters, core::SystemClock());
  Progress progress("Wrapping keys", ProgressUnit::items, 0);
  const auto wrapped =
      storage::rotate_person_keys(database, masters, [&progress](std::int64_t done, std::int64_t total) {
        progress.set_total(static_cast<std::uint64_t>(total));
        progress.advance_to(static_cast<std::uint64_t>(done));
      });
  std::cout << wrapped << (wrapped == 1 ? " key was" : " keys were") << " wrapped under the master key "
            << masters.current_id() << "; all others open nothing now.\n";
  return kExitOk;
}

}  // namespace

void add_keys(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("keys", "Keep the keys that seal face data");
  command->require_subcommand(1);
  command
      ->add_subcommand(
          "rotate",
          "Wrap every person's key under FACE_DATA_ENCRYPTION_KEY, from those of "
          "FACE_DATA_ENCRYPTION_KEYS_PREVIOUS; may be stopped and run again (a running server does "
          "it by itself)")
      ->callback([&context] { context.run = [&context] { return rotate(context.load().settings); }; });
}

}  // namespace rollcall::app
