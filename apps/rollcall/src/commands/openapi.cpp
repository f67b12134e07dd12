#include <CLI/CLI.hpp>
#include <iostream>

#include <rollcall/api/api.hpp>

#include "command.hpp"

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
