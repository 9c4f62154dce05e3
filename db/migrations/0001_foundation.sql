-- Jianmian, first schema. Common SQL of PostgreSQL >= 15 / PostGIS >= 3.3 and PGlite.
-- The application works as role jianmian_app (SET LOCAL ROLE in every transaction); the owner only migrates.

CREATE EXTENSION IF NOT EXISTS postgis;

DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'jianmian_app') THEN
    CREATE ROLE jianmian_app NOLOGIN NOSUPERUSER NOBYPASSRLS;
  END IF;
  -- An ordinary owner may have been made a member by an administrator, and could not grant it again.
  IF NOT pg_has_role(current_user, 'jianmian_app', 'MEMBER') THEN
    EXECUTE format('GRANT jianmian_app TO %I', current_user);
  END IF;
END $$;

---------------------------------------------------------------- region and reference data

CREATE TABLE region (
  id text PRIMARY KEY,
  name text NOT NULL,
  name_en text,
  fictional boolean NOT NULL,
  attribution text NOT NULL,
  bbox double precision[] NOT NULL CHECK (array_length(bbox, 1) = 4),
  installed_at timestamptz NOT NULL,
  current boolean NOT NULL
);
CREATE UNIQUE INDEX region_current ON region (current) WHERE current;

CREATE TABLE station (
  id text PRIMARY KEY,
  name text NOT NULL,
  name_en text,
  position geometry(Point, 4326) NOT NULL
);

CREATE TABLE jurisdiction (
  station_id text PRIMARY KEY REFERENCES station ON DELETE CASCADE,
  area geometry(MultiPolygon, 4326) NOT NULL,
  estimated boolean NOT NULL
);
CREATE INDEX jurisdiction_area ON jurisdiction USING gist (area);

CREATE TABLE place (
  id text PRIMARY KEY,
  kind text NOT NULL,
  name text NOT NULL,
  name_en text,
  address text,
  -- Lower-case search text: name, English name, full pinyin and initials, separated by spaces.
  search_text text NOT NULL,
  position geometry(Point, 4326) NOT NULL,
  area_ha real
);
CREATE INDEX place_position ON place USING gist (position);
CREATE INDEX place_kind ON place (kind);

CREATE TABLE segment (
  id text PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('industrialRoad', 'quietRoad')),
  name text NOT NULL,
  search_text text NOT NULL,
  line geometry(LineString, 4326) NOT NULL,
  length_m real NOT NULL CHECK (length_m > 0)
);
CREATE INDEX segment_line ON segment USING gist (line);

CREATE TABLE cell_site (
  id text PRIMARY KEY,
  position geometry(Point, 4326) NOT NULL
);
CREATE INDEX cell_site_position ON cell_site USING gist (position);

CREATE TABLE cell_sector (
  cell_id text PRIMARY KEY,
  site_id text NOT NULL REFERENCES cell_site ON DELETE CASCADE,
  azimuth_deg real NOT NULL,
  beamwidth_deg real NOT NULL,
  range_m real NOT NULL
);

CREATE TABLE camera (
  id text PRIMARY KEY,
  name text NOT NULL,
  position geometry(Point, 4326) NOT NULL,
  heading_deg real,
  working boolean NOT NULL DEFAULT true
);
CREATE INDEX camera_position ON camera USING gist (position);

---------------------------------------------------------------- people of the bureau

CREATE TABLE app_user (
  id text PRIMARY KEY,
  username text NOT NULL UNIQUE,
  display_name text NOT NULL,
  role text NOT NULL CHECK (role IN
    ('wall', 'operator', 'leader', 'trace', 'station', 'field', 'analyst', 'auditor', 'admin')),
  station_id text REFERENCES station ON DELETE SET NULL,
  password_hash text NOT NULL,
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL
);

CREATE TABLE user_session (
  id text PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  user_id text NOT NULL REFERENCES app_user ON DELETE CASCADE,
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz
);

