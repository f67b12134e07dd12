#include "../file_bytes.hpp"
#include "../recognition_site.hpp"
#include "command.hpp"

#include <fstream>
#include <iostream>

#include <CLI/CLI.hpp>

#include <rollcall/core/digest.hpp>
#include <rollcall/core/uuid.hpp>

namespace rollcall::app {
namespace {

struct CheckinArguments {
  std::string image;
  std::string device = "cli";
  std::string user_id;
  std::string event_id;
};

int check_in(const config::Settings& settings, const CheckinArguments& arguments) {
  const auto image = read_file(arguments.image, settings.image_bytes_max);
  if (!image) {
    std::cerr << arguments.image << ": " << image.error().message << '\n';
    return kExitFailed;
  }
  RecognitionSite site(settings);
  attendance::FaceCheckin checkin{
      .key = {.device = {arguments.device},
              .device_event_id =
                  arguments.event_id.empty() ? core::make_uuid_v7(site.clock().now()) : arguments.event_id,
              .request_sha256 = core::sha256_hex(arguments.user_id + ":" + core::sha256_hex(*image))},
      .image = *image};
  if (!arguments.user_id.empty()) checkin.claimed = arguments.user_id;
  const auto receipt = site.record_checkin()(checkin);
  if (!receipt) {
    std::cerr << arguments.image << ": " << receipt.error().reason << ": " << receipt.error().message << '\n';
    return kExitFailed;
  }
  const auto& event = receipt->event;
  std::cout << domain::name_of(event.verdict);
  if (receipt->person) std::cout << ": " << receipt->person->display_name;
  if (event.verdict != domain::Verdict::match) std::cout << " (" << event.reason << ")";
  std::cout << (receipt->duplicate ? ", recorded before" : ", recorded") << " as event " << event.id.value
            << '\n';
  return kExitOk;
}

}  // namespace

void add_checkin(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand(
      "checkin", "Check in with a photo and record the event (the server must be stopped)");
  const auto arguments = std::make_shared<CheckinArguments>();
  command->add_option("IMAGE", arguments->image, "JPEG, PNG, WebP or BMP")->required();
  command->add_option("--device", arguments->device, "device id of the event")->capture_default_str();
  command->add_option("--user-id", arguments->user_id, "compare with this person only (external id or id)");
  command->add_option("--event-id", arguments->event_id, "the same id again is recorded once");
  command->callback([&context, arguments] {
    context.run = [&context, arguments] { return check_in(context.load().settings, *arguments); };
  });
}

}  // namespace rollcall::app
