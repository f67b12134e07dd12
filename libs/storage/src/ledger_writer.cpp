#include "ledger_writer.hpp"

#include "statement.hpp"

#include <rollcall/crypto/mac.hpp>

namespace rollcall::storage {

std::string seal_of(const std::string& chain, const LedgerKeys& keys) {
  return crypto::to_hex(crypto::hmac_sha256(keys.seal, chain));
}

// The one writer's transaction keeps others from appending between this read and the commit.
LedgerWriter::LedgerWriter(soci::session& sql, const LedgerKeys& keys) : keys_(keys), insert_(sql) {
  {
    soci::statement last(sql);
    last.exchange(soci::into(sequence_));
    last.exchange(soci::into(chain_));
    open(last, "SELECT sequence, chain FROM ledger ORDER BY sequence DESC LIMIT 1");
    last.fetch();
  }
  insert_.exchange(soci::use(sequence_, "sequence"));
  insert_.exchange(soci::use(kind_, "kind"));
  insert_.exchange(soci::use(subject_, "subject"));
  insert_.exchange(soci::use(recorded_at_, "recorded_at"));
  insert_.exchange(soci::use(digest_, "digest"));
  insert_.exchange(soci::use(chain_, "chain"));
  insert_.exchange(soci::use(mac_, "mac"));
  insert_.alloc();
  insert_.prepare(
      "INSERT INTO ledger (sequence, kind, subject, recorded_at, digest, chain, mac) VALUES (:sequence, "
      ":kind, "
      ":subject, :recorded_at, :digest, :chain, :mac)");
  insert_.define_and_bind();
}

void LedgerWriter::append(const std::string& kind, const std::string& subject, core::TimePoint recorded_at,
                          const std::string& digest) {
  ++sequence_;
  kind_ = kind;
  subject_ = subject;
  recorded_at_ = to_column(recorded_at);
  digest_ = digest;
  chain_ = CanonicalRow(kLedgerForm)
               .add_text(chain_)
               .add_number(sequence_)
               .add_text(kind_)
               .add_text(subject_)
               .add_number(recorded_at_)
               .add_text(digest_)
               .digest();
  mac_ = seal_of(chain_, keys_);
  insert_.execute(true);
}

}  // namespace rollcall::storage
