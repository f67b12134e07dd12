#pragma once

#include "../schema/members.hpp"

#include <rollcall/http/message.hpp>

namespace rollcall::api::endpoints {

struct Health {
  static constexpr std::string_view kSchemaName = "Health";
  std::string status;
};
BOOST_DESCRIBE_STRUCT(Health, (), (status))

http::Response healthy();

}  // namespace rollcall::api::endpoints
