// The real program as a child process.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace rollcall::testing {

using Environment = std::map<std::string, std::string>;

struct Finished {
  int exit_code = -1;  // 128 + signal when it was killed
  std::string output;  // standard output and error
};

// Runs `rollcall ARGUMENTS` to its end, with nothing but `environment` and PATH.
Finished run_rollcall(const std::vector<std::string>& arguments, const Environment& environment);

// A running `rollcall serve` on a free port of loopback.
class ServerProcess {
 public:
  // Waits until it is ready; fails the test (throws) with its output when it ends before, or after a minute.
  explicit ServerProcess(Environment environment);
  // Kills it if it still runs.
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  const std::string& url() const { return url_; }
  // Of an administrator, whom the first call makes where there is none.
  const std::string& admin_token();
  pid_t pid() const { return pid_; }
  void signal(int number) const;
  // The exit code, as in Finished.
  int wait();
  std::string output() const;
  // Peak resident memory so far.
  long peak_memory_kib() const;

 private:
  pid_t pid_ = -1;
  std::string url_;
  std::string admin_token_;
  std::filesystem::path log_;
};

}  // namespace rollcall::testing
