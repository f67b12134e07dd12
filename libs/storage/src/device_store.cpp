#include "connections.hpp"
#include "rollcall/storage/account_stores.hpp"
#include "row.hpp"

namespace rollcall::storage {
namespace {

using accounts::Device;
using accounts::DeviceRequest;
using accounts::DeviceStatus;
using accounts::EnrollmentCode;
using accounts::RequestStatus;
using core::Errc;
using core::Error;
using core::Result;
using soci::use;

const char* name_of(DeviceStatus status) {
  return status == DeviceStatus::active ? "active" : "revoked";
}

const char* name_of(RequestStatus status) {
  switch (status) {
    case RequestStatus::pending:
      return "pending";
    case RequestStatus::approved:
      return "approved";
    case RequestStatus::denied:
      break;
  }
  return "denied";
}

RequestStatus request_status_from(const std::string& name) {
  if (name == "pending") return RequestStatus::pending;
  return name == "approved" ? RequestStatus::approved : RequestStatus::denied;
}

Device device_of(const soci::row& row) {
  return {.id = {row.get<std::string>("id")},
          .name = row.get<std::string>("name"),
          .status = row.get<std::string>("status") == "active" ? DeviceStatus::active : DeviceStatus::revoked,
          .registered_at = time_of(row, "registered_at"),
          .registered_by = row.get<std::string>("registered_by"),
          .last_seen_at = optional_time(row, "last_seen_at")};
}

DeviceRequest request_of(const soci::row& row) {
  return {.id = row.get<std::string>("id"),
          .device_code_mac = row.get<std::string>("device_code_mac"),
          .user_code = row.get<std::string>("user_code"),
          .device = {row.get<std::string>("device_id")},
          .name = row.get<std::string>("name"),
          .status = request_status_from(row.get<std::string>("status")),
          .decided_by = row.get<std::string>("decided_by"),
          .made_at = time_of(row, "made_at"),
          .expires_at = time_of(row, "expires_at")};
}

Error device_exists() {
  return {Errc::conflict, "device_exists", "A device with this id is registered already."};
}

class SqlDeviceStore final : public accounts::DeviceStore {
 public:
  explicit SqlDeviceStore(Database& database) : database_(database.connections()) {}

  Result<void> add(const Device& device) override {
    return database_.write([&](soci::session& sql) -> Result<void> {
      if (!insert(sql, device)) return device_exists();
      return {};
    });
  }

  Result<void> add_with_code(const Device& device, const std::string& code_mac) override {
    const auto now = to_column(device.registered_at);
    return database_.write([&](soci::session& sql) -> Result<void> {
      std::string made_by;
      sql << "SELECT made_by FROM enrollment_codes WHERE mac = :mac AND expires_at > :now",
          use(code_mac, "mac"), use(now, "now"), soci::into(made_by);
      if (!sql.got_data()) return Error{Errc::unauthenticated, "code_refused", "This code is not good."};
      auto registered = device;
      registered.registered_by = made_by;
      if (!insert(sql, registered)) return device_exists();
      sql << "DELETE FROM enrollment_codes WHERE mac = :mac", use(code_mac, "mac");
      return {};
    });
  }

  Result<void> update(const Device& device) override {
    const std::string status = name_of(device.status);
    auto seen = nullable(device.last_seen_at);
    return database_.write([&](soci::session& sql) -> Result<void> {
      soci::statement change =
          (sql.prepare
               << "UPDATE devices SET name = :name, status = :status, last_seen_at = :seen WHERE id = :id",
           use(device.name, "name"), use(status, "status"), use(seen.value, seen.state, "seen"),
           use(device.id.value, "id"));
      if (rows_of(change) == 0)
        return Error{Errc::not_found, "device_not_found", "There is no device with this id."};
      return {};
    });
  }

  bool erase(const domain::DeviceId& id) override {
    return database_.write([&](soci::session& sql) {
      soci::statement change = (sql.prepare << "DELETE FROM devices WHERE id = :id", use(id.value, "id"));
      return rows_of(change) > 0;
    });
  }

  std::optional<Device> find(const domain::DeviceId& id) override {
    return database_.read([&](soci::session& sql) {
      std::optional<Device> found;
      const soci::rowset<soci::row> rows =
          (sql.prepare << "SELECT * FROM devices WHERE id = :id", use(id.value, "id"));
      for (const auto& row : rows) found = device_of(row);
      return found;
    });
  }

  std::vector<Device> list() override {
    return database_.read([&](soci::session& sql) {
      std::vector<Device> devices;
      const soci::rowset<soci::row> rows = (sql.prepare << "SELECT * FROM devices ORDER BY id");
      for (const auto& row : rows) devices.push_back(device_of(row));
      return devices;
    });
  }

