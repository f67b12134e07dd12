-- People, their faces and templates, and the ledger of sightings.
-- Times are microseconds since 1970 in UTC. Ids are text. A released migration is never edited.

CREATE TABLE people (
  id                 TEXT   NOT NULL PRIMARY KEY,
  display_name       TEXT   NOT NULL,
  external_id        TEXT   UNIQUE,
  status             TEXT   NOT NULL CHECK (status IN ('active', 'archived')),
  created_at         BIGINT NOT NULL,
  updated_at         BIGINT NOT NULL,
  name_folded        TEXT   NOT NULL,  -- for order and search; written by the program
  external_id_folded TEXT   NOT NULL   -- for search; empty where there is no external id
);
CREATE INDEX people_by_name ON people (name_folded, id);

CREATE TABLE faces (
  id           TEXT   NOT NULL PRIMARY KEY,
  person_id    TEXT   NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  status       TEXT   NOT NULL CHECK (status IN ('active', 'archived')),
  source_name  TEXT   NOT NULL,
  photo_sha256 TEXT   NOT NULL,
  quality      TEXT   NOT NULL,  -- JSON
  model        TEXT   NOT NULL,
  created_at   BIGINT NOT NULL,
  UNIQUE (person_id, photo_sha256)
);

CREATE TABLE templates (
  id      TEXT NOT NULL PRIMARY KEY,
  face_id TEXT NOT NULL REFERENCES faces (id) ON DELETE CASCADE,
  model   TEXT NOT NULL,
  vector  TEXT NOT NULL  -- base64 of little-endian float32
);
CREATE INDEX templates_by_face ON templates (face_id);

-- One row; grows with every change of what can be recognised.
CREATE TABLE gallery_state (
  id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  version BIGINT  NOT NULL
);
INSERT INTO gallery_state (id, version) VALUES (1, 0);

-- person_id has no foreign key: a sighting outlives the person's record, under an id that leads to no name.
CREATE TABLE events (
  sequence        INTEGER NOT NULL PRIMARY KEY,  -- the row id: one writer, no deletion, so it grows by commit order
  id              TEXT    NOT NULL UNIQUE,
  device_id       TEXT    NOT NULL,
  device_event_id TEXT    NOT NULL,
  request_sha256  TEXT    NOT NULL,
  method          TEXT    NOT NULL,
  verdict         TEXT    NOT NULL,
  reason          TEXT    NOT NULL,
  person_id       TEXT,
  captured_at     BIGINT  NOT NULL,
  received_at     BIGINT  NOT NULL,
  evidence        TEXT    NOT NULL,  -- versioned JSON
  UNIQUE (device_id, device_event_id)
);
CREATE INDEX events_by_person ON events (person_id, sequence);
CREATE INDEX events_by_device ON events (device_id, sequence);
CREATE INDEX events_by_verdict ON events (verdict, sequence);
CREATE INDEX events_by_capture ON events (captured_at);

CREATE TRIGGER events_refuse_update BEFORE UPDATE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER events_refuse_delete BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are append-only');
END;
