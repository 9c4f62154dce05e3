-- Who may see which rows, behind the policy of the server (server/auth/policy.ts): a query that forgot to ask it finds
-- nothing that is not the asker's. Each transaction says for whom it works (db/transaction.ts):
--   jianmian.reach    'system', 'all', 'station' (with jianmian.station), 'member'; anything else, or nothing: no case at all
--   jianmian.user     whose memberships, traces and looks count
--   jianmian.unit     the crew that a device speaks for
--   jianmian.vault    'on': may see who the subject is
--   jianmian.trace    the incident whose trace was opened, after the audit row of the look was committed; jianmian.at: when
--   jianmian.reviews  'on': reviews the use of break-glass

---------------------------------------------------------------- break-glass and the wall

-- A duty leader opened a trace before anybody could approve it: it holds for that leader alone, and somebody reviews it.
ALTER TABLE authority ADD COLUMN break_glass boolean NOT NULL DEFAULT false;
ALTER TABLE authority ADD CHECK (NOT break_glass OR approved_by IS NULL);

CREATE TABLE break_glass (
  authority_id text PRIMARY KEY REFERENCES authority,
  incident_id text NOT NULL REFERENCES incident,
  opened_by text NOT NULL REFERENCES app_user,
  reason text NOT NULL,
  opened_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  review_due_at timestamptz NOT NULL,
  reviewed_by text REFERENCES app_user,
  reviewed_at timestamptz,
  verdict text CHECK (verdict IN ('justified', 'notJustified')),
  note text,
  CHECK (reviewed_by <> opened_by),
  CHECK ((reviewed_by IS NULL) = (reviewed_at IS NULL) AND (reviewed_by IS NULL) = (verdict IS NULL))
);
CREATE INDEX break_glass_open ON break_glass (review_due_at) WHERE reviewed_at IS NULL;

-- A redacted view of an incident that a leader put on the wall: it ends with the authority that it rests on.
CREATE TABLE wall_pin (
  incident_id text PRIMARY KEY REFERENCES incident,
  authority_id text NOT NULL REFERENCES authority,
  show text[] NOT NULL CHECK (show <@ ARRAY['regions', 'units', 'tasks'] AND cardinality(show) > 0),
  pinned_by text NOT NULL REFERENCES app_user,
  pinned_at timestamptz NOT NULL,
  until_at timestamptz NOT NULL
);

GRANT SELECT, INSERT, UPDATE ON break_glass TO jianmian_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON wall_pin TO jianmian_app;

CREATE INDEX incident_member_user ON incident_member (user_id);
CREATE INDEX incident_subject ON incident (subject_id);

---------------------------------------------------------------- questions that the policies ask

-- Short enough to be written into each query in place of their calls.
CREATE FUNCTION reaches_all_cases() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_setting('jianmian.reach', true) IN ('system', 'all')
$$;
CREATE FUNCTION is_system() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_setting('jianmian.reach', true) = 'system'
$$;
CREATE FUNCTION sees_vault() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_setting('jianmian.reach', true) = 'system' OR current_setting('jianmian.vault', true) = 'on'
$$;
-- The station whose cases are in reach; null: none is by its station.
CREATE FUNCTION own_station() RETURNS text LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN current_setting('jianmian.reach', true) = 'station' THEN nullif(current_setting('jianmian.station', true), '') END
$$;

-- Functions that look farther for a moment put the reach back themselves: a SET clause would need a superuser.

-- The incidents that the user is on. As the system: the policy of incident_member asks incident, which asks this.
CREATE FUNCTION own_incidents() RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  before text := coalesce(current_setting('jianmian.reach', true), '');
  found text[];
BEGIN
  PERFORM set_config('jianmian.reach', 'system', true);
  SELECT coalesce(array_agg(m.incident_id), '{}') INTO found FROM incident_member m
    WHERE m.user_id = current_setting('jianmian.user', true);
  PERFORM set_config('jianmian.reach', before, true);
  RETURN found;
END $$;
-- The incident whose trace this transaction may read: asked for, open, the user on it, and an authority that holds.
CREATE FUNCTION opened_trace() RETURNS text LANGUAGE plpgsql STABLE AS $$
DECLARE
  before text := coalesce(current_setting('jianmian.reach', true), '');
  who text := current_setting('jianmian.user', true);
  at timestamptz := nullif(current_setting('jianmian.at', true), '');
  found text;
BEGIN
  PERFORM set_config('jianmian.reach', 'system', true);
  SELECT i.id INTO found FROM incident i
    WHERE i.id = current_setting('jianmian.trace', true) AND i.state = 'open'
      AND EXISTS (SELECT FROM incident_member m WHERE m.incident_id = i.id AND m.user_id = who)
      AND EXISTS (SELECT FROM authority a
        WHERE a.incident_id = i.id AND a.revoked_at IS NULL AND a.expires_at > at
          AND (a.approved_by IS NOT NULL OR (a.break_glass AND a.requested_by = who)));
  PERFORM set_config('jianmian.reach', before, true);
  RETURN found;
END $$;

