#include "../recognition_site.hpp"
#include "command.hpp"

#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

#include <rollcall/core/infra_error.hpp>
#include <rollcall/http/server.hpp>
#include <rollcall/storage/migrations.hpp>

namespace rollcall::app {
namespace {

constexpr std::uintmax_t kFreeBytesMin = 512ULL * 1024 * 1024;

enum class Health { good, warning, bad };

struct Finding {
  Health health;
  std::string what;
};

Finding good(const std::string& what) {
  return {Health::good, what};
}
Finding warning(const std::string& what) {
  return {Health::warning, what};
}
Finding bad(const std::string& what) {
  return {Health::bad, what};
}

Finding check_data_dir(const config::Settings& settings) {
  const auto& dir = settings.data_dir;
  std::error_code error;
  std::filesystem::create_directories(dir, error);
  const auto probe = dir / ".doctor";
  const bool writable = static_cast<bool>(std::ofstream(probe) << "x");
  std::filesystem::remove(probe, error);
  if (!writable)
    return bad("the data folder " + dir.string() + " cannot be written: change its owner or DATA_DIR");
  return good("the data folder " + std::filesystem::absolute(dir).string() + " can be written");
}

Finding check_disk(const config::Settings& settings) {
  std::error_code error;
  const auto space = std::filesystem::space(settings.data_dir, error);
  if (error) return bad("the free space of " + settings.data_dir.string() + " cannot be read");
  const auto text = std::to_string(space.available / (1024 * 1024)) + " MiB free for data";
  return space.available < kFreeBytesMin ? warning(text + ": make room soon") : good(text);
}

Finding check_database(const config::Settings& settings) {
  if (!std::filesystem::exists(settings.database_file))
    return good("no database yet: the first start makes one");
  storage::Database database(database_settings(settings), storage::Access::inspect);
  database.check();
  const auto pending = storage::pending_migrations(database);
  if (!pending.empty())
    return warning("the database lacks " + std::to_string(pending.size()) +
                   " migration(s): run 'rollcall migrate'");
  storage::check_master_keys(database, master_keys(settings));
  return good("the database answers and its schema is up to date");
}

Finding check_models(const config::Settings& settings) {
  const auto pipeline = open_pipeline(settings);  // verifies every file that it needs
  const auto& facts = pipeline->facts();
  if (facts.grade == vision::PackGrade::demo) {
    return warning("pack '" + facts.name + "' is demo grade: run 'rollcall models pull' for real models");
  }
  return good("pack '" + facts.name + "' is installed and intact");
}

Finding check_port(const config::Settings& settings) {
  http::Server server({.address = settings.http_address, .port = settings.http_port}, http::Router{});
  try {
    server.start();
  } catch (const core::InfraError& error) {
    return warning(std::string(error.what()) + " (is Rollcall running?)");
  }
  return good("port " + std::to_string(server.port()) + " is free");
}

int examine(const config::Settings& settings) {
  bool healthy = true;
  for (const auto check : {&check_data_dir, &check_disk, &check_database, &check_models, &check_port}) {
    Finding finding;
    try {
      finding = check(settings);
    } catch (const std::exception& error) {
      finding = bad(error.what());
    }
    static constexpr std::array kMarks{"ok      ", "warning ", "FAILED  "};
    std::cout << kMarks[static_cast<std::size_t>(finding.health)] << finding.what << '\n';
    if (finding.health == Health::bad) healthy = false;
  }
  return healthy ? kExitOk : kExitFailed;
}

}  // namespace

void add_doctor(CLI::App& app, CommandContext& context) {
  app.add_subcommand("doctor", "Check folders, database, models and port, and say what to mend")
      ->callback([&context] {
        context.run = [&context] {
          const auto configuration = context.load();
          std::cout << "ok      the configuration has no faults\n";
          return examine(configuration.settings);
        };
      });
}

}  // namespace rollcall::app
