-- The trace of a closed incident, seen once more: each reviewer asks for himself, and somebody else approves.

CREATE TABLE review_authority (
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
  ended_by text REFERENCES app_user,
  ended_at timestamptz,
  CHECK (expires_at > requested_at),
  CHECK (approved_by <> requested_by),
  CHECK ((approved_by IS NULL) = (approved_at IS NULL)),
  CHECK ((ended_by IS NULL) = (ended_at IS NULL))
);
CREATE INDEX review_authority_incident ON review_authority (incident_id, requested_at);
ALTER TABLE review_authority ENABLE ROW LEVEL SECURITY;
ALTER TABLE review_authority FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON review_authority TO jianmian_app;
CREATE POLICY in_reach ON review_authority USING (reaches_all_cases() OR reaches(incident_id));

-- As before while the incident is open; of a closed one, whose trace is still kept, on a review authority of the user's own.
CREATE OR REPLACE FUNCTION opened_trace() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  before text := coalesce(current_setting('jianmian.reach', true), '');
  who text := current_setting('jianmian.user', true);
  at timestamptz := nullif(current_setting('jianmian.at', true), '');
  found text;
BEGIN
  PERFORM set_config('jianmian.reach', 'system', true);
  SELECT i.id INTO found FROM incident i
    WHERE i.id = current_setting('jianmian.trace', true)
      AND CASE WHEN i.state = 'open' THEN
        EXISTS (SELECT FROM incident_member m WHERE m.incident_id = i.id AND m.user_id = who)
        AND EXISTS (SELECT FROM authority a
          WHERE a.incident_id = i.id AND a.revoked_at IS NULL AND a.expires_at > at
            AND (a.approved_by IS NOT NULL OR (a.break_glass AND a.requested_by = who)))
      ELSE
        i.trace_purged_at IS NULL
        AND EXISTS (SELECT FROM review_authority r
          WHERE r.incident_id = i.id AND r.requested_by = who AND r.approved_by IS NOT NULL AND r.ended_at IS NULL
            AND r.expires_at > at)
      END;
  PERFORM set_config('jianmian.reach', before, true);
  RETURN found;
END $$;
