// What belongs to whom, for callers who reach only what is their own.
#pragma once

#include "endpoint.hpp"

namespace rollcall::api {

// {id} is the caller's own person.
std::optional<http::Response> refuse_foreign_person(Services& services, const Caller& caller,
                                                    const http::Request& request);
// {id} is an event of the caller's own person, or of the device that asks.
std::optional<http::Response> refuse_foreign_event(Services& services, const Caller& caller,
                                                   const http::Request& request);

http::Response event_not_found();

}  // namespace rollcall::api