CREATE TABLE login_failure (
  username text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX login_failure_recent ON login_failure (username, at);

---------------------------------------------------------------- units and positions

CREATE TABLE unit (
  id text PRIMARY KEY,
  -- Number of the unit in binary position frames; never reused.
  slot integer GENERATED ALWAYS AS IDENTITY UNIQUE,
  callsign text NOT NULL UNIQUE,
  station_id text REFERENCES station ON DELETE SET NULL,
  kind text NOT NULL CHECK (kind IN ('car', 'motorcycle', 'foot')),
  state text NOT NULL CHECK (state IN ('available', 'dispatched', 'enRoute', 'onScene', 'outOfService')),
  sworn integer NOT NULL CHECK (sworn >= 0),
  auxiliary integer NOT NULL CHECK (auxiliary >= 0),
  created_at timestamptz NOT NULL,
  retired_at timestamptz
);

CREATE TABLE device (
  id text PRIMARY KEY,
  -- Null: a gateway, which reports for many devices.
  unit_id text REFERENCES unit,
  protocol text NOT NULL,
  identifier text NOT NULL,
  crs text NOT NULL CHECK (crs IN ('wgs84', 'gcj02', 'bd09', 'cgcs2000')),
  token_hash bytea NOT NULL UNIQUE,
  created_at timestamptz NOT NULL,
  revoked_at timestamptz,
  UNIQUE (protocol, identifier)
);
CREATE INDEX device_unit ON device (unit_id);

-- Every accepted ping. Insert is idempotent on the key; a re-sent ping changes nothing.
CREATE TABLE position (
  device_id text NOT NULL,
  observed_at timestamptz NOT NULL,
  payload_hash bytea NOT NULL,
  unit_id text NOT NULL,
  received_at timestamptz NOT NULL,
  point geometry(Point, 4326) NOT NULL,
  accuracy_m real,
  speed_mps real,
  course_deg real,
  battery_pct real,
  -- As sent: [lng, lat] and its coordinate system.
  raw_lng double precision NOT NULL,
  raw_lat double precision NOT NULL,
  raw_crs text NOT NULL,
  -- More than 60 s ahead of the clock when it came: stored, never 'latest'.
  future boolean NOT NULL,
  PRIMARY KEY (device_id, observed_at, payload_hash)
) PARTITION BY RANGE (observed_at);
CREATE TABLE position_default PARTITION OF position DEFAULT;
CREATE INDEX position_unit ON position (unit_id, observed_at);
CREATE INDEX position_time ON position USING brin (observed_at);

---------------------------------------------------------------- alerts and incidents

CREATE TABLE subject (
  id text PRIMARY KEY,
  created_at timestamptz NOT NULL
);

-- The erasable vault: everything that names a person. Joined only for those who may see it.
CREATE TABLE subject_private (
  subject_id text PRIMARY KEY REFERENCES subject ON DELETE CASCADE,
  name text NOT NULL,
  phone text NOT NULL,
  -- Keyed hash of the normalised phone number: how a repeated alert finds its person.
  phone_hash bytea NOT NULL UNIQUE,
  id_number text,
  address text,
  vehicle text,
  home geometry(Point, 4326)
);

CREATE TABLE text_private (
  id text PRIMARY KEY,
  incident_id text NOT NULL,
  body text NOT NULL,
  created_at timestamptz NOT NULL
);

CREATE TABLE account_private (
  id text PRIMARY KEY,
  incident_id text NOT NULL,
  bank text NOT NULL,
  number text NOT NULL,
  amount numeric(14, 2)
);

CREATE TABLE incident (
  id text PRIMARY KEY,
  subject_id text NOT NULL REFERENCES subject,
  state text NOT NULL CHECK (state IN ('open', 'closed')),
  risk text NOT NULL CHECK (risk IN ('extraHigh', 'high', 'medium', 'low')),
  scam_type text NOT NULL,
  station_id text REFERENCES station ON DELETE SET NULL,
  -- How the station was found: inside its jurisdiction, the nearest one, or not at all (no position).
  station_basis text NOT NULL CHECK (station_basis IN ('jurisdiction', 'nearest', 'none')),
  amount numeric(14, 2),
  opened_at timestamptz NOT NULL,
  closed_at timestamptz,
  outcome text,
  CHECK ((state = 'closed') = (closed_at IS NOT NULL))
);
CREATE UNIQUE INDEX incident_one_open ON incident (subject_id) WHERE state = 'open';
CREATE INDEX incident_opened ON incident (opened_at);

CREATE TABLE alert (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  source text NOT NULL,
  external_id text,
  risk text NOT NULL,
  scam_type text NOT NULL,
  amount numeric(14, 2),
  note_id text REFERENCES text_private ON DELETE SET NULL,
  -- The alert's own time and ours.
  observed_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  -- Keyed hash of the whole alert: a re-sent one with the same external id must be the same alert.
  content_hash bytea NOT NULL
);
CREATE UNIQUE INDEX alert_external ON alert (source, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX alert_incident ON alert (incident_id);

CREATE TABLE incident_member (
  incident_id text NOT NULL REFERENCES incident,
  user_id text NOT NULL REFERENCES app_user,
  added_by text NOT NULL,
  added_at timestamptz NOT NULL,
  PRIMARY KEY (incident_id, user_id)
);

CREATE TABLE authority (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  number text NOT NULL,
  legal_basis text NOT NULL,
  reason text NOT NULL,
  requested_by text NOT NULL REFERENCES app_user,
  requested_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  approved_by text REFERENCES app_user,
  approved_at timestamptz,
  revoked_by text REFERENCES app_user,
  revoked_at timestamptz,
  CHECK (approved_by IS NULL OR approved_by <> requested_by)
);
CREATE INDEX authority_incident ON authority (incident_id);

-- A look: one session of one user that opened the trace of one incident, with its reason.
CREATE TABLE trace_look (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  session_id text NOT NULL REFERENCES user_session ON DELETE CASCADE,
  user_id text NOT NULL REFERENCES app_user,
  authority_id text NOT NULL REFERENCES authority,
  reason text NOT NULL,
  opened_at timestamptz NOT NULL
);
CREATE INDEX trace_look_session ON trace_look (session_id, incident_id);

-- Erasable like the vault: where the subject was.
CREATE TABLE sighting (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  kind text NOT NULL CHECK (kind IN ('cell', 'fix', 'camera', 'transaction', 'report', 'search')),
  source text NOT NULL,
  observed_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  -- Kind-specific numbers in WGS-84 (server/contract/sighting.ts).
  detail jsonb NOT NULL,
  -- As sent: coordinates and their system, before conversion.
  raw jsonb NOT NULL,
  -- Free text and plate, in the vault.
  text_id text REFERENCES text_private ON DELETE SET NULL,
  position geometry(Point, 4326),
  recorded_by text NOT NULL,
  -- A correction is a new sighting that replaces this one.
  replaces text REFERENCES sighting,
  withdrawn_at timestamptz
);
CREATE INDEX sighting_incident ON sighting (incident_id, observed_at);

---------------------------------------------------------------- the log

-- Two heads: their row locks are held to the commit, so seq is visible in commit order, without gaps.
CREATE TABLE log_head (only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), seq bigint NOT NULL);
INSERT INTO log_head (seq) VALUES (0);
CREATE TABLE audit_head (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row), seq bigint NOT NULL, hash bytea NOT NULL);
INSERT INTO audit_head (seq, hash) VALUES (0, sha256('jianmian audit chain'));

