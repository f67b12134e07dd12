#include "endpoint.hpp"
#include "endpoints/list.hpp"

namespace rollcall::api {

const std::vector<Endpoint>& all_endpoints() {
  using namespace endpoints;
  static const std::vector<Endpoint> all{
      check_in(),
      list_events(),
      get_event(),
      explain_event(),
      recognize(),
      create_person(),
      list_people(),
      get_person(),
      change_person(),
      erase_person(),
      enroll_faces(),
      list_faces(),
      erase_face(),
      erase_all_faces(),
      archive_faces(),
      restore_faces(),
      get_status(),
      health(),
      get_set_up(),
      set_up(),
      log_in(),
      log_in_bare(),
      log_in_oauth2(),
      refresh_login(),
      log_out(),
      get_me(),
      check_login(),
      check_admin(),
      change_password(),
      offer_totp(),
      confirm_totp(),
      remove_totp(),
      list_users(),
      create_user(),
      create_user_bare(),
      change_user(),
      change_user_status_bare(),
      list_api_keys(),
      create_api_key(),
      rotate_api_key(),
      revoke_api_key(),
      list_audit(),
      register_device(),
      poll_device(),
      heartbeat(),
      create_device_code(),
      list_device_requests(),
      decide_device_request(),
      list_devices(),
      rename_device(),
      revoke_device(),
      forget_device(),
      health_v1(),
      ready(),
      metrics(),
      root(),
  };
  return all;
}

}  // namespace rollcall::api
