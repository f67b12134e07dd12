#include "endpoint.hpp"
#include "endpoints/list.hpp"

namespace rollcall::api {

const std::vector<Endpoint>& all_endpoints() {
  using namespace endpoints;
  static const std::vector<Endpoint> all{
      check_in(),         list_events(),
      get_event(),        explain_event(),
      recognize(),        create_person(),
      list_people(),      get_person(),
      change_person(),    erase_person(),
      enroll_faces(),     list_faces(),
      erase_face(),       erase_all_faces(),
      archive_faces(),    restore_faces(),
      give_consent(),     list_consents(),
      withdraw_consent(), export_person(),
      get_status(),       health(),
      health_v1(),        ready(),
      metrics(),          root(),
  };
  return all;
}

}  // namespace rollcall::api
