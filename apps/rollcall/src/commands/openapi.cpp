#include "command.hpp"

#include <iostream>

#include <CLI/CLI.hpp>

#include <rollcall/api/api.hpp>

namespace rollcall::app {

void add_openapi(CLI::App& app, CommandContext& context) {
  app.add_subcommand("openapi", "Print the OpenAPI document (docs/openapi.json)")->callback([&context] {
    context.run = [] {
      std::cout << api::openapi_document(ROLLCALL_VERSION);
      return kExitOk;
    };
  });
}

}  // namespace rollcall::app
