#include "connections.hpp"
#include "person_keys.hpp"
#include "rollcall/storage/stores.hpp"

#include <rollcall/core/infra_error.hpp>
#include <rollcall/crypto/seal.hpp>

namespace rollcall::storage {
namespace {

using domain::Face;
using domain::FaceId;
using domain::PersonId;

std::string prefix_of(const PersonId& person) {
  return "sealed-crops/" + person.value + "/";
}

// Whole, so that it is no prefix of another face's.
std::string key_of(const PersonId& person, const FaceId& face) {
  return prefix_of(person) + face.value + ".sealed";
}

std::string context_of(const Face& face) {
  return "crop:" + face.person.value + ":" + face.id.value;
}

class SealedCropStore final : public attendance::CropStore {
 public:
  SealedCropStore(Database& database, const MasterKeys& masters, attendance::BlobStore& blobs)
      : database_(database.connections()), masters_(masters), blobs_(blobs) {}

  bool put(const Face& face, std::string_view png) override {
    const auto key = database_.write([&](soci::session& sql) -> std::optional<crypto::Key> {
      std::string person;
      sql << "SELECT id FROM people WHERE id = :id", soci::use(face.person.value, "id"), soci::into(person);
      if (!sql.got_data()) return std::nullopt;
      return require_person_key(sql, masters_, face.person, face.created_at);
    });
    if (!key) return false;
    blobs_.put(key_of(face.person, face.id), crypto::seal(*key, png, context_of(face)));
    return true;
  }

  std::optional<std::string> get(const Face& face) override {
    const auto sealed = blobs_.get(key_of(face.person, face.id));
    const auto key =
        database_.read([&](soci::session& sql) { return find_person_key(sql, masters_, face.person); });
    if (!sealed || !key) return std::nullopt;
    auto png = crypto::open(*key, *sealed, context_of(face));
    if (!png) throw core::InfraError("blob store: the crop of face " + face.id.value + " does not open");
    return png;
  }

  int erase(const PersonId& person, const FaceId& face) override {
    return blobs_.erase_prefix(key_of(person, face));
  }
  int erase_all(const PersonId& person) override { return blobs_.erase_prefix(prefix_of(person)); }

 private:
  Database::Connections& database_;
  const MasterKeys& masters_;
  attendance::BlobStore& blobs_;
};

}  // namespace

std::unique_ptr<attendance::CropStore> make_crop_store(Database& database, const MasterKeys& masters,
                                                       attendance::BlobStore& blobs) {
  return std::make_unique<SealedCropStore>(database, masters, blobs);
}

}  // namespace rollcall::storage
