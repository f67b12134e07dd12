-- Keys of people, their consents, and what was erased.

-- A random key for each person, under which templates and crops of that person are sealed. It is kept sealed
-- itself, with a master key that is not in the database. Deleting the row destroys everything it sealed.
CREATE TABLE person_keys (
  person_id     TEXT   NOT NULL PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
  wrapped       TEXT   NOT NULL,  -- base64
  master_key_id TEXT   NOT NULL,
  created_at    BIGINT NOT NULL
);
CREATE INDEX person_keys_by_master ON person_keys (master_key_id);

CREATE TABLE consents (
  id           TEXT   NOT NULL PRIMARY KEY,
  person_id    TEXT   NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  text_version TEXT   NOT NULL,
  language     TEXT   NOT NULL,
  method       TEXT   NOT NULL CHECK (method IN ('written', 'electronic', 'verbal', 'attested')),
  recorded_by  TEXT   NOT NULL,
  given_at     BIGINT NOT NULL,
  withdrawn_at BIGINT            -- NULL while it is valid
);
CREATE INDEX consents_by_person ON consents (person_id, given_at, id);

-- Faces and templates from before this migration go: nobody's consent to them is on record, so there is no
-- right to keep them, and they were stored in the clear. Their people stay and can be enrolled again.
DROP TABLE templates;
DROP TABLE faces;

CREATE TABLE faces (
  id           TEXT   NOT NULL PRIMARY KEY,
  person_id    TEXT   NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  consent_id   TEXT   NOT NULL REFERENCES consents (id),
  status       TEXT   NOT NULL CHECK (status IN ('active', 'archived')),
  source_name  TEXT   NOT NULL,
  photo_sha256 TEXT   NOT NULL,
  quality      TEXT   NOT NULL,  -- JSON
  model        TEXT   NOT NULL,
  created_at   BIGINT NOT NULL,
  UNIQUE (person_id, photo_sha256)
);
CREATE INDEX faces_by_consent ON faces (consent_id);

CREATE TABLE templates (
  id      TEXT NOT NULL PRIMARY KEY,
  face_id TEXT NOT NULL REFERENCES faces (id) ON DELETE CASCADE,
  model   TEXT NOT NULL,
  sealed  TEXT NOT NULL  -- base64 of little-endian binary16, sealed with the person's key for this row
);
CREATE INDEX templates_by_face ON templates (face_id);

-- Whatever the program does: no face, and no template, without a valid consent of that very person.
CREATE TRIGGER faces_need_consent BEFORE INSERT ON faces
WHEN NOT EXISTS (SELECT 1 FROM consents c
                 WHERE c.id = NEW.consent_id AND c.person_id = NEW.person_id AND c.withdrawn_at IS NULL)
BEGIN
  SELECT RAISE(ABORT, 'a face needs a valid consent of its person');
END;
CREATE TRIGGER faces_keep_consent BEFORE UPDATE OF person_id, consent_id ON faces
BEGIN
  SELECT RAISE(ABORT, 'a face keeps its person and its consent');
END;
CREATE TRIGGER templates_need_consent BEFORE INSERT ON templates
WHEN NOT EXISTS (SELECT 1 FROM faces f JOIN consents c ON c.id = f.consent_id
                 WHERE f.id = NEW.face_id AND c.person_id = f.person_id AND c.withdrawn_at IS NULL)
BEGIN
  SELECT RAISE(ABORT, 'a template needs a valid consent of its person');
END;
CREATE TRIGGER templates_keep_face BEFORE UPDATE OF face_id ON templates
BEGIN
  SELECT RAISE(ABORT, 'a template keeps its face');
END;
CREATE TRIGGER consents_keep_person BEFORE UPDATE OF person_id ON consents
BEGIN
  SELECT RAISE(ABORT, 'a consent keeps its person');
END;
CREATE TRIGGER consents_end_for_good BEFORE UPDATE OF withdrawn_at ON consents
WHEN OLD.withdrawn_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'a consent that has ended stays ended');
END;
CREATE TRIGGER consents_end_without_faces BEFORE UPDATE OF withdrawn_at ON consents
WHEN EXISTS (SELECT 1 FROM faces f WHERE f.consent_id = OLD.id)
BEGIN
  SELECT RAISE(ABORT, 'a consent ends after the faces that it allowed');
END;

-- What was erased. Ids only, and no foreign key: it outlives the person.
CREATE TABLE erasures (
  id           TEXT    NOT NULL PRIMARY KEY,
  person_id    TEXT    NOT NULL,
  scope        TEXT    NOT NULL CHECK (scope IN ('person', 'face_data')),
  reason       TEXT    NOT NULL CHECK (reason IN ('request', 'withdrawal', 'retention')),
  requested_at BIGINT  NOT NULL,
  finished     INTEGER NOT NULL DEFAULT 0 CHECK (finished IN (0, 1))  -- 1 when the crops are gone too
);
CREATE TRIGGER erasures_refuse_update BEFORE UPDATE ON erasures
WHEN NEW.finished <> 1 OR NEW.id <> OLD.id OR NEW.person_id <> OLD.person_id OR NEW.scope <> OLD.scope
  OR NEW.reason <> OLD.reason OR NEW.requested_at <> OLD.requested_at
BEGIN
  SELECT RAISE(ABORT, 'erasures are append-only');
END;
CREATE TRIGGER erasures_refuse_delete BEFORE DELETE ON erasures
BEGIN
  SELECT RAISE(ABORT, 'erasures are append-only');
END;
