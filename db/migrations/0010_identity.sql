-- Who comes in, and how: second factors, what a session knows of itself, tokens that change, devices that nobody knows.

ALTER TABLE app_user
  -- The password is known to somebody else: good for nothing but choosing another.
  ADD COLUMN must_change_password boolean NOT NULL DEFAULT false,
  ADD COLUMN password_changed_at timestamptz,
  -- Subject or serial number of the client certificate, as the reverse proxy writes it.
  ADD COLUMN certificate text UNIQUE,
  -- Which administrator gave out a new way in, and which, until the user has come in himself: nobody opens both doors.
  ADD COLUMN reset_by text REFERENCES app_user,
  ADD COLUMN reset_what text CHECK (reset_what IN ('password', 'secondFactor', 'certificate')),
  ADD CHECK ((reset_by IS NULL) = (reset_what IS NULL));

ALTER TABLE user_session
  ADD COLUMN signed_in_by text NOT NULL DEFAULT 'password'
    CHECK (signed_in_by IN ('password', 'otp', 'recoveryCode', 'passkey', 'certificate')),
  -- What the user has to do before this session is good for anything else.
  ADD COLUMN pending text CHECK (pending IN ('password', 'secondFactor')),
  ADD COLUMN address text,
  -- Browser and system in a few words.
  ADD COLUMN agent text;
CREATE INDEX user_session_live ON user_session (user_id) WHERE revoked_at IS NULL;

-- An attempt that turns out to be no failure is taken back by itself.
ALTER TABLE login_failure ADD COLUMN id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY;

CREATE TABLE user_totp (
  user_id text PRIMARY KEY REFERENCES app_user ON DELETE CASCADE,
  -- AES-256-GCM under a key of server_secret.
  secret_sealed bytea NOT NULL,
  created_at timestamptz NOT NULL,
  -- Null: shown, but no code of it was typed yet, so it guards nothing.
  confirmed_at timestamptz,
  -- The time step of the last code that was taken; it and older ones are refused.
  last_step bigint NOT NULL
);

CREATE TABLE recovery_code (
  user_id text NOT NULL REFERENCES app_user ON DELETE CASCADE,
  code_hash bytea NOT NULL,
  used_at timestamptz,
  PRIMARY KEY (user_id, code_hash)
);

CREATE TABLE passkey (
  -- The credential's id, base64url.
  id text PRIMARY KEY,
  user_id text NOT NULL REFERENCES app_user ON DELETE CASCADE,
  name text NOT NULL,
  public_key bytea NOT NULL,
  counter bigint NOT NULL,
  transports text[] NOT NULL,
  created_at timestamptz NOT NULL,
  last_used_at timestamptz
);
CREATE INDEX passkey_user ON passkey (user_id);

-- Answered once, and soon, or never.
CREATE TABLE passkey_challenge (
  challenge_hash bytea PRIMARY KEY,
  -- Null: for signing in.
  user_id text REFERENCES app_user ON DELETE CASCADE,
  expires_at timestamptz NOT NULL
);

ALTER TABLE device
  ADD COLUMN rotated_at timestamptz,
  ADD COLUMN last_used_at timestamptz,
  -- The token before the last change, for the time that it takes to bring the new one to the device.
  ADD COLUMN previous_token_hash bytea UNIQUE,
  ADD COLUMN previous_token_until timestamptz;

-- Who tried to report without being known. A row per name or token, with how often; bounded by the server.
CREATE TABLE unknown_device (
  id text PRIMARY KEY,
  -- What the attempts have in common: keyed hash of protocol and identifier, or of the token.
  key_hash bytea NOT NULL UNIQUE,
  protocol text NOT NULL,
  -- The identifier that was given, if one was: masked for lists, sealed for whoever admits it.
  identifier_masked text,
  identifier_sealed bytea,
  -- The gateway that spoke for it.
  gateway_id text REFERENCES device,
  address text,
  attempts bigint NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL
);
CREATE INDEX unknown_device_last ON unknown_device (last_at);

GRANT SELECT, INSERT, UPDATE, DELETE ON
  user_totp, recovery_code, passkey, passkey_challenge, unknown_device TO jianmian_app;
