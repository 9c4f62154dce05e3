-- Moments of a replayed case that somebody wants to find again. Words are in text_private.
CREATE TABLE bookmark (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  at timestamptz NOT NULL,
  body_id text REFERENCES text_private ON DELETE SET NULL,
  made_by text NOT NULL REFERENCES app_user,
  made_at timestamptz NOT NULL
);
CREATE INDEX bookmark_incident ON bookmark (incident_id, at);
ALTER TABLE bookmark ENABLE ROW LEVEL SECURITY;
ALTER TABLE bookmark FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, DELETE ON bookmark TO jianmian_app;
CREATE POLICY in_reach ON bookmark USING (reaches_all_cases() OR reaches(incident_id));
