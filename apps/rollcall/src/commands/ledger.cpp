#include "../progress.hpp"
#include "../recognition_site.hpp"
#include "command.hpp"

#include <iostream>

#include <CLI/CLI.hpp>

#include <rollcall/core/infra_error.hpp>
#include <rollcall/storage/ledger.hpp>
#include <rollcall/storage/migrations.hpp>

namespace rollcall::app {
namespace {

// Each file is read once, also when both are the same.
std::vector<storage::LedgerAnchor> anchors_from(const std::vector<std::filesystem::path>& files) {
  std::vector<storage::LedgerAnchor> anchors;
  for (const auto& file : files) {
    const auto read = storage::read_anchor_file(file);
    if (!read) throw core::InfraError(file.string() + ": " + read.error().message);
    if (read->torn_lines > 0) {
      std::cerr << file.string() << ": " << read->torn_lines << " line(s) cut off by a crash are skipped\n";
    }
    anchors.insert(anchors.end(), read->anchors.begin(), read->anchors.end());
  }
  return anchors;
}

void require_current_schema(storage::Database& database) {
  if (!storage::pending_migrations(database).empty()) {
    throw core::InfraError("database " + database.file().string() +
                           ": its schema is not up to date; start this version's server once, then verify");
  }
}

int verify(const config::Settings& settings, const std::string& copy) {
  std::vector<std::filesystem::path> files;
  if (!copy.empty()) files.emplace_back(copy);
  if (std::filesystem::exists(anchor_file(settings))) {
    files.push_back(anchor_file(settings));
  } else {
    std::cerr << anchor_file(settings).string() << ": missing; a cut of the ledger's end may pass unseen\n";
  }
  // Before the database, so that its state is newer than the anchors.
  const auto anchors = anchors_from(files);
  storage::Database database(database_settings(settings), storage::Access::inspect);
  require_current_schema(database);

  storage::LedgerReport report;
  {
    Progress progress("Verifying", ProgressUnit::items, 0);
    report = storage::verify_ledger(database, anchors, [&](std::int64_t done, std::int64_t total) {
      progress.set_total(static_cast<std::uint64_t>(total));
      progress.advance_to(static_cast<std::uint64_t>(done));
    });
  }
  if (report.fault) {
    std::cerr << "The ledger is broken at sequence " << report.fault->sequence << ": " << report.fault->what
              << ".\n";
    return kExitFailed;
  }
  std::cout << "The ledger is sound: " << report.rows << " rows (" << report.events << " events, "
            << report.audit_entries << " audit entries), " << report.anchors << " anchors checked.\n"
            << "It ends with chain " << report.chain << '\n';
  return kExitOk;
}

}  // namespace

void add_ledger(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("ledger", "The tamper-evident ledger: verify");
  command->require_subcommand(1);
  auto* verify_command =
      command->add_subcommand("verify", "Check every row, seal and anchor, also beside a running server");
  const auto copy = std::make_shared<std::string>();
  verify_command->add_option("--anchors", *copy, "a copy of ledger-anchors.jsonl that was kept elsewhere");
  verify_command->callback([&context, copy] {
    context.run = [&context, copy] { return verify(context.load().settings, *copy); };
  });
}

}  // namespace rollcall::app
