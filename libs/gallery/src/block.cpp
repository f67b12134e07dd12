#include "block.hpp"

#include "dot_rows.hpp"

#include <rollcall/core/assert.hpp>

namespace rollcall::gallery {

AlignedFloats::AlignedFloats(std::size_t count)
    : data_(static_cast<float*>(::operator new[](count * sizeof(float), std::align_val_t{64}))) {
  std::fill_n(data_.get(), count, 0.0F);
}

std::size_t stride_for(std::size_t dimension) {
  return (dimension + kRowAlignment - 1) / kRowAlignment * kRowAlignment;
}

Block::Block(std::size_t dimension) : stride(stride_for(dimension)), embeddings(kBlockRows * stride) {}

Block::Block(const Block& other, PersonSlot without) : stride(other.stride), embeddings(kBlockRows * stride) {
  for (std::size_t row = 0; row < other.rows(); ++row) {
    if (other.slots[row] == without) continue;
    std::copy_n(other.embeddings.data() + row * stride, stride, embeddings.data() + rows() * stride);
    slots.push_back(other.slots[row]);
    templates.push_back(other.templates[row]);
    people.push_back(other.people[row]);
  }
}

void Block::push_back(PersonSlot slot, const domain::Template& item) {
  ROLLCALL_ASSERT(!full() && item.embedding.size() <= stride);
  std::copy(item.embedding.begin(), item.embedding.end(), embeddings.data() + rows() * stride);
  slots.push_back(slot);
  templates.push_back(item.id);
  people.push_back(item.person);
}

void Block::define_scope(const domain::ScopeId& scope, const std::set<PersonSlot>& members) {
  std::vector<RowNumber> picked;
  for (std::size_t row = 0; row < rows(); ++row) {
    if (members.contains(slots[row])) picked.push_back(static_cast<RowNumber>(row));
  }
  if (picked.empty()) {
    scopes.erase(scope);
  } else {
    scopes[scope] = std::move(picked);
  }
}

}  // namespace rollcall::gallery
