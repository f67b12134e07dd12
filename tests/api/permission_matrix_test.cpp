// Every route for every kind of caller, against the table that the server itself obeys.
#include "api_server.hpp"

namespace rollcall::testing {
namespace {

using accounts::Anyone;
using accounts::Reach;
using accounts::Role;

// What stands for {id} and {face_id} in a path.
struct Ids {
  std::string person;
  std::string event;
};

std::string path_for(const std::string& pattern, const Ids& ids) {
  std::string path = pattern;
  const auto put = [&](const std::string& name, const std::string& value) {
    for (auto at = path.find(name); at != std::string::npos; at = path.find(name))
      path.replace(at, name.size(), value);
  };
  put("{id}", pattern.starts_with("/v1/events/") ? ids.event : ids.person);
  while (path.find('{') != std::string::npos) {
    const auto open = path.find('{');
    path.replace(open, path.find('}') - open + 1, "none");
  }
  return path;
}

class PermissionMatrix : public ::testing::Test {
 protected:
  // Changes nothing: without a body, and with ids that lead nowhere where something would be deleted.
  Reply ask(const ApiServer::RouteFacts& route, const Ids& ids, const std::string& token) {
    HttpClient client(server.url, token);
    return client.send(std::string(http::to_text(route.method)), path_for(route.pattern, ids));
  }

  static bool is_let_in(const Reply& reply) {
    return reply.status != 0 && reply.reason() != "login_required" && reply.reason() != "not_permitted";
  }

  ApiServer server{{.development = false}};
  const Ids nowhere{"0199aaaa-0000-7000-8000-000000000000", "0199aaaa-0000-7000-8000-000000000001"};
};

TEST_F(PermissionMatrix, EveryRouteHasARowAndEveryRowARoute) {
  std::set<std::string> used{"staticFile"};  // served beside the API
  for (const auto& route : server.routes) {
    EXPECT_NE(api::permissions().find(route.operation), nullptr) << route.pattern;
    used.insert(route.operation);
  }
  for (const auto& row : api::permissions().rows())
    EXPECT_TRUE(used.contains(row.operation)) << row.operation;
}

TEST_F(PermissionMatrix, EveryRouteForEveryRole) {
  int checked = 0;
  int denied = 0;
  for (const auto& route : server.routes) {
    const auto& row = *api::permissions().find(route.operation);
    for (const auto role : accounts::kRoles) {
      if (role == Role::worker) continue;  // no way to log in as one yet
      const auto reply = ask(route, nowhere, server.token_of(role));
      const bool expected = row.anyone == Anyone::yes || row.of(role) != Reach::none;
      EXPECT_EQ(is_let_in(reply), expected)
          << route.pattern << " for " << accounts::name_of(role) << ": " << reply.status << " " << reply.body;
      if (!expected) {
        EXPECT_EQ(reply.status, 403);
        ++denied;
      }
      ++checked;
    }
  }
  EXPECT_GT(checked, 7 * 55);
  EXPECT_GT(denied, 100);
  std::cout << checked << " combinations of route and role, " << denied << " of them denied\n";
}

TEST_F(PermissionMatrix, EveryRouteWithoutALogin) {
  const auto expired = server.token_of(Role::admin);
  server.clock.advance(std::chrono::hours(1));
  for (const auto& route : server.routes) {
    const auto& row = *api::permissions().find(route.operation);
    const auto reply = ask(route, nowhere, "");
    EXPECT_EQ(is_let_in(reply), row.anyone == Anyone::yes) << route.pattern << ": " << reply.body;
    if (row.anyone == Anyone::yes) continue;
    EXPECT_EQ(reply.status, 401);
    EXPECT_TRUE(reply.headers.contains("www-authenticate"));
    // A token that has expired is worth no more.
    EXPECT_EQ(ask(route, nowhere, expired).status, 401) << route.pattern;
  }
}

TEST_F(PermissionMatrix, EveryRouteThatSaysOwn) {
  const auto own_person = server.enrolled("Ada", "ada");
  const auto other_person = server.enrolled("Bob", "bob");
  const auto checked_in = [&](const std::string& photo) {
    const auto reply = server.client->post_image("/v1/checkins?device_id=door", photo);
    return reply.json()["event"].value("id", "");
  };
  const Ids own{own_person, checked_in("ada")};
  const Ids other{other_person, checked_in("bob")};
  int checked = 0;
  for (const auto& route : server.routes) {
    const auto& row = *api::permissions().find(route.operation);
    if (row.of(Role::employee) != Reach::own || route.pattern.find('{') == std::string::npos) continue;
    if (route.operation == "withdrawConsent") continue;  // below: it would end what the others need
    const domain::PersonId person{own_person};
    const auto mine = ask(route, own, server.token_of(Role::employee, person));
    EXPECT_TRUE(is_let_in(mine) && mine.status != 404) << route.pattern << ": " << mine.body;
    const auto theirs = ask(route, other, server.token_of(Role::employee, person));
    EXPECT_EQ(theirs.status, 404) << route.pattern << ": " << theirs.body;
    const auto unknown = ask(route, nowhere, server.token_of(Role::employee, person));
    EXPECT_EQ(theirs.reason(), unknown.reason()) << route.pattern;  // tells nothing about what exists
    const auto nobody = ask(route, own, server.token_of(Role::employee));
    EXPECT_EQ(nobody.status, 404) << route.pattern << ": a user who is nobody's person";
    ++checked;
  }
  EXPECT_GE(checked, 5);
}

TEST_F(PermissionMatrix, EmployeeListsTheirOwnEventsOnly) {
  const auto ada = server.enrolled("Ada", "ada");
  server.enrolled("Bob", "bob");
  server.client->post_image("/v1/checkins?device_id=door", "ada");
  server.client->post_image("/v1/checkins?device_id=door", "bob");
  HttpClient employee(server.url, server.token_of(Role::employee, domain::PersonId{ada}));
  const auto own = employee.get("/v1/events").json()["items"];
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0]["person"]["id"], ada);
  EXPECT_TRUE(employee.get("/v1/events?person_id=somebody-else").json()["items"].empty());
  HttpClient nobody(server.url, server.token_of(Role::employee));
  EXPECT_TRUE(nobody.get("/v1/events").json()["items"].empty());
}

}  // namespace
}  // namespace rollcall::testing
