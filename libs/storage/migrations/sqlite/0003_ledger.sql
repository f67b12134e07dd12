-- The tamper-evident ledger: every event and every audit entry has one row here, chained to the row before and
-- sealed with a key that is not in the database. See docs/decisions/0006-ledger.md.

CREATE TABLE audit (
  sequence       INTEGER NOT NULL PRIMARY KEY,  -- from 1, without gaps
  at             BIGINT  NOT NULL,
  actor          TEXT    NOT NULL,
  action         TEXT    NOT NULL,
  target         TEXT    NOT NULL,
  request_id     TEXT    NOT NULL,
  client_address TEXT    NOT NULL
);
CREATE INDEX audit_by_actor ON audit (actor, sequence);
CREATE INDEX audit_by_action ON audit (action, sequence);
CREATE INDEX audit_by_target ON audit (target, sequence);

CREATE TABLE ledger (
  sequence    INTEGER NOT NULL PRIMARY KEY,  -- from 1, without gaps, by the order of commits
  kind        TEXT    NOT NULL CHECK (kind IN ('event', 'audit')),
  subject     TEXT    NOT NULL,  -- the event's id, the audit entry's sequence
  recorded_at BIGINT  NOT NULL,
  digest      TEXT    NOT NULL,  -- of the subject's whole row
  chain       TEXT    NOT NULL,  -- of this row and the chain before
  mac         TEXT    NOT NULL   -- of the chain
);

CREATE TABLE ledger_anchors (
  sequence   INTEGER NOT NULL PRIMARY KEY,  -- of the ledger
  chain      TEXT    NOT NULL,
  at         BIGINT  NOT NULL,
  public_key TEXT    NOT NULL,  -- base64, Ed25519
  signature  TEXT    NOT NULL   -- base64
);

CREATE TRIGGER audit_refuse_update BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_refuse_delete BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER ledger_refuse_update BEFORE UPDATE ON ledger
BEGIN
  SELECT RAISE(ABORT, 'ledger is append-only');
END;
CREATE TRIGGER ledger_refuse_delete BEFORE DELETE ON ledger
BEGIN
  SELECT RAISE(ABORT, 'ledger is append-only');
END;
CREATE TRIGGER ledger_anchors_refuse_update BEFORE UPDATE ON ledger_anchors
BEGIN
  SELECT RAISE(ABORT, 'ledger_anchors is append-only');
END;
CREATE TRIGGER ledger_anchors_refuse_delete BEFORE DELETE ON ledger_anchors
BEGIN
  SELECT RAISE(ABORT, 'ledger_anchors is append-only');
END;
