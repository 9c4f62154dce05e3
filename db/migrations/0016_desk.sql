-- Notes of an incident, and what one leader on duty hands over to the next. Words are in text_private.

CREATE TABLE incident_note (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  written_by text NOT NULL REFERENCES app_user,
  written_at timestamptz NOT NULL,
  body_id text REFERENCES text_private ON DELETE SET NULL
);
CREATE INDEX incident_note_incident ON incident_note (incident_id, written_at);
ALTER TABLE incident_note ENABLE ROW LEVEL SECURITY;
ALTER TABLE incident_note FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON incident_note TO jianmian_app;
CREATE POLICY in_reach ON incident_note USING (reaches_all_cases() OR reaches(incident_id));

-- Signed by who leaves and by who comes. `matters` is what both have signed: ids, kinds and times.
CREATE TABLE shift_handover (
  id text PRIMARY KEY,
  matters jsonb NOT NULL,
  open_incidents integer NOT NULL,
  promised integer NOT NULL,
  overdue integer NOT NULL,
  signed_by text NOT NULL REFERENCES app_user,
  signed_at timestamptz NOT NULL,
  taken_by text REFERENCES app_user,
  taken_at timestamptz,
  CHECK ((taken_by IS NULL) = (taken_at IS NULL)),
  CHECK (taken_by <> signed_by)
);
CREATE INDEX shift_handover_signed ON shift_handover (signed_at);
ALTER TABLE shift_handover ENABLE ROW LEVEL SECURITY;
ALTER TABLE shift_handover FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON shift_handover TO jianmian_app;
CREATE POLICY in_reach ON shift_handover USING (reaches_all_cases());
