#include "../download.hpp"
#include "../progress.hpp"
#include "../recognition_site.hpp"
#include "command.hpp"

#include <iomanip>
#include <iostream>

#include <CLI/CLI.hpp>

#include <rollcall/core/digest.hpp>
#include <rollcall/core/infra_error.hpp>
#include <rollcall/vision/model_pack.hpp>

namespace rollcall::app {
namespace {

using vision::FileState;

// The pack that anybody can download from its makers.
constexpr auto kDownloadablePack = "zoo";

const vision::Pack& pack_named(const vision::Manifest& manifest, const std::string& name) {
  const auto* pack = manifest.find_pack(name);
  if (pack != nullptr) return *pack;
  std::string known;
  for (const auto& other : manifest.packs) known += " " + other.name;
  throw ConfigRefused("there is no model pack '" + name + "'; known:" + known);
}

int list(const config::Settings& settings) {
  const auto& manifest = vision::built_in_manifest();
  const auto chosen = choose_pack(settings, manifest);
  std::cout << "Model folder: " << settings.model_dir.string() << "\n\n";
  for (const auto& pack : manifest.packs) {
    std::cout << (pack.name == chosen ? "* " : "  ") << pack.name << ": " << pack.description << '\n';
  }
  std::cout << (chosen == vision::kClassicPack ? "* " : "  ") << vision::kClassicPack
            << ": made of packaged libraries, always there, demo grade\n"
            << "\nModels (file, role, licence):\n";
  for (const auto& model : manifest.models) {
    const bool here = std::filesystem::exists(settings.model_dir / model.file);
    std::cout << "  " << (here ? "+ " : "- ") << std::left << std::setw(36) << model.file << std::setw(10)
              << vision::name_of(model.role) << model.licence << '\n';
  }
  std::cout << "\n* in use   + in the folder   - not there\n";
  return kExitOk;
}

int verify(const config::Settings& settings, const std::string& pack_name) {
  const auto& manifest = vision::built_in_manifest();
  const auto name = pack_name.empty() ? choose_pack(settings, manifest) : pack_name;
  if (name == vision::kClassicPack) {
    std::cout << "The classic pack has no files to verify.\n";
    return kExitOk;
  }
  const auto& pack = pack_named(manifest, name);
  bool good = true;
  for (const auto& check : vision::verify_pack(manifest, pack, settings.model_dir)) {
    std::cout << vision::name_of(check.state) << "  " << check.path.string() << '\n';
    if (check.state == FileState::ok) continue;
    good = false;
    std::cerr << vision::describe(check) << '\n';
  }
  std::cout << "pack " << pack.name << (good ? ": every file is what the manifest says\n" : ": not usable\n");
  return good ? kExitOk : kExitFailed;
}

void copy_from(const vision::Model& model, const std::filesystem::path& source,
               const std::filesystem::path& target) {
  const auto check = vision::verify_model(model, source);
  if (check.state != FileState::ok) throw core::InfraError(vision::describe(check));
  std::filesystem::copy_file(check.path, target, std::filesystem::copy_options::overwrite_existing);
}

void download_with_progress(const vision::Model& model, const std::filesystem::path& target) {
  if (!model.url)
    throw core::InfraError(model.file + " has no public address: install it with --from FOLDER");
  Progress progress(model.file, ProgressUnit::bytes, model.bytes);
  const auto done =
      download({.url = *model.url, .target = target, .sha256 = model.sha256, .bytes = model.bytes},
               [&progress](std::uint64_t bytes) { progress.advance_to(bytes); });
  if (!done) throw core::InfraError(done.error().message);
}

int pull(const config::Settings& settings, const std::string& pack_name, const std::string& from) {
  const auto& manifest = vision::built_in_manifest();
  const auto& pack = pack_named(manifest, !pack_name.empty() ? pack_name
                                          : from.empty()     ? kDownloadablePack
                                                             : "standard");
  std::filesystem::create_directories(settings.model_dir);
  for (const auto* model : manifest.models_of(pack)) {
    const auto target = settings.model_dir / model->file;
    if (vision::verify_model(*model, settings.model_dir).state == FileState::ok) {
      std::cout << model->file << " is there already\n";
    } else if (!from.empty()) {
      copy_from(*model, from, target);
      std::cout << model->file << " copied\n";
    } else {
      download_with_progress(*model, target);
    }
  }
  std::cout << "pack " << pack.name << " is installed in " << settings.model_dir.string() << '\n';
  return kExitOk;
}

struct ModelArguments {
  std::string pack;
  std::string from;
};

}  // namespace

void add_models(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("models", "Face model packs: list, pull, verify");
  command->require_subcommand(1);
  const auto arguments = std::make_shared<ModelArguments>();
  command->add_subcommand("list", "Which packs and files there are")->callback([&context] {
    context.run = [&context] { return list(context.load().settings); };
  });
  auto* pull_command = command->add_subcommand("pull", "Install a pack, by download or from a folder");
  pull_command->add_option("PACK", arguments->pack, "zoo (the default for downloads) or standard");
  pull_command->add_option("--from", arguments->from, "copy from this folder instead of downloading")
      ->check(CLI::ExistingDirectory);
  pull_command->callback([&context, arguments] {
    context.run = [&context, arguments] {
      return pull(context.load().settings, arguments->pack, arguments->from);
    };
  });
  auto* verify_command =
      command->add_subcommand("verify", "Compare every file of a pack with its known hash");
  verify_command->add_option("PACK", arguments->pack, "default: the pack in use");
  verify_command->callback([&context, arguments] {
    context.run = [&context, arguments] { return verify(context.load().settings, arguments->pack); };
  });
}

}  // namespace rollcall::app
