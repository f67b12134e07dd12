#include "case_folding.hpp"
#include "connections.hpp"
#include "gallery_version.hpp"
#include "json_columns.hpp"
#include "person_keys.hpp"
#include "rollcall/storage/stores.hpp"
#include "sealed_vector.hpp"
#include "statement.hpp"
#include "template_loader.hpp"

#include <rollcall/core/assert.hpp>

namespace rollcall::storage {
namespace {

using core::Errc;
using core::Error;
using core::Result;
using domain::Face;
using domain::FaceId;
using domain::FaceStatus;
using domain::ModelId;
using domain::PersonId;
using domain::Template;

constexpr auto kSelectFaces =
    "SELECT f.id, f.person_id, f.status, f.source_name, f.photo_sha256, f.quality, f.model, f.created_at, "
    "f.consent_id, (SELECT COUNT(*) FROM templates t WHERE t.face_id = f.id) FROM faces f ";
constexpr auto kInsertFace =
    "INSERT INTO faces (id, person_id, consent_id, status, source_name, photo_sha256, quality, model, "
    "created_at) VALUES (:id, :person_id, :consent_id, :status, :source_name, :photo_sha256, :quality, "
    ":model, "
    ":created_at) "
    "ON CONFLICT (person_id, photo_sha256) DO NOTHING";
constexpr auto kInsertTemplate =
    "INSERT INTO templates (id, face_id, model, sealed) VALUES (:id, :face_id, :model, :sealed)";
constexpr auto kSelectActiveOfPerson =
    "SELECT t.id, t.face_id, t.sealed FROM templates t JOIN faces f ON f.id = t.face_id "
    "JOIN people p ON p.id = f.person_id "
    "WHERE t.model = :model AND f.status = 'active' AND p.status = 'active' AND f.person_id = :person_id";
constexpr auto kSelectValidConsent =
    "SELECT id FROM consents WHERE id = :id AND person_id = :person_id AND withdrawn_at IS NULL";

std::string to_column(FaceStatus status) {
  return status == FaceStatus::active ? "active" : "archived";
}

struct FaceRow {
  std::string id;
  std::string person_id;
  std::string status;
  std::string source_name;
  std::string photo_sha256;
  std::string quality;
  std::string model;
  long long created_at = 0;
  std::string consent_id;
  int template_count = 0;

  void receive_from(soci::statement& statement) {
    statement.exchange(soci::into(id));
    statement.exchange(soci::into(person_id));
    statement.exchange(soci::into(status));
    statement.exchange(soci::into(source_name));
    statement.exchange(soci::into(photo_sha256));
    statement.exchange(soci::into(quality));
    statement.exchange(soci::into(model));
    statement.exchange(soci::into(created_at));
    statement.exchange(soci::into(consent_id));
    statement.exchange(soci::into(template_count));
  }

  Face face() const {
    Face face;
    face.id.value = id;
    face.person.value = person_id;
    face.status = status == "active" ? FaceStatus::active : FaceStatus::archived;
    face.source_name = source_name;
    face.photo_sha256 = photo_sha256;
    face.quality = quality_from_column(quality);
    face.model.value = model;
    face.template_count = template_count;
    face.consent.value = consent_id;
    face.created_at = time_from_column(created_at);
    return face;
  }
};

Error consent_missing() {
  return {Errc::conflict, "consent_missing",
          "There is no valid consent of this person: record the consent first, then enrol."};
}

void insert_templates(soci::session& sql, const std::vector<Template>& templates, const crypto::Key& key) {
  std::string id;
  std::string face_id;
  std::string model;
  std::string sealed;
  soci::statement insert =
      (sql.prepare << kInsertTemplate, soci::use(id, "id"), soci::use(face_id, "face_id"),
       soci::use(model, "model"), soci::use(sealed, "sealed"));
  for (const auto& entry : templates) {
    id = entry.id.value;
    face_id = entry.face.value;
    model = entry.model.value;
    sealed = seal_vector(entry.embedding, key, template_context(entry.person, entry.id, entry.model));
    insert.execute(true);
  }
}

class SqlFaceStore final : public attendance::FaceStore {
 public:
  SqlFaceStore(Database& database, const MasterKeys& masters)
      : database_(database.connections()), masters_(masters) {}

