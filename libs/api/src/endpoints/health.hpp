#pragma once

#include <rollcall/http/message.hpp>

#include "../schema/members.hpp"

namespace rollcall::api::endpoints {

struct Health {
  static constexpr std::string_view kSchemaName = "Health";
  std::string status;
};
BOOST_DESCRIBE_STRUCT(Health, (), (status))

http::Response healthy();

}  // namespace rollcall::api::endpoints