---------------------------------------------------------------- policies

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['incident', 'incident_member', 'alert', 'authority', 'trace_look', 'subject', 'subject_private',
    'text_private', 'account_private', 'sighting', 'belief', 'task', 'break_glass', 'wall_pin'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
END $$;

-- Asked once a query, and so held by the planner for as likely as not: written into the query it would be held for rare, and
-- the newest page of a list would be found by reading all of them. Memberships are looked up only if the station does not decide.
CREATE POLICY in_reach ON incident USING (
  (SELECT reaches_all_cases())
  OR station_id = own_station()
  OR (current_setting('jianmian.reach', true) IN ('station', 'member') AND id = ANY ((SELECT own_incidents())::text[])));

-- Functions of their own: the planner would otherwise plan a search of incident for every table that a query joins.
CREATE FUNCTION reaches(of_incident text) RETURNS boolean LANGUAGE plpgsql STABLE COST 2 AS $$
BEGIN
  RETURN EXISTS (SELECT FROM incident i WHERE i.id = of_incident);
END $$;
CREATE FUNCTION reaches_subject(of_subject text) RETURNS boolean LANGUAGE plpgsql STABLE COST 2 AS $$
BEGIN
  RETURN EXISTS (SELECT FROM incident i WHERE i.subject_id = of_subject);
END $$;

-- What belongs to an incident is in reach with it.
CREATE POLICY in_reach ON incident_member USING (reaches_all_cases() OR reaches(incident_id));
CREATE POLICY in_reach ON alert USING (reaches_all_cases() OR reaches(incident_id));
CREATE POLICY in_reach ON authority USING (reaches_all_cases() OR reaches(incident_id));
CREATE POLICY in_reach ON wall_pin USING (reaches_all_cases() OR reaches(incident_id));

-- The vault: not for those who are shown nobody.
CREATE POLICY in_reach ON subject USING (reaches_all_cases() OR reaches_subject(id));
CREATE POLICY in_reach ON subject_private USING (sees_vault() AND (reaches_all_cases() OR reaches_subject(subject_id)));
CREATE POLICY in_reach ON text_private USING (sees_vault() AND (reaches_all_cases() OR reaches(incident_id)));
CREATE POLICY in_reach ON account_private USING (sees_vault() AND (reaches_all_cases() OR reaches(incident_id)));

-- The trace: nobody reads it by rank. Writing a sighting down is not looking.
CREATE POLICY in_look ON sighting FOR SELECT USING (
  is_system() OR incident_id = (SELECT opened_trace())
  OR (current_setting('jianmian.marks', true) = 'on' AND (reaches_all_cases() OR reaches(incident_id))));
CREATE POLICY write_down ON sighting FOR INSERT WITH CHECK (reaches_all_cases() OR reaches(incident_id));
CREATE POLICY amend ON sighting FOR UPDATE USING (is_system());
CREATE POLICY erase ON sighting FOR DELETE USING (is_system());
CREATE POLICY in_look ON belief FOR SELECT USING (is_system() OR incident_id = (SELECT opened_trace()));
CREATE POLICY by_system ON belief USING (is_system());
CREATE POLICY own ON trace_look USING (is_system() OR user_id = current_setting('jianmian.user', true));

-- A task is its unit's station's and its incident's.
CREATE POLICY in_reach ON task USING (
  reaches_all_cases()
  OR unit_id = nullif(current_setting('jianmian.unit', true), '')
  OR (own_station() IS NOT NULL AND EXISTS (SELECT FROM unit u WHERE u.id = unit_id AND u.station_id = own_station()))
  OR reaches(incident_id));

-- Auditors see no case, yet review who broke the glass.
CREATE POLICY in_reach ON break_glass USING (reaches_all_cases() OR current_setting('jianmian.reviews', true) = 'on');

---------------------------------------------------------------- what is told beyond the reach, and no more

-- Of each sighting of an incident in reach: that it exists. What it says, only a look reads.
CREATE FUNCTION sighting_marks(of_incident text)
RETURNS TABLE (id text, kind text, observed_at timestamptz, received_at timestamptz, withdrawn boolean, replaced_by text)
LANGUAGE plpgsql STABLE AS $$
BEGIN
  PERFORM set_config('jianmian.marks', 'on', true);
  RETURN QUERY SELECT s.id, s.kind, s.observed_at, s.received_at, s.withdrawn_at IS NOT NULL,
      (SELECT r.id FROM sighting r WHERE r.replaces = s.id LIMIT 1)
    FROM sighting s WHERE s.incident_id = of_incident;
  PERFORM set_config('jianmian.marks', '', true);
END $$;
-- A crew that is sent to another station's incident reads its number, and the words of its own task.
CREATE FUNCTION number_of_incident(of_incident text) RETURNS integer LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
  before text := coalesce(current_setting('jianmian.reach', true), '');
  found integer;
BEGIN
  PERFORM set_config('jianmian.reach', 'system', true);
  SELECT i.number INTO found FROM incident i WHERE i.id = of_incident;
  PERFORM set_config('jianmian.reach', before, true);
  RETURN found;
END $$;
CREATE FUNCTION words_of_task(text_id text) RETURNS text LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
  before text := coalesce(current_setting('jianmian.reach', true), '');
  found text;
BEGIN
  PERFORM set_config('jianmian.reach', 'system', true);
  SELECT t.body INTO found FROM text_private t WHERE t.id = text_id;
  PERFORM set_config('jianmian.reach', before, true);
  RETURN found;
END $$;
