#include "../account_office.hpp"
#include "../housekeeping.hpp"
#include "../image_fetcher.hpp"
#include "../policies.hpp"
#include "../recognition_site.hpp"
#include "command.hpp"

#include <csignal>
#include <iostream>
#include <thread>

#include <CLI/CLI.hpp>

#include <rollcall/api/api.hpp>
#include <rollcall/api/metrics.hpp>
#include <rollcall/core/infra_error.hpp>
#include <rollcall/core/log.hpp>
#include <rollcall/http/server.hpp>
#include <rollcall/http/static_files.hpp>
#include <rollcall/storage/ledger.hpp>
#include <rollcall/web/home_page.hpp>
#include <rollcall/web/policies.hpp>
#include <rollcall/web/redoc_page.hpp>
#include <rollcall/web/swagger_page.hpp>

namespace rollcall::app {
namespace {

class StageMetrics final : public vision::StageObserver {
 public:
  explicit StageMetrics(api::Metrics& metrics) : metrics_(metrics) {}
  void stage_took(std::string_view stage, std::chrono::duration<double> time) override {
    metrics_.stage_took(stage, time);
  }

 private:
  api::Metrics& metrics_;
};

// Blocks the signals that ask us to stop; before any thread exists, so that all of them inherit it.
sigset_t block_stop_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

// A second signal ends the process at once, whatever the draining waits for.
void exit_on_next_signal(sigset_t signals) {
  std::thread([signals] {
    int signal = 0;
    sigwait(&signals, &signal);
    core::log::warning("app", "second signal: leaving at once");
    std::_Exit(kExitFailed);
  }).detach();
}

http::ServerSettings server_settings(const config::Settings& settings) {
  const auto queue_max = static_cast<std::size_t>(settings.http_queue_max);
  return {.address = settings.http_address,
          .port = settings.http_port,
          .light_pool = {.threads = static_cast<std::size_t>(settings.http_light_threads),
                         .queue_max = queue_max},
          .heavy_pool = {.threads = vision_threads(settings), .queue_max = queue_max},
          .connections_max = static_cast<std::size_t>(settings.http_connections_max),
          .timeouts = {.drain = settings.http_drain_timeout}};
}

api::ServerFacts server_facts(const config::Settings& settings, const vision::PackFacts& facts,
                              core::TimePoint now) {
  return {.version = ROLLCALL_VERSION,
          .environment = settings.app_env == config::AppEnv::production ? "production" : "development",
          .pack = facts.name,
          .model = facts.model.value,
          .demo_grade = facts.grade == vision::PackGrade::demo,
          .started_at = now};
}

// The pages without "/", which api::add_routes answers.
void add_pages(http::Router& router) {
  http::add_static_files(router, web::home_page().subspan(1), web::kHomePolicy);
  http::add_static_files(router, web::swagger_page(), web::kSwaggerPolicy);
  http::add_static_files(router, web::redoc_page(), web::kRedocPolicy);
}

void print_setup(const std::string& url, const std::string& token) {
  std::cout
      << "  Nobody can log in yet. Open " << url
      << " and make the first administrator with this token:\n\n      " << token
      << "\n\n  It is good until the server stops. Or, while it is stopped: rollcall admin create NAME\n\n";
}

void print_welcome(const std::string& url, const api::ServerFacts& facts, std::int64_t people,
                   const std::string& setup_token) {
  std::cout << "\nRollcall " << facts.version << " is ready: " << url << "\n\n";
  if (facts.demo_grade) {
    std::cout << "  Demo-grade face models are in use (pack '" << facts.pack
              << "'): good for a look, not for real attendance.\n"
                 "  Install real ones with: rollcall models pull\n\n";
  }
  if (!setup_token.empty()) print_setup(url, setup_token);
  if (people == 0) {
    std::cout << "  Nobody is enrolled yet. Open the page above and add a person with a photo,\n"
                 "  or stop the server and run: rollcall enroll FOLDER --consent-version TEXT   (one folder "
                 "per person)\n";
  } else {
    std::cout << "  " << people << (people == 1 ? " person is" : " people are") << " enrolled.\n";
  }
  std::cout << "  API: " << url << "/docs    Stop: Ctrl-C\n" << std::endl;
}

void anchor(RecognitionSite& site, const config::Settings& settings, storage::AnchorWhen when) {
  const auto anchoring = storage::anchor_ledger(site.database(), anchor_file(settings), site.clock(), when);
  if (!anchoring.fault) return;
  core::log::write(core::log::Level::critical, "storage", "The ledger was tampered with; it is not anchored.",
                   {{"sequence", anchoring.fault->sequence},
                    {"fault", anchoring.fault->what},
                    {"help", "rollcall ledger verify"}});
}

std::vector<PeriodicTask> periodic_tasks(RecognitionSite& site, AccountOffice& office,
                                         const config::Settings& settings) {
  using namespace std::chrono_literals;
  return {
      {"anchor the ledger", 1min, [&site, &settings] { anchor(site, settings, storage::AnchorWhen::due); }},
      {"forget sessions and codes that are over", 1h, [&office] { office.tidy(); }},
      {"erase what was asked for and is not done", 1h, [&site] { site.keeper().resume_erasures(); }},
      {"erase face data after its retention time", 1h,
       [&site] {
         if (const int erased = site.retention()(); erased > 0) {
           core::log::info("attendance", "face data was erased after its retention time",
                           {{"people", erased}});
         }
       }},
      {"wrap keys under the master key in force", 1h, [&site] {
         const auto wrapped = storage::rotate_person_keys(site.database(), site.masters());
         if (wrapped > 0) core::log::info("storage", "keys were wrapped again", {{"keys", wrapped}});
       }}};
}

int serve(const config::Settings& settings) {
  const auto started = std::chrono::steady_clock::now();
  const auto signals = block_stop_signals();
  api::Metrics metrics;
  StageMetrics stage_metrics(metrics);
  RecognitionSite site(settings, &stage_metrics);
  anchor(site, settings, storage::AnchorWhen::due);
  ImageFetcher image_fetcher(settings.image_url_allowed_hosts, settings.image_bytes_max);
  std::atomic<bool> accepting = true;
  const auto audit = storage::make_audit_trail(site.database());
  AccountOffice office(settings, site.database(), site.clock(), *audit);

  api::Services services{.people_store = site.people_store(),
                         .face_store = site.face_store(),
                         .event_store = site.event_store(),
                         .index = site.index(),
                         .gallery = site.keeper(),
                         .people = site.people(),
                         .consents = site.consents(),
                         .erase_person = site.erase_person(),
                         .crops = site.crops(),
                         .enroll_face = site.enroll_face(),
                         .recognize_faces = site.recognize_faces(),
                         .record_checkin = site.record_checkin(),
                         .image_source = image_fetcher,
                         .audit = *audit,
                         .clock = site.clock(),
                         .metrics = metrics,
                         .facts = server_facts(settings, site.pipeline().facts(), site.clock().now()),
                         .limits = {.image_bytes_max = settings.image_bytes_max,
                                    .images_max = settings.enrollment_images_max,
                                    .handler_timeout = settings.handler_timeout},
                         .home_page =
                             [](const http::Request& request) {
                               return http::serve_file(request, web::home_page().front(), web::kHomePolicy);
                             },
                         .check_database = [&site] { site.database().check(); },
                         .accepting = [&accepting] { return accepting.load(); },
                         .accounts = office.services()};

  http::Router router;
  api::add_routes(router, services);
  add_pages(router);
  http::Server server(server_settings(settings), std::move(router), &metrics, &office.gate());

  metrics.set_build_info(ROLLCALL_VERSION, services.facts.model);
  metrics.add_gauge("rollcall_gallery_templates", "Templates that are searched.",
                    [&site] { return static_cast<double>(site.index().size().templates); });
  metrics.add_gauge("rollcall_gallery_people", "People who can be recognised.",
                    [&site] { return static_cast<double>(site.index().size().people); });
  metrics.add_gauge("rollcall_http_queue_light", "Requests that wait for a thread of the light pool.",
                    [&server] { return static_cast<double>(server.queued(http::Pool::light)); });
  metrics.add_gauge("rollcall_http_queue_heavy", "Requests that wait for a thread of the heavy pool.",
                    [&server] { return static_cast<double>(server.queued(http::Pool::heavy)); });

  server.start();
  const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - started;
  const auto host = settings.http_address.find(':') == std::string::npos ? settings.http_address
                                                                         : "[" + settings.http_address + "]";
  const auto url = "http://" + host + ":" + std::to_string(server.port());
  core::log::info("app", "ready",
                  {{"url", url},
                   {"pack", services.facts.pack},
                   {"model", services.facts.model},
                   {"people", site.index().size().people},
                   {"templates", site.index().size().templates},
                   {"start_ms", took.count()}});
  print_welcome(url, services.facts, site.people_store().count(), office.users().make_setup_token());
  std::optional<Housekeeping> housekeeping(std::in_place, periodic_tasks(site, office, settings));

  int signal = 0;
  sigwait(&signals, &signal);
  exit_on_next_signal(signals);
  core::log::info("app", "stopping", {{"signal", signal}});
  accepting = false;
  housekeeping.reset();
  server.drain_and_stop();
  anchor(site, settings, storage::AnchorWhen::now);
  core::log::info("app", "stopped");
  return kExitOk;
}

}  // namespace

void add_serve(CLI::App& app, CommandContext& context) {
  app.add_subcommand("serve", "Start the server")->callback([&context] {
    context.run = [&context] { return serve(context.load().settings); };
  });
}

}  // namespace rollcall::app
