// Users, for administrators.
#include "views.hpp"

namespace rollcall::api::endpoints {
namespace {

struct NewUserBody {
  static constexpr std::string_view kSchemaName = "NewUser";
  Text<1, 64> username;
  Text<1, 256> password;
  std::optional<Text<1, 32>> role;
  std::optional<Text<1, 64>> person_id;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "role") return "admin, manager, operator, employee (if absent) or auditor.";
    if (member == "person_id") return "Whose data are the user's own.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(NewUserBody, (), (username, password, role, person_id))

struct UserChangesBody {
  static constexpr std::string_view kSchemaName = "UserChanges";
  std::optional<Text<1, 32>> role;
  std::optional<accounts::UserStatus> status;
  std::optional<bool> is_active;
  std::optional<Text<0, 64>> person_id;
  std::optional<Text<1, 256>> password;
  static constexpr std::string_view about(std::string_view member) {
    if (member == "is_active") return "The same as status, as other systems say it.";
    if (member == "person_id") return "Empty text removes it.";
    return "";
  }
};
BOOST_DESCRIBE_STRUCT(UserChangesBody, (), (role, status, is_active, person_id, password))

struct UserList {
  static constexpr std::string_view kSchemaName = "UserList";
  std::vector<UserView> items;
};
BOOST_DESCRIBE_STRUCT(UserList, (), (items))

http::Response list(Services& services, const http::Request&) {
  UserList view;
  for (const auto& user : services.accounts.users.store().list()) view.items.push_back(view_of(user));
  return http::json_response(200, encode(view));
}

http::Response create(Services& services, const http::Request& request) {
  const auto body = read_body<NewUserBody>(request);
  if (!body) return body.error().response;
  const auto role = user_role_from(body->role ? body->role->value : "employee");
  if (!role) return unknown_role();
  accounts::NewUser user{
      .username = body->username.value, .password = body->password.value, .role = *role, .person = {}};
  if (body->person_id) {
    const auto person = services.people.resolve(body->person_id->value);
    if (!person) return http::problem(person.error());
    user.person = person->id;
  }
  const auto made = services.accounts.users.add(user);
  if (!made) return account_problem(made.error());
  return http::json_response(201, encode(view_of(*made)));
}

http::Response change(Services& services, const http::Request& request) {
  const auto body = read_body<UserChangesBody>(request);
  if (!body) return body.error().response;
  accounts::UserChanges changes{.status = body->status};
  if (body->is_active) {
    changes.status = *body->is_active ? accounts::UserStatus::active : accounts::UserStatus::disabled;
  }
  if (body->role) {
    changes.role = user_role_from(body->role->value);
    if (!changes.role) return unknown_role();
  }
  if (body->person_id) {
    changes.person.emplace();
    if (!body->person_id->value.empty()) {
      const auto person = services.people.resolve(body->person_id->value);
      if (!person) return http::problem(person.error());
      changes.person->emplace(person->id);
    }
  }
  if (body->password) changes.password = body->password->value;
  const auto changed = services.accounts.users.change({path_id(request)}, changes);
  if (!changed) return account_problem(changed.error());
  return http::json_response(200, encode(view_of(*changed)));
}

Endpoint create_at(const std::string& pattern, const std::string& operation_id) {
  return {.method = http::Method::post,
          .pattern = pattern,
          .handler = &create,
          .body_size = BodySize::json,
          .operation_id = operation_id,
          .tag = "accounts",
          .summary = "Add a user",
          .request = {json_content<NewUserBody>()},
          .answers = {{201, "The user.", {json_content<UserView>()}}},
          .problems = {401, 403, 404, 409, 429},
          .permission = "createUser"};
}

Endpoint change_at(const std::string& pattern, const std::string& operation_id) {
  return {.method = http::Method::patch,
          .pattern = pattern,
          .handler = &change,
          .body_size = BodySize::json,
          .operation_id = operation_id,
          .tag = "accounts",
          .summary = "Change a user",
          .description =
              "Absent members stay as they are. A new role, status or password ends the user's sessions.",
          .request = {json_content<UserChangesBody>()},
          .answers = {{200, "The user after the change.", {json_content<UserView>()}}},
          .problems = {401, 403, 404, 409, 429},
          .permission = "changeUser"};
}

}  // namespace

Endpoint list_users() {
  return {.pattern = "/v1/users",
          .handler = &list,
          .operation_id = "listUsers",
          .tag = "accounts",
          .summary = "Users by name",
          .answers = {{200, "All of them.", {json_content<UserList>()}}},
          .problems = {401, 403}};
}

Endpoint create_user() {
  return create_at("/v1/users", "createUser");
}
Endpoint change_user() {
  return change_at("/v1/users/{id}", "changeUser");
}

// Under the names of the source systems.
Endpoint create_user_bare() {
  return create_at("/auth/users/", "createUserBare");
}
Endpoint change_user_status_bare() {
  return change_at("/auth/users/{id}/status", "changeUserStatusBare");
}

}  // namespace rollcall::api::endpoints
