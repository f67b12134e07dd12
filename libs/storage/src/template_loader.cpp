#include "template_loader.hpp"

#include "sealed_vector.hpp"
#include "statement.hpp"

#include <algorithm>
#include <deque>
#include <future>
#include <thread>
#include <unordered_map>
#include <utility>

#include <rollcall/core/infra_error.hpp>

namespace rollcall::storage {
namespace {

using domain::ModelId;
using domain::PersonId;
using domain::Template;

// Rows opened by one task.
constexpr std::size_t kBatch = 1024;

// Without a join, which would look up two rows for each template: faces are few beside templates.
constexpr auto kSelectActiveFaces =
    "SELECT f.id, f.person_id FROM faces f JOIN people p ON p.id = f.person_id "
    "WHERE f.status = 'active' AND p.status = 'active'";
constexpr auto kSelectKeys = "SELECT person_id, wrapped, master_key_id FROM person_keys";
constexpr auto kSelectTemplates = "SELECT id, face_id, sealed FROM templates WHERE model = :model";

struct KeyedPerson {
  PersonId id;
  WrappedKey wrapped;
  std::optional<crypto::Key> key;  // opened once, however many templates there are
};

struct SealedRow {
  std::string id;
  std::string face_id;
  std::string sealed;
  const KeyedPerson* person = nullptr;
};

std::size_t opener_count() {
  return std::max(1U, std::thread::hardware_concurrency());
}

// Calls work(first, last) for as many ranges as there are cores, at the same time.
template <class Work>
void for_each_range(std::size_t size, Work work) {
  const auto step = size / opener_count() + 1;
  std::vector<std::future<void>> ranges;
  for (std::size_t first = 0; first < size; first += step) {
    ranges.push_back(std::async(std::launch::async, work, first, std::min(first + step, size)));
  }
  for (auto& range : ranges) range.get();
}

std::vector<KeyedPerson> load_people(soci::session& sql, const MasterKeys& masters) {
  std::vector<KeyedPerson> people;
  KeyedPerson row;
  soci::statement select = (sql.prepare << kSelectKeys, soci::into(row.id.value),
                            soci::into(row.wrapped.sealed), soci::into(row.wrapped.master_key_id));
  select.execute();
  while (select.fetch()) people.push_back(row);
  for_each_range(people.size(), [&](std::size_t first, std::size_t last) {
    for (auto i = first; i < last; ++i) people[i].key = masters.unwrap(people[i].wrapped, people[i].id);
  });
  return people;
}

// To whom each active face belongs.
using PersonOfFace = std::unordered_map<std::string, const KeyedPerson*>;

PersonOfFace load_faces(soci::session& sql, const std::vector<KeyedPerson>& people) {
  std::unordered_map<std::string_view, const KeyedPerson*> by_id;
  by_id.reserve(people.size());
  for (const auto& person : people) by_id.emplace(person.id.value, &person);
  PersonOfFace faces;
  faces.reserve(people.size());
  std::string id;
  std::string person_id;
  soci::statement select = (sql.prepare << kSelectActiveFaces, soci::into(id), soci::into(person_id));
  select.execute();
  while (select.fetch()) {
    const auto found = by_id.find(person_id);
    faces.emplace(id, found == by_id.end() ? nullptr : found->second);
  }
  return faces;
}

std::vector<Template> open_rows(const std::vector<SealedRow>& rows, const ModelId& model) {
  std::vector<Template> templates;
  templates.reserve(rows.size());
  for (const auto& row : rows) {
    // An inactive person's key is not missed: its faces are not in the list.
    if (row.person == nullptr) throw core::InfraError("database: face " + row.face_id + " has no key");
    const auto& person = *row.person;
    auto embedding = open_vector(row.sealed, *person.key, template_context(person.id, {row.id}, model));
    templates.push_back({{row.id}, {row.face_id}, person.id, model, std::move(embedding)});
  }
  return templates;
}

}  // namespace

void load_active_templates(soci::session& sql, const MasterKeys& masters, const ModelId& model,
                           const std::function<void(Template&&)>& visit) {
  const auto people = load_people(sql, masters);
  const auto faces = load_faces(sql, people);

  // Batches that are being opened, in order; as many as there are cores, so that memory stays small. Their
  // destructors wait.
  std::deque<std::future<std::vector<Template>>> opening;
  const auto visit_first = [&] {
    auto templates = opening.front().get();
    opening.pop_front();
    for (auto& entry : templates) visit(std::move(entry));
  };
  const auto start_opening = [&](std::vector<SealedRow>&& rows) {
    if (opening.size() > opener_count()) visit_first();
    opening.push_back(
        std::async(std::launch::async, [rows = std::move(rows), &model] { return open_rows(rows, model); }));
  };

  SealedRow row;
  std::vector<SealedRow> batch;
  soci::statement select = (sql.prepare << kSelectTemplates, soci::use(model.value, "model"),
                            soci::into(row.id), soci::into(row.face_id), soci::into(row.sealed));
  select.execute();
  while (select.fetch()) {
    const auto face = faces.find(row.face_id);
    if (face == faces.end()) continue;
    row.person = face->second;
    batch.push_back(std::exchange(row, {}));
    if (batch.size() == kBatch) start_opening(std::exchange(batch, {}));
  }
  start_opening(std::move(batch));
  while (!opening.empty()) visit_first();
}

}  // namespace rollcall::storage
