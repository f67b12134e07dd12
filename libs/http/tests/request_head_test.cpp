#include "request_head.hpp"

#include <random>

#include <gtest/gtest.h>

namespace rollcall::http {
namespace {

TEST(ScanHead, FindsTheEnd) {
  EXPECT_EQ(scan_head("GET / HTTP/1.1\r\nA: b\r\n\r\nbody\n").size, 24U);
  EXPECT_EQ(scan_head("GET / HTTP/1.1\r\nA: b\r\n\r").size, 0U);
  EXPECT_FALSE(scan_head("GET / HTTP/1.1\r\nA: b\r").bad_line_end);
  EXPECT_EQ(scan_head("").size, 0U);
}

TEST(ScanHead, ReportsWrongLineEndsAtOnce) {
  EXPECT_TRUE(scan_head("GET / HTTP/1.1\n").bad_line_end);
  EXPECT_TRUE(scan_head("GET / HTTP/1.1\rX").bad_line_end);
  EXPECT_TRUE(scan_head("GET / HTTP/1.1\r\r\n").bad_line_end);
}

TEST(FindFault, HasNothingAgainstOrdinaryHeads) {
  for (const auto* const head :
       {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / HTTP/1.1\r\nHost: [::1]:80\r\nX:\r\n\r\n",
        "GET / HTTP/1.0\r\n\r\n", "POST / HTTP/1.1\r\nhost:a.b-c\r\ncontent-length: 0 \r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n"}) {
    EXPECT_FALSE(find_fault(head)) << head;
  }
}

// Whatever the bytes are, the scan stays inside them and its head is one that find_fault() can read.
TEST(ScanHead, SurvivesMutation) {
  constexpr unsigned kSeed = 20261121;
  std::mt19937 random(kSeed);
  const std::string good = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nX: y\r\n\r\nhello";
  int complete = 0;
  for (int round = 0; round < 20'000; ++round) {
    auto text = good;
    for (int edit = 0; edit < 3; ++edit) text[random() % text.size()] = "\r\n: \t\0aA5"[random() % 9];
    const auto scan = scan_head(text);
    ASSERT_LE(scan.size, text.size());
    if (scan.size == 0) continue;
    ++complete;
    find_fault(std::string_view(text).substr(0, scan.size));
  }
  EXPECT_GT(complete, 100);
}

}  // namespace
}  // namespace rollcall::http
