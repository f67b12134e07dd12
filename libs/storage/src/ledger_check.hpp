#pragma once

#include "ledger_keys.hpp"
#include "rollcall/storage/ledger.hpp"

#include <soci/soci.h>

namespace rollcall::storage {

// verify_ledger() over the transaction that is open.
LedgerReport check_ledger(soci::session& sql, const LedgerKeys& keys, std::vector<LedgerAnchor> copies,
                          const LedgerProgress& progress);

}  // namespace rollcall::storage
