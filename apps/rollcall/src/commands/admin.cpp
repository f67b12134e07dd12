#include "../account_office.hpp"
#include "../recognition_site.hpp"
#include "command.hpp"

#include <iostream>

#include <CLI/CLI.hpp>
#include <termios.h>
#include <unistd.h>

#include <rollcall/storage/migrations.hpp>
#include <rollcall/storage/stores.hpp>

namespace rollcall::app {
namespace {

// Keeps what is typed from the screen.
class HiddenInput {
 public:
  HiddenInput() : is_terminal_(::isatty(STDIN_FILENO) == 1) {
    if (!is_terminal_) return;
    ::tcgetattr(STDIN_FILENO, &before_);
    auto hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  ~HiddenInput() {
    if (!is_terminal_) return;
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::cerr << '\n';
  }
  HiddenInput(const HiddenInput&) = delete;
  HiddenInput& operator=(const HiddenInput&) = delete;

 private:
  const bool is_terminal_;
  termios before_{};
};

// Never an argument: those are seen by every user of the machine.
std::string read_password() {
  std::cerr << "Password (15 characters or more are best): ";
  const HiddenInput hidden;
  std::string password;
  std::getline(std::cin, password);
  return password;
}

int create(const config::Settings& settings, const std::string& username) {
  core::SystemClock clock;
  storage::Database database(database_settings(settings));
  const auto masters = master_keys(settings);
  prepare_database(settings, database, masters, clock);
  const auto audit = storage::make_audit_trail(database);
  AccountOffice office(settings, database, clock, *audit);
  const auto password = read_password();
  const accounts::AuditScope scope(*audit, {.at = clock.now(),
                                            .actor = "command line",
                                            .action = "createUser",
                                            .target = {},
                                            .request_id = {},
                                            .client_address = {}});
  const auto made = office.users().add(
      {.username = username, .password = password, .role = accounts::Role::admin, .person = {}});
  if (!made) {
    std::cerr << made.error().message << '\n';
    return kExitFailed;
  }
  std::cout << "The administrator " << made->username << " can log in now.\n";
  return kExitOk;
}

}  // namespace

void add_admin(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("admin", "Administrators: create");
  command->require_subcommand(1);
  auto* create_command =
      command->add_subcommand("create", "Add an administrator; the password is read from standard input");
  const auto username = std::make_shared<std::string>();
  create_command->add_option("username", *username, "letters, digits and . _ @ -")->required();
  create_command->callback([&context, username] {
    context.run = [&context, username] { return create(context.load().settings, *username); };
  });
}

}  // namespace rollcall::app
