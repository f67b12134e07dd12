#include "rollcall/api/metrics.hpp"

#include <mutex>
#include <vector>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

namespace rollcall::api {
namespace {

// OpenTelemetry's boundaries for HTTP durations, in seconds.
const prometheus::Histogram::BucketBoundaries kSeconds{.005, .01, .025, .05, .075, .1,  .25,
                                                       .5,   .75, 1,    2.5, 5,    7.5, 10};

}  // namespace

struct Metrics::Families {
  struct ReadGauge {
    prometheus::Gauge& gauge;
    std::function<double()> read;
  };

  prometheus::Registry registry;
  prometheus::Family<prometheus::Histogram>& requests =
      prometheus::BuildHistogram()
          .Name("rollcall_http_request_duration_seconds")
          .Help("Time from the first byte of a request to the last byte of its answer.")
          .Register(registry);
  prometheus::Family<prometheus::Histogram>& stages = prometheus::BuildHistogram()
                                                          .Name("rollcall_face_stage_seconds")
                                                          .Help("Time of one stage of the face pipeline.")
                                                          .Register(registry);
  prometheus::Family<prometheus::Counter>& checkins = prometheus::BuildCounter()
                                                          .Name("rollcall_checkins_total")
                                                          .Help("Check-ins by verdict or reason of refusal.")
                                                          .Register(registry);
  std::mutex gauges_mutex;
  std::vector<ReadGauge> gauges;
};

Metrics::Metrics() : families_(std::make_unique<Families>()) {}
Metrics::~Metrics() = default;

void Metrics::finished(const http::RequestSummary& summary) {
  const std::string route = summary.route_pattern.empty() ? "none" : std::string(summary.route_pattern);
  families_->requests
      .Add({{"route", route},
            {"method", std::string(summary.method)},
            {"status", std::to_string(summary.status)}},
           kSeconds)
      .Observe(summary.seconds);
}

void Metrics::stage_took(std::string_view stage, std::chrono::duration<double> time) {
  families_->stages.Add({{"stage", std::string(stage)}}, kSeconds).Observe(time.count());
}

void Metrics::checkin(std::string_view result) {
  families_->checkins.Add({{"result", std::string(result)}}).Increment();
}

void Metrics::add_gauge(const std::string& name, const std::string& help, std::function<double()> read) {
  auto& gauge = prometheus::BuildGauge().Name(name).Help(help).Register(families_->registry).Add({});
  const std::lock_guard lock(families_->gauges_mutex);
  families_->gauges.push_back({gauge, std::move(read)});
}

void Metrics::set_build_info(const std::string& version, const std::string& model) {
  prometheus::BuildGauge()
      .Name("rollcall_build_info")
      .Help("Always 1; the labels say what runs.")
      .Register(families_->registry)
      .Add({{"version", version}, {"model", model}})
      .Set(1);
}

std::string Metrics::text() const {
  {
    const std::lock_guard lock(families_->gauges_mutex);
    for (auto& entry : families_->gauges) entry.gauge.Set(entry.read());
  }
  return prometheus::TextSerializer().Serialize(families_->registry.Collect());
}

}  // namespace rollcall::api