CREATE TABLE domain_event (
  seq bigint PRIMARY KEY,
  kind text NOT NULL,
  incident_id text,
  actor text NOT NULL,
  observed_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  payload jsonb NOT NULL
);
CREATE INDEX domain_event_incident ON domain_event (incident_id, seq);
CREATE INDEX domain_event_received ON domain_event (received_at);

CREATE FUNCTION domain_event_assign_seq() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE log_head SET seq = seq + 1 RETURNING seq INTO NEW.seq;
  RETURN NEW;
END $$;
CREATE TRIGGER domain_event_seq BEFORE INSERT ON domain_event
  FOR EACH ROW EXECUTE FUNCTION domain_event_assign_seq();

CREATE TABLE audit_entry (
  seq bigint PRIMARY KEY,
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  resource text NOT NULL,
  incident_id text,
  reason text,
  detail jsonb NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL
);
CREATE INDEX audit_entry_incident ON audit_entry (incident_id, seq);
CREATE INDEX audit_entry_actor ON audit_entry (actor, seq);

-- One text of a row that every verifier can rebuild: fields as JSON in a fixed order, time in UTC with microseconds.
CREATE FUNCTION audit_canonical(entry audit_entry) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT jsonb_build_array(
    entry.seq, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), entry.actor, entry.action,
    entry.resource, entry.incident_id, entry.reason, entry.detail)::text
$$;

CREATE FUNCTION audit_entry_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  SELECT seq + 1, hash INTO NEW.seq, NEW.previous_hash FROM audit_head FOR UPDATE;
  NEW.hash := sha256(NEW.previous_hash || convert_to(audit_canonical(NEW), 'UTF8'));
  UPDATE audit_head SET seq = NEW.seq, hash = NEW.hash;
  RETURN NEW;
END $$;
CREATE TRIGGER audit_entry_chain BEFORE INSERT ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION audit_entry_chain();

---------------------------------------------------------------- repeated requests

CREATE TABLE idempotency_key (
  actor text NOT NULL,
  key text NOT NULL,
  request_hash bytea NOT NULL,
  status integer NOT NULL,
  response jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  PRIMARY KEY (actor, key)
);

---------------------------------------------------------------- rights

-- Secrets that the server makes for itself once (keyed hashes); never leaves the database.
CREATE TABLE server_secret (
  name text PRIMARY KEY,
  value bytea NOT NULL
);

GRANT USAGE ON SCHEMA public TO jianmian_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON
  region, station, jurisdiction, place, segment, cell_site, cell_sector, camera,
  app_user, user_session, login_failure, unit, device, position, subject, subject_private, text_private, account_private,
  incident, alert, incident_member, authority, trace_look, sighting, idempotency_key
  TO jianmian_app;
GRANT SELECT, INSERT ON domain_event, audit_entry, server_secret TO jianmian_app;
GRANT SELECT ON log_head, audit_head TO jianmian_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO jianmian_app;
