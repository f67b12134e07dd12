#include "rollcall/core/log.hpp"

#include "rollcall/core/clock.hpp"
#include "rollcall/core/time_format.hpp"

#include <cctype>

#include <nlohmann/json.hpp>
#include <spdlog/logger.h>
#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/sinks/daily_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>

namespace rollcall::core::log {
namespace {

constexpr int kFilesKept = 30;  // one a day

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::debug:
      return spdlog::level::debug;
    case Level::info:
      return spdlog::level::info;
    case Level::warning:
      return spdlog::level::warn;
    case Level::error:
      return spdlog::level::err;
    case Level::critical:
      return spdlog::level::critical;
  }
  return spdlog::level::info;
}

std::string_view name_of(Level level) {
  switch (level) {
    case Level::debug:
      return "DEBUG";
    case Level::info:
      return "INFO";
    case Level::warning:
      return "WARNING";
    case Level::error:
      return "ERROR";
    case Level::critical:
      return "CRITICAL";
  }
  return "INFO";
}

nlohmann::ordered_json to_json(const Value& value) {
  return std::visit([](const auto& held) { return nlohmann::ordered_json(held); }, value.get());
}

std::string dump(const nlohmann::ordered_json& json) {
  // Invalid UTF-8 is replaced: the line stays valid JSON whatever a client sent.
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

struct Sink {
  Format format = Format::text;
  std::shared_ptr<spdlog::logger> logger;
};

Sink make_sink(const Settings& settings) {
  auto console = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
  // The whole line is in the message; only text on a terminal is coloured.
  console->set_pattern(settings.format == Format::text ? "%^%v%$" : "%v");
  std::vector<spdlog::sink_ptr> sinks{console};
  if (settings.directory) {
    auto file = std::make_shared<spdlog::sinks::daily_file_sink_mt>(
        (*settings.directory / "rollcall.log").string(), 0, 0, false, kFilesKept);
    file->set_pattern("%v");
    sinks.push_back(std::move(file));
  }
  auto logger = std::make_shared<spdlog::logger>("rollcall", sinks.begin(), sinks.end());
  logger->set_level(to_spdlog(settings.level));
  logger->flush_on(spdlog::level::debug);
  return {settings.format, std::move(logger)};
}

Sink& sink() {
  static Sink instance = make_sink({});
  return instance;
}

}  // namespace

std::optional<Level> level_from(std::string_view name) {
  std::string lower;
  for (const char c : name) lower += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (lower == "debug") return Level::debug;
  if (lower == "info") return Level::info;
  if (lower == "warning" || lower == "warn") return Level::warning;
  if (lower == "error") return Level::error;
  if (lower == "critical" || lower == "fatal") return Level::critical;
  return std::nullopt;
}

void configure(const Settings& settings) {
  sink() = make_sink(settings);
}

void write(Level level, std::string_view module, std::string_view message, Fields fields) {
  const auto& out = sink();
  if (!out.logger->should_log(to_spdlog(level))) return;
  const auto line = format_line(out.format, level, to_rfc3339(SystemClock{}.now()), module, message, fields);
  out.logger->log(to_spdlog(level), spdlog::string_view_t(line.data(), line.size()));
}

std::string format_line(Format format, Level level, std::string_view time, std::string_view module,
                        std::string_view message, Fields fields) {
  if (format == Format::json) {
    nlohmann::ordered_json line{
        {"ts", time}, {"level", name_of(level)}, {"module", module}, {"msg", message}};
    for (const auto& field : fields) line[std::string(field.key)] = to_json(field.value);
    return dump(line);
  }
  std::string line;
  line.append(time)
      .append(" | ")
      .append(name_of(level))
      .append(" | ")
      .append(module)
      .append(" | ")
      .append(message);
  for (const auto& field : fields)
    line.append(" ").append(field.key).append("=").append(dump(to_json(field.value)));
  return line;
}

}  // namespace rollcall::core::log
