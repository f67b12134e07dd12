-- Users, devices, sessions and API keys. Secrets are here only as hashes or sealed.

CREATE TABLE users (
  id             TEXT   NOT NULL PRIMARY KEY,
  username       TEXT   NOT NULL UNIQUE,
  role           TEXT   NOT NULL CHECK (role IN ('admin', 'manager', 'operator', 'employee', 'auditor')),
  status         TEXT   NOT NULL CHECK (status IN ('active', 'disabled')),
  person_id      TEXT   REFERENCES people (id) ON DELETE SET NULL,
  password_hash  TEXT   NOT NULL,
  totp_secret    TEXT   NOT NULL,  -- sealed, base64; empty without a second factor
  totp_last_step BIGINT NOT NULL,
  created_at     BIGINT NOT NULL,
  updated_at     BIGINT NOT NULL,
  last_login_at  BIGINT
);

CREATE TABLE devices (
  id            TEXT   NOT NULL PRIMARY KEY,  -- chosen by the device
  name          TEXT   NOT NULL,
  status        TEXT   NOT NULL CHECK (status IN ('active', 'revoked')),
  registered_at BIGINT NOT NULL,
  registered_by TEXT   NOT NULL,
  last_seen_at  BIGINT
);

CREATE TABLE enrollment_codes (
  mac        TEXT   NOT NULL PRIMARY KEY,
  made_by    TEXT   NOT NULL,
  made_at    BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE TABLE device_requests (
  id              TEXT   NOT NULL PRIMARY KEY,
  device_code_mac TEXT   NOT NULL UNIQUE,
  user_code       TEXT   NOT NULL,
  device_id       TEXT   NOT NULL,
  name            TEXT   NOT NULL,
  status          TEXT   NOT NULL CHECK (status IN ('pending', 'approved', 'denied')),
  decided_by      TEXT   NOT NULL,
  made_at         BIGINT NOT NULL,
  expires_at      BIGINT NOT NULL
);

CREATE TABLE sessions (
  id           TEXT   NOT NULL PRIMARY KEY,
  kind         TEXT   NOT NULL CHECK (kind IN ('tokens', 'browser')),
  subject_kind TEXT   NOT NULL CHECK (subject_kind IN ('user', 'device')),
  subject      TEXT   NOT NULL,
  counter      BIGINT NOT NULL,
  started_at   BIGINT NOT NULL,
  used_at      BIGINT NOT NULL,
  expires_at   BIGINT NOT NULL,
  ends_at      BIGINT NOT NULL,
  revoked_at   BIGINT
);
CREATE INDEX sessions_by_subject ON sessions (subject_kind, subject);

CREATE TABLE api_keys (
  id         TEXT   NOT NULL PRIMARY KEY,
  name       TEXT   NOT NULL,
  scopes     TEXT   NOT NULL,  -- separated by spaces
  mac        TEXT   NOT NULL,
  made_by    TEXT   NOT NULL,
  made_at    BIGINT NOT NULL,
  expires_at BIGINT,
  revoked_at BIGINT
);
