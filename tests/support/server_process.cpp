#include "server_process.hpp"

#include "http_client.hpp"

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rollcall::testing {
namespace {

constexpr std::chrono::seconds kReadyMax{60};

std::filesystem::path new_log() {
  std::string name = (std::filesystem::temp_directory_path() / "rollcall-log-XXXXXX").string();
  ::close(::mkstemp(name.data()));
  return name;
}

std::string read_text(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

pid_t spawn(const std::vector<std::string>& arguments, const Environment& environment,
            const std::filesystem::path& log) {
  std::vector<std::string> variables{std::string("PATH=") + std::getenv("PATH")};
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  std::vector<std::string> words{ROLLCALL_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const auto pointers = [](std::vector<std::string>& texts) {
    std::vector<char*> list;
    for (auto& text : texts) list.push_back(text.data());
    list.push_back(nullptr);
    return list;
  };
  auto argv = pointers(words);
  auto envp = pointers(variables);
  const pid_t pid = ::fork();
  if (pid != 0) return pid;
  const int out = ::open(log.c_str(), O_WRONLY | O_APPEND);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  // A folder without .env or rollcall.toml.
  if (::chdir("/") != 0) ::_exit(126);
  ::execve(argv[0], argv.data(), envp.data());
  ::_exit(127);
}

int exit_code_of(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// The address in the log line of the event "ready".
std::string url_in(const std::string& output) {
  const auto ready = output.find("is ready: ");
  if (ready == std::string::npos) return "";
  const auto begin = ready + 10;
  const auto end = output.find('\n', begin);
  return end == std::string::npos ? "" : output.substr(begin, end - begin);
}

}  // namespace

Finished run_rollcall(const std::vector<std::string>& arguments, const Environment& environment) {
  const auto log = new_log();
  int status = 0;
  ::waitpid(spawn(arguments, environment, log), &status, 0);
  Finished finished{exit_code_of(status), read_text(log)};
  std::filesystem::remove(log);
  return finished;
}

ServerProcess::ServerProcess(Environment environment) : log_(new_log()) {
  environment.try_emplace("HTTP_PORT", "0");
  environment.try_emplace("RATE_LIMIT_PER_MIN", "1000000");
  environment.try_emplace("ACCESS_TTL", "24h");
  pid_ = spawn({"serve"}, environment, log_);
  const auto give_up = std::chrono::steady_clock::now() + kReadyMax;
  while (url_.empty()) {
    url_ = url_in(output());
    int status = 0;
    if (::waitpid(pid_, &status, WNOHANG) == pid_) {
      pid_ = -1;
      throw std::runtime_error("rollcall serve ended with " + std::to_string(exit_code_of(status)) + ":\n" +
                               output());
    }
    if (std::chrono::steady_clock::now() > give_up)
      throw std::runtime_error("not ready in time:\n" + output());
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
}

ServerProcess::~ServerProcess() {
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  std::error_code ignored;
  std::filesystem::remove(log_, ignored);
}

const std::string& ServerProcess::admin_token() {
  if (!admin_token_.empty()) return admin_token_;
  HttpClient client(url_);
  nlohmann::json fields{{"username", "admin"}, {"password", "correct horse battery"}};
  constexpr std::string_view kBefore = "with this token:\n\n      ";
  const auto text = output();
  if (const auto found = text.find(kBefore); found != std::string::npos) {
    const auto begin = found + kBefore.size();
    auto setup = fields;
    setup["setup_token"] = text.substr(begin, text.find('\n', begin) - begin);
    client.post_json("/v1/auth/setup", setup);
  }
  const auto reply = client.post_json("/v1/auth/login", fields);
  if (reply.status != 200) throw std::runtime_error("no administrator could log in: " + reply.body);
  admin_token_ = reply.json().value("access_token", "");
  return admin_token_;
}

void ServerProcess::signal(int number) const {
  ::kill(pid_, number);
}

int ServerProcess::wait() {
  int status = 0;
  ::waitpid(pid_, &status, 0);
  pid_ = -1;
  return exit_code_of(status);
}

std::string ServerProcess::output() const {
  return read_text(log_);
}

long ServerProcess::peak_memory_kib() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) return std::stol(line.substr(6));
  }
  return 0;
}

}  // namespace rollcall::testing
