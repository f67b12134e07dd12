#include "../enrollment_plan.hpp"
#include "../file_bytes.hpp"
#include "../policies.hpp"
#include "../progress.hpp"
#include "../recognition_site.hpp"
#include "command.hpp"

#include <atomic>
#include <fstream>
#include <iostream>
#include <map>
#include <mutex>
#include <thread>

#include <CLI/CLI.hpp>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::app {
namespace {

struct EnrollArguments {
  std::string source;
  std::string report;
  std::string consent_version;
  std::string consent_language = "en";
};

struct PhotoTask {
  domain::PersonId person;
  std::string external_id;
  std::filesystem::path photo;
};

// The verdict on one photo as a line of the report.
struct PhotoLine {
  std::string external_id;
  std::string photo;
  std::string result;  // "enrolled", "already_enrolled" or the reason's word
  std::string message;
};

domain::Person find_or_add(RecognitionSite& site, const PlannedPerson& planned) {
  if (auto known = site.people_store().find_by_external_id(planned.external_id)) return *std::move(known);
  auto added = site.people().add({.display_name = planned.display_name, .external_id = planned.external_id});
  if (!added) throw core::InfraError("cannot add " + planned.external_id + ": " + added.error().message);
  return *std::move(added);
}

// The operator states that the person agreed. That does not overrule a withdrawal, which only the person can
// take back: such a person stays without consent, and the photos are refused.
void attest_consent(RecognitionSite& site, const domain::PersonId& person, const EnrollArguments& arguments) {
  const auto known = site.consents().list(person);
  if (!known || !known->empty()) return;
  const auto given = site.consents().give(person, {.text_version = arguments.consent_version,
                                                   .language = arguments.consent_language,
                                                   .method = domain::ConsentMethod::attested,
                                                   .recorded_by = "command line"});
  if (!given) throw core::InfraError("cannot record a consent: " + given.error().message);
}

PhotoLine enroll_photo(RecognitionSite& site, const PhotoTask& task, std::size_t bytes_max) {
  PhotoLine line{.external_id = task.external_id, .photo = task.photo.string()};
  const auto refuse = [&line](std::string_view word, const std::string& message) {
    line.result = word;
    line.message = message;
    return line;
  };
  const auto bytes = read_file(task.photo, bytes_max);
  if (!bytes) return refuse(bytes.error().reason, bytes.error().message);
  const auto verdict =
      site.enroll_face()(task.person, {.bytes = *bytes, .source_name = task.photo.filename().string()});
  if (!verdict) return refuse(verdict.error().reason, verdict.error().message);
  if (verdict->accepted()) return refuse("enrolled", "");
  const auto& reason = verdict->reasons.front();
  return reason.word == "duplicate_photo" ? refuse("already_enrolled", "")
                                          : refuse(reason.word, reason.message);
}

// Photos are independent, so each core takes the next one. The first broken environment stops all of them.
std::vector<PhotoLine> enroll_all(RecognitionSite& site, const std::vector<PhotoTask>& tasks,
                                  const config::Settings& settings) {
  std::vector<PhotoLine> lines(tasks.size());
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;  // of the progress bar and `broken`
  Progress progress("Enrolling", ProgressUnit::items, tasks.size());
  std::size_t done = 0;
  std::exception_ptr broken;
  const auto work = [&] {
    for (std::size_t i = next++; i < tasks.size(); i = next++) {
      try {
        lines[i] = enroll_photo(site, tasks[i], settings.image_bytes_max);
      } catch (...) {
        const std::lock_guard lock(mutex);
        broken = std::current_exception();
        next = tasks.size();
        return;
      }
      const std::lock_guard lock(mutex);
      progress.advance_to(++done);
    }
  };
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < vision_threads(settings); ++i) threads.emplace_back(work);
  for (auto& thread : threads) thread.join();
  if (broken) std::rethrow_exception(broken);
  return lines;
}

std::string csv_cell(const std::string& text) {
  std::string cell = "\"";
  // A leading apostrophe keeps a spreadsheet from running a file name as a formula.
  if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) cell += '\'';
  for (const char c : text) cell += c == '"' ? "\"\"" : std::string(1, c);
  return cell + "\"";
}

void write_report(const std::string& file, const std::vector<PhotoLine>& lines) {
  std::ofstream out(file);
  out << "external_id,photo,result,message\n";
  for (const auto& line : lines) {
    out << csv_cell(line.external_id) << ',' << csv_cell(line.photo) << ',' << csv_cell(line.result) << ','
        << csv_cell(line.message) << '\n';
  }
  if (!out.flush()) throw core::InfraError("cannot write the report " + file);
}

int enroll(const LoadConfiguration& load, const EnrollArguments& arguments) {
  if (arguments.consent_version.empty()) {
    std::cerr << "enroll: people are enrolled with their consent only. State which text they agreed to:\n"
                 "  rollcall enroll "
              << arguments.source << " --consent-version TEXT   (for example 2026-03)\n";
    return kExitUsage;
  }
  const auto settings = load().settings;
  const auto plan = std::filesystem::is_directory(arguments.source) ? plan_from_folder(arguments.source)
                                                                    : plan_from_csv(arguments.source);
  if (!plan) {
    std::cerr << arguments.source << ": " << plan.error().message << '\n';
    return kExitFailed;
  }
  RecognitionSite site(settings);
  std::vector<PhotoTask> tasks;
  for (const auto& planned : *plan) {
    const auto person = find_or_add(site, planned);
    attest_consent(site, person.id, arguments);
    for (const auto& photo : planned.photos) tasks.push_back({person.id, planned.external_id, photo});
  }
  const auto lines = enroll_all(site, tasks, settings);

  std::map<std::string, int> results;
  for (const auto& line : lines) {
    ++results[line.result];
    if (!line.message.empty()) std::cout << line.photo << ": " << line.result << ": " << line.message << '\n';
  }
  std::cout << plan->size() << " people, " << lines.size() << " photos:";
  for (const auto& [result, count] : results) std::cout << ' ' << count << ' ' << result << ';';
  std::cout << ' ' << site.index().size().people << " people can be recognised.\n";
  if (!arguments.report.empty()) write_report(arguments.report, lines);
  return results["enrolled"] + results["already_enrolled"] > 0 ? kExitOk : kExitFailed;
}

}  // namespace

void add_enroll(CLI::App& app, CommandContext& context) {
  auto* command = app.add_subcommand("enroll", "Enrol people from photos (the server must be stopped)");
  const auto arguments = std::make_shared<EnrollArguments>();
  command
      ->add_option("SOURCE", arguments->source,
                   "a folder with one folder per person, or a CSV file with the columns external_id, "
                   "display_name, photo")
      ->required()
      ->check(CLI::ExistingPath);
  command->add_option(
      "--consent-version", arguments->consent_version,
      "states that everybody in SOURCE agreed to this version of your consent text; required");
  command->add_option("--consent-language", arguments->consent_language, "the language it was in")
      ->capture_default_str();
  command->add_option("--report", arguments->report, "write the verdict on each photo to this CSV file");
  command->callback([&context, arguments] {
    context.run = [&context, arguments] { return enroll(context.load, *arguments); };
  });
}

}  // namespace rollcall::app
