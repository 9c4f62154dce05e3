-- How long things are kept, what is held back, what was purged; the audit's daily reports; looks that somebody reviews.

-- A closed incident leaves the screens first, then its trace is erased, then what names its subject.
ALTER TABLE incident
  ADD COLUMN archived_at timestamptz,
  ADD COLUMN trace_purged_at timestamptz,
  ADD COLUMN vault_purged_at timestamptz;
CREATE INDEX incident_kept ON incident (closed_at) WHERE state = 'closed' AND vault_purged_at IS NULL;

-- What the administrator set; a class without a row is kept for the days that the code says.
CREATE TABLE retention_period (
  class text PRIMARY KEY,
  days integer NOT NULL CHECK (days > 0),
  reason text NOT NULL,
  set_by text NOT NULL REFERENCES app_user,
  set_at timestamptz NOT NULL
);

-- Nothing of a held incident is purged until the hold is lifted.
CREATE TABLE legal_hold (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  -- Words, so in the vault: they go with the incident.
  reason_id text REFERENCES text_private ON DELETE SET NULL,
  placed_by text NOT NULL REFERENCES app_user,
  placed_at timestamptz NOT NULL,
  lifted_by text REFERENCES app_user,
  lifted_at timestamptz,
  lift_reason_id text REFERENCES text_private ON DELETE SET NULL,
  CHECK ((lifted_by IS NULL) = (lifted_at IS NULL))
);
CREATE UNIQUE INDEX legal_hold_stands ON legal_hold (incident_id) WHERE lifted_at IS NULL;

-- What each run of the purge did, as it was signed: counts and times, no personal data.
CREATE TABLE purge_receipt (
  id text PRIMARY KEY,
  at timestamptz NOT NULL,
  -- JSON, byte for byte what the signature is over.
  body text NOT NULL,
  -- Ed25519; the public key stands beside it as SPKI.
  signature bytea NOT NULL,
  public_key bytea NOT NULL
);

-- The audit's head at the end of each day in Shanghai, with what happened on it, signed; also a line of a file.
CREATE TABLE audit_day (
  day date PRIMARY KEY,
  at timestamptz NOT NULL,
  seq bigint NOT NULL,
  hash bytea NOT NULL,
  body text NOT NULL,
  signature bytea NOT NULL,
  public_key bytea NOT NULL
);

-- Looks that are unusual, and what the review made of them.
CREATE TABLE look_finding (
  id text PRIMARY KEY,
  -- Monday, in Shanghai.
  week date NOT NULL,
  kind text NOT NULL CHECK (kind IN ('manySubjects', 'offDuty', 'noFollowUp', 'colleague', 'refused', 'night')),
  user_id text NOT NULL REFERENCES app_user,
  -- Null: about all that the user did in the week.
  incident_id text REFERENCES incident,
  numbers jsonb NOT NULL,
  found_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('open', 'explained', 'reported')),
  note text,
  reviewed_by text REFERENCES app_user,
  reviewed_at timestamptz
);
CREATE UNIQUE INDEX look_finding_once ON look_finding (week, kind, user_id, incident_id) NULLS NOT DISTINCT;

-- The chain once a statement instead of once a row: its first trigger locks the head and reads it, each row hashes on from a
-- setting of the transaction, and the last trigger writes the head. Whoever meddles with the setting breaks the chain for
-- every verifier to see.
CREATE FUNCTION audit_entry_begin() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('jianmian.audit_head', seq || ' ' || encode(hash, 'hex'), true) FROM audit_head FOR UPDATE;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION audit_entry_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE head text := current_setting('jianmian.audit_head');
BEGIN
  NEW.seq := split_part(head, ' ', 1)::bigint + 1;
  NEW.previous_hash := decode(split_part(head, ' ', 2), 'hex');
  NEW.hash := sha256(NEW.previous_hash || convert_to(audit_canonical(NEW), 'UTF8'));
  PERFORM set_config('jianmian.audit_head', NEW.seq || ' ' || encode(NEW.hash, 'hex'), true);
  RETURN NEW;
END $$;
CREATE FUNCTION audit_entry_end() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE head text := current_setting('jianmian.audit_head');
BEGIN
  UPDATE audit_head SET seq = split_part(head, ' ', 1)::bigint, hash = decode(split_part(head, ' ', 2), 'hex');
  RETURN NULL;
END $$;
CREATE TRIGGER audit_entry_begin BEFORE INSERT ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_begin();
CREATE TRIGGER audit_entry_end AFTER INSERT ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_end();

