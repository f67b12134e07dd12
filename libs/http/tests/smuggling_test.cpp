// Requests that two parsers could read differently. Each is answered with 400 and the connection is closed,
// so that what follows is never taken for a request.
#include "raw_client.hpp"
#include "test_server.hpp"

#include <gtest/gtest.h>

namespace rollcall::http {
namespace {

using testing::RawClient;
using testing::TestServer;

struct Case {
  const char* name;
  std::string request;
};

class Smuggling : public ::testing::TestWithParam<Case> {};

TEST_P(Smuggling, IsRefusedAndTheConnectionCloses) {
  TestServer test;
  RawClient client(test.port());
  client.send(GetParam().request);
  client.send("GET /people/smuggled HTTP/1.1\r\nHost: test\r\n\r\n");
  const auto response = client.receive();
  EXPECT_EQ(response.status(), 400) << response.head;
  EXPECT_TRUE(response.says_close());
  EXPECT_TRUE(client.is_closed_without_more());
}

std::string with_fields(std::string_view fields, std::string_view body = "0\r\n\r\n") {
  return std::string("POST /echo HTTP/1.1\r\nHost: test\r\n").append(fields).append("\r\n").append(body);
}

std::string chunked(std::string_view body) {
  return with_fields("Transfer-Encoding: chunked\r\n", body);
}

const auto kNames = [](const auto& test) { return std::string(test.param.name); };

INSTANTIATE_TEST_SUITE_P(
    Framing, Smuggling,
    ::testing::ValuesIn(std::vector<Case>{
        Case{"te_and_cl", with_fields("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n")},
        Case{"cl_and_te", with_fields("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n")},
        Case{"cl_and_te_other_case", with_fields("content-length: 5\r\nTRANSFER-ENCODING: CHUNKED\r\n")},
        Case{"two_cl_different", with_fields("Content-Length: 5\r\nContent-Length: 6\r\n")},
        Case{"two_cl_equal", with_fields("Content-Length: 5\r\nContent-Length: 5\r\n")},
        Case{"cl_list_equal", with_fields("Content-Length: 5, 5\r\n")},
        Case{"cl_list_different", with_fields("Content-Length: 5, 6\r\n")},
        Case{"cl_negative", with_fields("Content-Length: -5\r\n")},
        Case{"cl_plus", with_fields("Content-Length: +5\r\n")},
        Case{"cl_hex", with_fields("Content-Length: 0x5\r\n")},
        Case{"cl_octal_spaces", with_fields("Content-Length: 0 5\r\n")},
        Case{"cl_exponent", with_fields("Content-Length: 5e0\r\n")},
        Case{"cl_fraction", with_fields("Content-Length: 5.0\r\n")},
        Case{"cl_empty", with_fields("Content-Length:\r\n")},
        Case{"cl_overflow", with_fields("Content-Length: 18446744073709551621\r\n")},
        Case{"cl_quoted", with_fields("Content-Length: \"5\"\r\n")},
        Case{"two_te", with_fields("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n")},
        Case{"te_chunked_twice", with_fields("Transfer-Encoding: chunked, chunked\r\n")},
        Case{"te_gzip_chunked", with_fields("Transfer-Encoding: gzip, chunked\r\n")},
        Case{"te_chunked_identity", with_fields("Transfer-Encoding: chunked, identity\r\n")},
        Case{"te_identity", with_fields("Transfer-Encoding: identity\r\n")},
        Case{"te_xchunked", with_fields("Transfer-Encoding: xchunked\r\n")},
        Case{"te_quoted", with_fields("Transfer-Encoding: \"chunked\"\r\n")},
        Case{"te_empty", with_fields("Transfer-Encoding:\r\n")},
        Case{"te_parameter", with_fields("Transfer-Encoding: chunked;q=1\r\n")},
        Case{"te_vertical_tab", with_fields("Transfer-Encoding: \vchunked\r\n")},
        Case{"te_in_http_1_0",
             "POST /echo HTTP/1.0\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"}}),
    kNames);

INSTANTIATE_TEST_SUITE_P(
    Lines, Smuggling,
    ::testing::ValuesIn(std::vector<Case>{
        Case{"bare_lf_everywhere", "POST /echo HTTP/1.1\nHost: test\nContent-Length: 0\n\n"},
        Case{"bare_lf_after_request_line", "GET /hello HTTP/1.1\nHost: test\r\n\r\n"},
        Case{"bare_lf_in_fields", with_fields("X: a\nContent-Length: 5\r\n")},
        Case{"bare_lf_at_end", "GET /hello HTTP/1.1\r\nHost: test\r\n\n"},
        Case{"bare_cr_in_value", with_fields("X: a\rContent-Length: 5\r\n")},
        Case{"bare_cr_at_end", "GET /hello HTTP/1.1\r\nHost: test\r\n\r\r\n\r\n"},
        Case{"double_cr", "GET /hello HTTP/1.1\r\r\nHost: test\r\n\r\n"},
        Case{"obs_fold_space", with_fields("X: a\r\n b\r\n")},
        Case{"obs_fold_tab", with_fields("X: a\r\n\tContent-Length: 5\r\n")},
        Case{"obs_fold_te", with_fields("Transfer-Encoding:\r\n chunked\r\n")},
        Case{"fold_of_first_field", "GET /hello HTTP/1.1\r\n Host: test\r\nHost: test\r\n\r\n"},
        Case{"space_before_colon", with_fields("Content-Length : 5\r\n")},
        Case{"tab_before_colon", with_fields("Transfer-Encoding\t: chunked\r\n")},
        Case{"no_colon", with_fields("Content-Length 5\r\n")},
        Case{"empty_name", with_fields(": 5\r\n")},
        Case{"nul_in_name", with_fields(std::string_view("Content\0-Length: 5\r\n", 20))},
        Case{"nul_in_value", with_fields(std::string_view("X: a\0b\r\n", 8))},
        Case{"control_in_value", with_fields("X: a\x01\r\n")},
        Case{"delete_in_value", with_fields("X: a\x7f\r\n")},
        Case{"unicode_name", with_fields("Content-L\xc3\xa9ngth: 5\r\n")},
        Case{"parenthesis_in_name", with_fields("X(Y): 5\r\n")},
        Case{"leading_empty_line", "\r\nGET /hello HTTP/1.1\r\nHost: test\r\n\r\n"}}),
    kNames);

INSTANTIATE_TEST_SUITE_P(
    RequestLines, Smuggling,
    ::testing::ValuesIn(std::vector<Case>{
        Case{"no_host", "GET /hello HTTP/1.1\r\n\r\n"},
        Case{"two_hosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
        Case{"two_equal_hosts", "GET /hello HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"},
        Case{"host_list", "GET /hello HTTP/1.1\r\nHost: a, b\r\n\r\n"},
        Case{"host_with_path", "GET /hello HTTP/1.1\r\nHost: a/b\r\n\r\n"},
        Case{"host_with_user", "GET /hello HTTP/1.1\r\nHost: a@b\r\n\r\n"},
        Case{"empty_host", "GET /hello HTTP/1.1\r\nHost:\r\n\r\n"},
        Case{"absolute_form", "GET http://other/hello HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"},
        Case{"http_0_9", "GET /hello\r\n\r\n"}, Case{"http_2_preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        Case{"http_1_2", "GET /hello HTTP/1.2\r\nHost: test\r\n\r\n"},
        Case{"lower_case_version", "GET /hello http/1.1\r\nHost: test\r\n\r\n"},
        Case{"two_spaces", "GET  /hello HTTP/1.1\r\nHost: test\r\n\r\n"},
        Case{"two_spaces_before_version", "GET /hello  HTTP/1.1\r\nHost: test\r\n\r\n"},
        Case{"trailing_space", "GET /hello HTTP/1.1 \r\nHost: test\r\n\r\n"},
        Case{"space_in_target", "GET /hel lo HTTP/1.1\r\nHost: test\r\n\r\n"},
        Case{"tab_for_space", "GET\t/hello\tHTTP/1.1\r\nHost: test\r\n\r\n"},
        Case{"leading_space", " GET /hello HTTP/1.1\r\nHost: test\r\n\r\n"}}),
    kNames);

INSTANTIATE_TEST_SUITE_P(Chunks, Smuggling,
                         ::testing::ValuesIn(std::vector<Case>{
                             Case{"no_size", chunked("\r\n\r\n")},                               //
                             Case{"not_hex", chunked("g\r\nx\r\n0\r\n\r\n")},                    //
                             Case{"hex_prefix", chunked("0x1\r\nx\r\n0\r\n\r\n")},               //
                             Case{"negative", chunked("-1\r\nx\r\n0\r\n\r\n")},                  //
                             Case{"plus", chunked("+1\r\nx\r\n0\r\n\r\n")},                      //
                             Case{"space_in_front", chunked(" 1\r\nx\r\n0\r\n\r\n")},            //
                             Case{"bare_lf_after_size", chunked("1\nx\r\n0\r\n\r\n")},           //
                             Case{"bare_cr_after_size", chunked("1\rx\r\n0\r\n\r\n")},           //
                             Case{"content_longer_than_size", chunked("1\r\nxx\r\n0\r\n\r\n")},  //
                             Case{"bare_lf_after_content", chunked("1\r\nx\n0\r\n\r\n")},        //
                             Case{"size_overflow", chunked("10000000000000001\r\nx\r\n0\r\n\r\n")},
                             Case{"bare_lf_in_extension", chunked("1;a\nb\r\nx\r\n0\r\n\r\n")},
                             Case{"bad_trailer", chunked("0\r\nbad trailer\r\n\r\n")}}),
                         kNames);

}  // namespace
}  // namespace rollcall::http
