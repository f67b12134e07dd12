// Rows of templates, a thousand at a time: the unit that a change copies.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <new>
#include <set>
#include <vector>

#include <rollcall/domain/face.hpp>

namespace rollcall::gallery {

// Small enough to copy on every change (2 MiB at 512 dimensions), large enough that a search does not notice.
inline constexpr std::size_t kBlockRows = 1024;

// A person's number within one gallery; never used again for another person.
using PersonSlot = std::uint32_t;
using RowNumber = unsigned short;

// Zeroed floats, aligned to a cache line.
class AlignedFloats {
 public:
  explicit AlignedFloats(std::size_t count);
  float* data() { return data_.get(); }
  const float* data() const { return data_.get(); }

 private:
  struct Free {
    void operator()(float* floats) const { ::operator delete[](floats, std::align_val_t{64}); }
  };
  std::unique_ptr<float[], Free> data_;
};

// The floats of a row that holds `dimension` numbers, padded with zeros.
std::size_t stride_for(std::size_t dimension);

// Immutable once it is in a snapshot.
struct Block {
  explicit Block(std::size_t dimension);
  // A copy that leaves out one person's rows; a slot that is not there copies everything.
  Block(const Block& other, PersonSlot without);

  std::size_t rows() const { return people.size(); }
  bool full() const { return rows() == kBlockRows; }
  void push_back(PersonSlot slot, const domain::Template& item);
  // Lists the rows whose person is a member; an empty list is not kept.
  void define_scope(const domain::ScopeId& scope, const std::set<PersonSlot>& members);

  std::size_t stride;
  AlignedFloats embeddings;  // kBlockRows x stride
  std::vector<PersonSlot> slots;
  std::vector<domain::PersonId> people;
  std::vector<domain::TemplateId> templates;
  std::map<domain::ScopeId, std::vector<RowNumber>> scopes;
};

}  // namespace rollcall::gallery
