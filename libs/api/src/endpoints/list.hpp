// Every endpoint, by the file that holds it.
#pragma once

#include "../endpoint.hpp"

namespace rollcall::api::endpoints {

Endpoint create_person();
Endpoint get_person();
Endpoint list_people();
Endpoint change_person();
Endpoint erase_person();

Endpoint enroll_faces();
Endpoint list_faces();
Endpoint erase_face();
Endpoint erase_all_faces();
Endpoint archive_faces();
Endpoint restore_faces();

Endpoint give_consent();
Endpoint list_consents();
Endpoint withdraw_consent();
Endpoint export_person();

Endpoint recognize();
Endpoint check_in();
Endpoint list_events();
Endpoint get_event();
Endpoint explain_event();

Endpoint get_status();
Endpoint health();
Endpoint health_v1();
Endpoint ready();
Endpoint metrics();
Endpoint root();

Endpoint get_set_up();
Endpoint set_up();
Endpoint log_in();
Endpoint log_in_bare();
Endpoint log_in_oauth2();
Endpoint refresh_login();
Endpoint log_out();
Endpoint get_me();
Endpoint check_login();
Endpoint check_admin();
Endpoint change_password();
Endpoint offer_totp();
Endpoint confirm_totp();
Endpoint remove_totp();

Endpoint list_users();
Endpoint create_user();
Endpoint create_user_bare();
Endpoint change_user();
Endpoint change_user_status_bare();
Endpoint list_api_keys();
Endpoint create_api_key();
Endpoint rotate_api_key();
Endpoint revoke_api_key();
Endpoint list_audit();

Endpoint register_device();
Endpoint poll_device();
Endpoint heartbeat();
Endpoint create_device_code();
Endpoint list_device_requests();
Endpoint decide_device_request();
Endpoint list_devices();
Endpoint rename_device();
Endpoint revoke_device();
Endpoint forget_device();

}  // namespace rollcall::api::endpoints
