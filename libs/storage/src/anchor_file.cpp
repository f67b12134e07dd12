#include "anchor_file.hpp"

#include "canonical_row.hpp"
#include "statement.hpp"

#include <cerrno>
#include <fstream>
#include <system_error>

#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include <rollcall/core/base64.hpp>
#include <rollcall/core/infra_error.hpp>
#include <rollcall/core/time_format.hpp>

namespace rollcall::storage {
namespace {

using nlohmann::json;

constexpr auto kAnchorForm = "rollcall ledger anchor 1";

std::string signed_bytes(const LedgerAnchor& anchor) {
  return CanonicalRow(kAnchorForm)
      .add_number(anchor.sequence)
      .add_text(anchor.chain)
      .add_number(to_column(anchor.at))
      .bytes();
}

std::string line_of(const LedgerAnchor& anchor) {
  const nlohmann::ordered_json line{{"sequence", anchor.sequence},
                                    {"chain", anchor.chain},
                                    {"at", core::to_rfc3339(anchor.at)},
                                    {"public_key", anchor.public_key},
                                    {"signature", anchor.signature}};
  return line.dump() + "\n";
}

std::optional<LedgerAnchor> anchor_from(const std::string& line) {
  const auto object = json::parse(line, nullptr, false);
  if (!object.is_object()) return std::nullopt;
  const auto text = [&](const char* name) {
    const auto member = object.find(name);
    return member != object.end() && member->is_string() ? member->get<std::string>() : "";
  };
  const auto sequence = object.find("sequence");
  const auto at = core::parse_rfc3339(text("at"));
  if (sequence == object.end() || !sequence->is_number_integer() || !at) return std::nullopt;
  return LedgerAnchor{sequence->get<std::int64_t>(), text("chain"), *at, text("public_key"),
                      text("signature")};
}

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw core::InfraError("ledger anchors " + file.string() + ": " + std::generic_category().message(errno));
}

class Descriptor {
 public:
  Descriptor(const std::filesystem::path& file, int flags) : value_(::open(file.c_str(), flags, 0600)) {
    if (value_ < 0) fail(file);
  }
  ~Descriptor() { ::close(value_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int operator*() const { return value_; }

 private:
  int value_;
};

// What a crash left of the last line stays there, and ours starts a new one.
bool ends_within_a_line(int descriptor) {
  const auto size = ::lseek(descriptor, 0, SEEK_END);
  char last = '\n';
  return size > 0 && ::pread(descriptor, &last, 1, size - 1) == 1 && last != '\n';
}

}  // namespace

void sign(LedgerAnchor& anchor, const LedgerKeys& keys) {
  anchor.public_key = core::base64_encode(keys.anchor.public_key());
  anchor.signature = core::base64_encode(keys.anchor.sign(signed_bytes(anchor)));
}

bool is_signed_with(const LedgerAnchor& anchor, const LedgerKeys& keys) {
  const auto signature = core::base64_decode(anchor.signature);
  return anchor.public_key == core::base64_encode(keys.anchor.public_key()) && signature &&
         crypto::is_signed_by(keys.anchor.public_key(), signed_bytes(anchor), *signature);
}

void append_to_anchor_file(const std::filesystem::path& file, const LedgerAnchor& anchor) {
  const bool is_new = !std::filesystem::exists(file);
  {
    const Descriptor out(file, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC);
    const auto line = (ends_within_a_line(*out) ? "\n" : "") + line_of(anchor);
    const auto written = ::write(*out, line.data(), line.size());
    if (written >= 0 && static_cast<std::size_t>(written) < line.size()) errno = ENOSPC;
    if (written != std::ssize(line) || ::fsync(*out) != 0) fail(file);
  }
  if (!is_new) return;
  const Descriptor folder(std::filesystem::absolute(file).parent_path(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (::fsync(*folder) != 0) fail(file);
}

core::Result<AnchorFile> read_anchor_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    return core::Error{core::Errc::not_found, "anchors_unreadable", "The file of anchors cannot be read."};
  }
  AnchorFile read;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty()) continue;
    if (auto anchor = anchor_from(line)) {
      read.anchors.push_back(*std::move(anchor));
    } else if (line.starts_with('{') && !line.ends_with('}')) {
      ++read.torn_lines;
    } else {
      return core::Error{core::Errc::invalid_input, "anchors_malformed",
                         "Line " + std::to_string(number) + " of the file of anchors is no anchor."};
    }
  }
  return read;
}

}  // namespace rollcall::storage
