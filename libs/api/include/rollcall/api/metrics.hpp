// Prometheus metrics of the whole server.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include <rollcall/http/server.hpp>

namespace rollcall::api {

// Thread safe.
class Metrics final : public http::RequestObserver {
 public:
  Metrics();
  ~Metrics() override;

  void finished(const http::RequestSummary& summary) override;
  void stage_took(std::string_view stage, std::chrono::duration<double> time);
  // `result` is a verdict, or the reason of a refusal.
  void checkin(std::string_view result);
  // Asked at each scrape.
  void add_gauge(const std::string& name, const std::string& help, std::function<double()> read);
  void set_build_info(const std::string& version, const std::string& model);

  // The text exposition format 0.0.4.
  std::string text() const;

 private:
  struct Families;
  std::unique_ptr<Families> families_;
};

}  // namespace rollcall::api
