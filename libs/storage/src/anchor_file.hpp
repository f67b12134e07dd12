#pragma once

#include "ledger_keys.hpp"
#include "rollcall/storage/ledger.hpp"

namespace rollcall::storage {

// Fills in the key and the signature.
void sign(LedgerAnchor& anchor, const LedgerKeys& keys);
bool is_signed_with(const LedgerAnchor& anchor, const LedgerKeys& keys);

// On a line of its own, synced. Throws core::InfraError.
void append_to_anchor_file(const std::filesystem::path& file, const LedgerAnchor& anchor);

}  // namespace rollcall::storage
