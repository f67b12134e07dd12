// What was acknowledged is there after kill -9, once; SIGTERM loses nothing that is under way.
#include "support/drawn_photo.hpp"
#include "support/http_client.hpp"
#include "support/server_process.hpp"
#include "support/temp_folder.hpp"

#include <csignal>
#include <map>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include <gtest/gtest.h>

namespace rollcall::testing {
namespace {

constexpr int kKiosks = 4;

Environment environment_for(const TempFolder& data) {
  return {{"DATA_DIR", data.path().string()},
          {"MODEL_PACK", "classic"},
          {"LOG_FORMAT", "json"},
          {"LOG_LEVEL", "warning"}};
}

// A photo that the server answers with 201, small enough to be quick.
std::string probe_photo() {
  return drawn_photo(7, 1, 240);
}

// Devices that check in one after another, each under a new id that is kept before it is sent, and sent again
// until it is acknowledged: what a kiosk does.
class Kiosks {
 public:
  explicit Kiosks(std::string photo) : photo_(std::move(photo)) {}

  // Until the server is gone or `check_ins_max` are acknowledged by each kiosk.
  void run(ServerProcess& server, int round, int check_ins_max) {
    const auto token = server.admin_token();
    std::vector<std::thread> threads;
    for (int kiosk = 0; kiosk < kKiosks; ++kiosk) {
      threads.emplace_back([this, kiosk, &server, &token, round, check_ins_max] {
        HttpClient client(server.url(), token);
        const auto device = "kiosk-" + std::to_string(kiosk);
        for (int i = 0; i < check_ins_max; ++i) {
          const auto id = device + "-" + std::to_string(round) + "-" + std::to_string(i);
          if (!check_in(client, device, id)) return;
        }
      });
    }
    for (auto& thread : threads) thread.join();
  }

  // Everything that was tried and not acknowledged, again: must be recorded now, or have been before.
  void retry_unknown(ServerProcess& server) {
    HttpClient client(server.url(), server.admin_token());
    for (const auto& [id, device] : std::map(unknown_)) {
      EXPECT_TRUE(check_in(client, device, id)) << id;
    }
    EXPECT_TRUE(unknown_.empty());
  }

  const std::set<std::string>& acknowledged() const { return acknowledged_; }
  int refused() const { return refused_; }

 private:
  bool check_in(HttpClient& client, const std::string& device, const std::string& id) {
    {
      const std::lock_guard lock(mutex_);
      unknown_[id] = device;
    }
    const auto reply =
        client.post_image("/v1/checkins?device_id=" + device, photo_, {{"Idempotency-Key", id}});
    const std::lock_guard lock(mutex_);
    if (reply.status == 200 || reply.status == 201) {
      acknowledged_.insert(id);
      unknown_.erase(id);
      return true;
    }
    if (reply.status != 0 && reply.status != 503) ++refused_;
    return false;
  }

  const std::string photo_;
  std::mutex mutex_;
  std::set<std::string> acknowledged_;
  std::map<std::string, std::string> unknown_;  // id -> device
  int refused_ = 0;
};

std::vector<std::string> all_event_ids(ServerProcess& server) {
  HttpClient client(server.url(), server.admin_token());
  std::vector<std::string> ids;
  std::string cursor;
  do {
    const auto page = client.get("/v1/events?limit=500" + (cursor.empty() ? "" : "&cursor=" + cursor)).json();
    for (const auto& event : page.at("items")) ids.push_back(event.at("event_id"));
    cursor = page.at("next_cursor").is_null() ? "" : page.at("next_cursor").get<std::string>();
  } while (!cursor.empty());
  return ids;
}

void expect_each_once(ServerProcess& server, const std::set<std::string>& acknowledged) {
  const auto ids = all_event_ids(server);
  const std::set<std::string> distinct(ids.begin(), ids.end());
  EXPECT_EQ(distinct.size(), ids.size()) << "an event is there twice";
  for (const auto& id : acknowledged) EXPECT_TRUE(distinct.contains(id)) << "lost: " << id;
}

TEST(Durability, TwentyKillsLoseNoAcknowledgedCheckinAndDoubleNone) {
  constexpr int kRounds = 20;
  const TempFolder data;
  const unsigned seed = std::random_device{}();
  std::cout << "seed " << seed << '\n';
  std::mt19937 random(seed);
  Kiosks kiosks(probe_photo());
  for (int round = 0; round < kRounds; ++round) {
    ServerProcess server(environment_for(data));
    server.admin_token();  // before the kill
    std::thread killer([&, pause = std::chrono::milliseconds(20 + random() % 400)] {
      std::this_thread::sleep_for(pause);
      server.signal(SIGKILL);
    });
    kiosks.run(server, round, 1'000'000);
    killer.join();
    EXPECT_EQ(server.wait(), 128 + SIGKILL);
  }
  ServerProcess server(environment_for(data));
  expect_each_once(server, kiosks.acknowledged());
  kiosks.retry_unknown(server);
  expect_each_once(server, kiosks.acknowledged());
  const auto ledger = run_rollcall({"ledger", "verify"}, environment_for(data));
  EXPECT_EQ(ledger.exit_code, 0) << ledger.output;
  std::cout << kiosks.acknowledged().size() << " check-ins acknowledged over " << kRounds
            << " kills, 0 lost, 0 doubled\n";
  EXPECT_EQ(kiosks.refused(), 0);
  EXPECT_GT(kiosks.acknowledged().size(), 20U);
}

TEST(Durability, SigtermFinishesWhatIsUnderWay) {
  const TempFolder data;
  Kiosks kiosks(probe_photo());
  {
    ServerProcess server(environment_for(data));
    server.admin_token();
    std::thread load([&] { kiosks.run(server, 0, 1'000'000); });
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    server.signal(SIGTERM);
    load.join();
    EXPECT_EQ(server.wait(), 0) << server.output();
  }
  EXPECT_EQ(kiosks.refused(), 0);
  ServerProcess server(environment_for(data));
  expect_each_once(server, kiosks.acknowledged());
  EXPECT_FALSE(kiosks.acknowledged().empty());
}

}  // namespace
}  // namespace rollcall::testing
