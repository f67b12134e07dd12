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

}  // namespace rollcall::api::endpoints