  Result<void> add(const Face& face, const std::vector<Template>& templates) override {
    for (const auto& entry : templates) ROLLCALL_ASSERT(entry.face == face.id && entry.person == face.person);
    if (!is_storable(face.source_name)) return text_not_storable();
    const auto status = to_column(face.status);
    const auto quality = storage::to_column(face.quality);
    const auto created_at = storage::to_column(face.created_at);
    return database_.write([&](soci::session& sql) -> Result<void> {
      std::string person;
      sql << "SELECT id FROM people WHERE id = :id", soci::use(face.person.value, "id"), soci::into(person);
      if (!sql.got_data()) return Error{Errc::not_found, "person_not_found", "There is no such person."};
      std::string consent;
      sql << kSelectValidConsent, soci::use(face.consent.value, "id"),
          soci::use(face.person.value, "person_id"), soci::into(consent);
      if (!sql.got_data()) return consent_missing();
      soci::statement insert(sql);
      insert.exchange(soci::use(face.id.value, "id"));
      insert.exchange(soci::use(face.person.value, "person_id"));
      insert.exchange(soci::use(face.consent.value, "consent_id"));
      insert.exchange(soci::use(status, "status"));
      insert.exchange(soci::use(face.source_name, "source_name"));
      insert.exchange(soci::use(face.photo_sha256, "photo_sha256"));
      insert.exchange(soci::use(quality, "quality"));
      insert.exchange(soci::use(face.model.value, "model"));
      insert.exchange(soci::use(created_at, "created_at"));
      if (change(insert, kInsertFace).rows == 0) {
        return Error{Errc::conflict, "duplicate_photo", "This photo is already enrolled for this person."};
      }
      insert_templates(sql, templates, require_person_key(sql, masters_, face.person, face.created_at));
      advance_gallery_version(sql);
      return {};
    });
  }

  std::vector<Face> list(const PersonId& person) override {
    return select_faces("WHERE f.person_id = :key ORDER BY f.created_at, f.id", person.value);
  }

  std::optional<Face> find(const FaceId& id) override {
    auto faces = select_faces("WHERE f.id = :key", id.value);
    if (faces.empty()) return std::nullopt;
    return std::move(faces.front());
  }

  int set_status(const PersonId& person, FaceStatus status) override {
    const auto word = to_column(status);
    return database_.write([&](soci::session& sql) {
      soci::statement update(sql);
      update.exchange(soci::use(word, "status"));
      update.exchange(soci::use(person.value, "person_id"));
      return change_and_advance(
          sql, update,
          "UPDATE faces SET status = :status WHERE person_id = :person_id AND status <> :status");
    });
  }

  bool erase(const FaceId& id) override {
    return erase_where("DELETE FROM faces WHERE id = :key", id.value) > 0;
  }

  int erase_all(const PersonId& person) override {
    return erase_where("DELETE FROM faces WHERE person_id = :key", person.value);
  }

  void visit_active(const ModelId& model, const std::function<void(Template&&)>& visit) override {
    database_.read([&](soci::session& sql) { load_active_templates(sql, masters_, model, visit); });
  }

  std::vector<Template> active_templates(const PersonId& person, const ModelId& model) override {
    return database_.read([&](soci::session& sql) {
      std::vector<Template> templates;
      const auto key = find_person_key(sql, masters_, person);
      if (!key) return templates;
      Template entry{.id = {}, .face = {}, .person = person, .model = model, .embedding = {}};
      std::string sealed;
      soci::statement select = (sql.prepare << kSelectActiveOfPerson, soci::use(model.value, "model"),
                                soci::use(person.value, "person_id"), soci::into(entry.id.value),
                                soci::into(entry.face.value), soci::into(sealed));
      select.execute();
      while (select.fetch()) {
        entry.embedding = open_vector(sealed, *key, template_context(person, entry.id, model));
        templates.push_back(entry);
      }
      return templates;
    });
  }

  std::uint64_t gallery_version() override {
    return database_.read([](soci::session& sql) {
      long long version = 0;
      sql << "SELECT version FROM gallery_state WHERE id = 1", soci::into(version);
      return static_cast<std::uint64_t>(version);
    });
  }

 private:
  static int change_and_advance(soci::session& sql, soci::statement& statement, const std::string& text) {
    const auto changed = static_cast<int>(change(statement, text).rows);
    if (changed > 0) advance_gallery_version(sql);
    return changed;
  }

  int erase_where(const std::string& text, const std::string& key) {
    return database_.write([&](soci::session& sql) {
      soci::statement erasure(sql);
      erasure.exchange(soci::use(key, "key"));
      return change_and_advance(sql, erasure, text);
    });
  }

  std::vector<Face> select_faces(const std::string& condition, const std::string& key) {
    return database_.read([&](soci::session& sql) {
      soci::statement select(sql);
      FaceRow row;
      row.receive_from(select);
      select.exchange(soci::use(key, "key"));
      open(select, kSelectFaces + condition);
      std::vector<Face> faces;
      while (select.fetch()) faces.push_back(row.face());
      return faces;
    });
  }

  Database::Connections& database_;
  const MasterKeys& masters_;
};

}  // namespace

std::unique_ptr<attendance::FaceStore> make_face_store(Database& database, const MasterKeys& masters) {
  return std::make_unique<SqlFaceStore>(database, masters);
}

}  // namespace rollcall::storage
