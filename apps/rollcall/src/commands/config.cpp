#include "command.hpp"

#include <iostream>

#include <CLI/CLI.hpp>

#include <rollcall/config/print.hpp>

namespace rollcall::app {

void add_config(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("config", "Check the configuration and print what is in force");
  const auto markdown = std::make_shared<bool>(false);
  command->add_flag("--markdown", *markdown, "Print the documentation of every option (docs/config.md)");
  command->callback([&context, markdown] {
    context.run = [&context, markdown] {
      std::cout << (*markdown ? config::print_markdown() : config::print_effective(context.load()));
      return kExitOk;
    };
  });
}

}  // namespace rollcall::app