CREATE INDEX audit_entry_action ON audit_entry (action, seq);
CREATE INDEX audit_entry_at ON audit_entry (at);

-- Deleting a text or a sighting asks who points at it.
CREATE INDEX text_private_incident ON text_private (incident_id);
CREATE INDEX account_private_incident ON account_private (incident_id);
CREATE INDEX trace_look_incident ON trace_look (incident_id);
CREATE INDEX sighting_text ON sighting (text_id) WHERE text_id IS NOT NULL;
CREATE INDEX sighting_replaces ON sighting (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX task_sighting ON task (sighting_id) WHERE sighting_id IS NOT NULL;
CREATE INDEX task_reason ON task (reason_id) WHERE reason_id IS NOT NULL;
CREATE INDEX task_note ON task (note_id) WHERE note_id IS NOT NULL;
CREATE INDEX task_why ON task (why_id) WHERE why_id IS NOT NULL;
CREATE INDEX alert_note ON alert (note_id) WHERE note_id IS NOT NULL;
CREATE INDEX incident_close_note ON incident (close_note_id) WHERE close_note_id IS NOT NULL;
CREATE INDEX incident_handed_over_to ON incident (handed_over_to_id) WHERE handed_over_to_id IS NOT NULL;
CREATE INDEX incident_hand_over_reason ON incident (hand_over_reason_id) WHERE hand_over_reason_id IS NOT NULL;

-- Samples of columns that name a person would outlive their rows in the planner's statistics: none are taken any more, and
-- setting the type anew forgets those that were.
ALTER TABLE subject_private
  ALTER COLUMN name TYPE text, ALTER COLUMN name SET STATISTICS 0,
  ALTER COLUMN phone TYPE text, ALTER COLUMN phone SET STATISTICS 0,
  ALTER COLUMN phone_hash SET STATISTICS 0,
  ALTER COLUMN id_number TYPE text, ALTER COLUMN id_number SET STATISTICS 0,
  ALTER COLUMN address TYPE text, ALTER COLUMN address SET STATISTICS 0,
  ALTER COLUMN vehicle TYPE text, ALTER COLUMN vehicle SET STATISTICS 0,
  ALTER COLUMN home TYPE geometry(Point, 4326), ALTER COLUMN home SET STATISTICS 0,
  ALTER COLUMN home_elsewhere TYPE text, ALTER COLUMN home_elsewhere SET STATISTICS 0;
ALTER TABLE text_private ALTER COLUMN body TYPE text, ALTER COLUMN body SET STATISTICS 0;
ALTER TABLE account_private
  ALTER COLUMN bank TYPE text, ALTER COLUMN bank SET STATISTICS 0,
  ALTER COLUMN number TYPE text, ALTER COLUMN number SET STATISTICS 0;
ALTER TABLE alert ALTER COLUMN external_id SET STATISTICS 0, ALTER COLUMN content_hash SET STATISTICS 0;
ALTER TABLE incident
  ALTER COLUMN found_place_id TYPE text, ALTER COLUMN found_place_id SET STATISTICS 0,
  ALTER COLUMN found_at TYPE geometry(Point, 4326), ALTER COLUMN found_at SET STATISTICS 0;
ALTER TABLE authority ALTER COLUMN reason TYPE text, ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE break_glass ALTER COLUMN reason SET STATISTICS 0, ALTER COLUMN note SET STATISTICS 0;
ALTER TABLE trace_look ALTER COLUMN reason TYPE text, ALTER COLUMN reason SET STATISTICS 0;
ALTER TABLE sighting
  ALTER COLUMN source TYPE text, ALTER COLUMN source SET STATISTICS 0,
  ALTER COLUMN detail TYPE jsonb, ALTER COLUMN detail SET STATISTICS 0,
  ALTER COLUMN raw TYPE jsonb, ALTER COLUMN raw SET STATISTICS 0,
  ALTER COLUMN position TYPE geometry(Point, 4326), ALTER COLUMN position SET STATISTICS 0;
ALTER TABLE belief
  ALTER COLUMN posterior TYPE bytea, ALTER COLUMN posterior SET STATISTICS 0,
  ALTER COLUMN plan TYPE bytea, ALTER COLUMN plan SET STATISTICS 0;

GRANT SELECT, INSERT, UPDATE ON retention_period, legal_hold, look_finding TO jianmian_app;
GRANT SELECT, INSERT ON purge_receipt, audit_day TO jianmian_app;