  void add_code(const EnrollmentCode& code) override {
    const auto made_at = to_column(code.made_at);
    const auto expires_at = to_column(code.expires_at);
    database_.write([&](soci::session& sql) {
      sql << "INSERT INTO enrollment_codes (mac, made_by, made_at, expires_at) VALUES (:mac, :by, :at, :end)",
          use(code.mac, "mac"), use(code.made_by, "by"), use(made_at, "at"), use(expires_at, "end");
    });
  }

  Result<void> add_request(const DeviceRequest& request, std::int64_t pending_max) override {
    const auto made_at = to_column(request.made_at);
    const auto expires_at = to_column(request.expires_at);
    return database_.write([&](soci::session& sql) -> Result<void> {
      long long pending = 0;
      sql << "SELECT COUNT(*) FROM device_requests WHERE status = 'pending' AND expires_at > :now",
          use(made_at, "now"), soci::into(pending);
      if (pending >= pending_max) {
        return Error{Errc::overloaded, "too_many_requests",
                     "Too many devices wait for an approval; try again later."};
      }
      sql << "INSERT INTO device_requests (id, device_code_mac, user_code, device_id, name, status, "
             "decided_by, made_at, "
             "expires_at) VALUES (:id, :mac, :user_code, :device, :name, 'pending', '', :at, :end)",
          use(request.id, "id"), use(request.device_code_mac, "mac"), use(request.user_code, "user_code"),
          use(request.device.value, "device"), use(request.name, "name"), use(made_at, "at"),
          use(expires_at, "end");
      return {};
    });
  }

  std::optional<DeviceRequest> find_request(const std::string& id) override {
    return find_request_where("WHERE id = :key", id);
  }
  std::optional<DeviceRequest> find_request_by_code(const std::string& device_code_mac) override {
    return find_request_where("WHERE device_code_mac = :key", device_code_mac);
  }

  std::vector<DeviceRequest> list_requests(core::TimePoint now) override {
    const auto time = to_column(now);
    return database_.read([&](soci::session& sql) {
      std::vector<DeviceRequest> requests;
      const soci::rowset<soci::row> rows =
          (sql.prepare
               << "SELECT * FROM device_requests WHERE status = 'pending' AND expires_at > :now ORDER BY id",
           use(time, "now"));
      for (const auto& row : rows) requests.push_back(request_of(row));
      return requests;
    });
  }

  bool decide_request(const std::string& id, RequestStatus status, const std::string& decided_by) override {
    const std::string name = name_of(status);
    return database_.write([&](soci::session& sql) {
      soci::statement change = (sql.prepare << "UPDATE device_requests SET status = :status, decided_by = "
                                               ":by WHERE id = :id AND status = 'pending'",
                                use(name, "status"), use(decided_by, "by"), use(id, "id"));
      return rows_of(change) > 0;
    });
  }

  Result<void> add_approved(const Device& device, const std::string& request_id) override {
    return database_.write([&](soci::session& sql) -> Result<void> {
      std::string status;
      sql << "SELECT status FROM device_requests WHERE id = :id", use(request_id, "id"), soci::into(status);
      if (!sql.got_data() || status != "approved") {
        return Error{Errc::not_found, "request_not_found", "This device was not approved."};
      }
      if (!insert(sql, device)) return device_exists();
      sql << "DELETE FROM device_requests WHERE id = :id", use(request_id, "id");
      return {};
    });
  }

  void erase_expired(core::TimePoint before) override {
    const auto time = to_column(before);
    database_.write([&](soci::session& sql) {
      sql << "DELETE FROM enrollment_codes WHERE expires_at <= :time", use(time, "time");
      sql << "DELETE FROM device_requests WHERE expires_at <= :time", use(time, "time");
    });
  }

 private:
  static bool insert(soci::session& sql, const Device& device) {
    const std::string status = name_of(device.status);
    const auto registered_at = to_column(device.registered_at);
    soci::statement change = (sql.prepare << "INSERT INTO devices (id, name, status, registered_at, "
                                             "registered_by) VALUES (:id, :name, :status, "
                                             ":at, :by) ON CONFLICT (id) DO NOTHING",
                              use(device.id.value, "id"), use(device.name, "name"), use(status, "status"),
                              use(registered_at, "at"), use(device.registered_by, "by"));
    return rows_of(change) > 0;
  }

  std::optional<DeviceRequest> find_request_where(const std::string& condition, const std::string& key) {
    return database_.read([&](soci::session& sql) {
      std::optional<DeviceRequest> found;
      const soci::rowset<soci::row> rows =
          (sql.prepare << "SELECT * FROM device_requests " << condition, use(key, "key"));
      for (const auto& row : rows) found = request_of(row);
      return found;
    });
  }

  Database::Connections& database_;
};

}  // namespace

std::unique_ptr<accounts::DeviceStore> make_device_store(Database& database) {
  return std::make_unique<SqlDeviceStore>(database);
}

}  // namespace rollcall::storage
