-- The closed loop: three lines, clocks, stop-payments, dispatch orders, meetings, feedback, outcomes.
-- Words and numbers that name anybody are in text_private, account_private and document_private; here are ids, classes and times.

---------------------------------------------------------------- three lines

CREATE TABLE line_owner (
  incident_id text NOT NULL REFERENCES incident,
  line text NOT NULL CHECK (line IN ('trace', 'ground', 'contact')),
  user_id text NOT NULL REFERENCES app_user,
  at timestamptz NOT NULL,
  PRIMARY KEY (incident_id, line)
);

CREATE TABLE trace_request (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  asked_of text NOT NULL CHECK (asked_of IN ('carrier', 'cameras', 'bank', 'hotel', 'family', 'other')),
  what_id text REFERENCES text_private ON DELETE SET NULL,
  state text NOT NULL CHECK (state IN ('prepared', 'asked', 'sent', 'answered', 'failed', 'withdrawn')),
  authority_id text REFERENCES authority,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  asked_by text,
  asked_at timestamptz,
  sent_by text,
  sent_at timestamptz,
  ended_by text,
  ended_at timestamptz,
  answer_id text REFERENCES text_private ON DELETE SET NULL
);
CREATE INDEX trace_request_incident ON trace_request (incident_id);

CREATE TABLE contact (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  channel text NOT NULL CHECK (channel IN ('call', 'sms', 'family', 'visit')),
  outcome text NOT NULL,
  at timestamptz NOT NULL,
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL,
  note_id text REFERENCES text_private ON DELETE SET NULL
);
CREATE INDEX contact_incident ON contact (incident_id, at);

-- A message is delivered when its receipt says so, not before.
CREATE TABLE sms_message (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  recipient text NOT NULL CHECK (recipient IN ('subject', 'family')),
  -- A relative's number; the subject's own is in subject_private.
  phone_id text REFERENCES text_private ON DELETE SET NULL,
  template text NOT NULL,
  body_id text REFERENCES text_private ON DELETE SET NULL,
  state text NOT NULL CHECK (state IN ('queued', 'accepted', 'delivered', 'failed')),
  attempts integer NOT NULL DEFAULT 0,
  next_try_at timestamptz,
  -- What the gateway calls it.
  gateway_id text UNIQUE,
  queued_by text NOT NULL,
  queued_at timestamptz NOT NULL,
  accepted_at timestamptz,
  ended_at timestamptz,
  trouble text
);
CREATE INDEX sms_message_incident ON sms_message (incident_id);
CREATE INDEX sms_message_due ON sms_message (next_try_at) WHERE state = 'queued';

CREATE TABLE leader_call (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  because text NOT NULL CHECK (because IN ('extraHigh', 'largeAmount', 'unanswered', 'breach')),
  clock_id text,
  called_at timestamptz NOT NULL,
  answered_by text REFERENCES app_user,
  answered_at timestamptz,
  note_id text REFERENCES text_private ON DELETE SET NULL
);
CREATE INDEX leader_call_incident ON leader_call (incident_id);
-- Once for each reason; a breach once for each clock.
CREATE UNIQUE INDEX leader_call_once ON leader_call (incident_id, because, clock_id) NULLS NOT DISTINCT;

---------------------------------------------------------------- clocks

CREATE TABLE clock (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  kind text NOT NULL CHECK (kind IN ('traceSent', 'stopPayment', 'acknowledge', 'underWay', 'meeting', 'feedback', 'sameDay')),
  ref_id text,
  started_at timestamptz NOT NULL,
  warn_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  warned_at timestamptz,
  breached_at timestamptz,
  late boolean NOT NULL DEFAULT false,
  stopped_at timestamptz,
  outcome text CHECK (outcome IN ('met', 'late', 'void')),
  forecast_at timestamptz,
  forecast_breach boolean NOT NULL DEFAULT false,
  CHECK ((stopped_at IS NULL) = (outcome IS NULL))
);
CREATE INDEX clock_incident ON clock (incident_id);
CREATE INDEX clock_running ON clock (due_at) WHERE stopped_at IS NULL AND breached_at IS NULL;
CREATE UNIQUE INDEX clock_once ON clock (incident_id, kind, ref_id) NULLS NOT DISTINCT WHERE stopped_at IS NULL;

-- What a leader set; a kind without a row has the target that the code says. Risk null: whatever the risk.
CREATE TABLE clock_target (
  kind text NOT NULL,
  risk text,
  target_s integer NOT NULL CHECK (target_s > 0),
  warn_s integer NOT NULL CHECK (warn_s >= 0),
  reason text NOT NULL,
  set_by text NOT NULL REFERENCES app_user,
  set_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX clock_target_one ON clock_target (kind, risk) NULLS NOT DISTINCT;

---------------------------------------------------------------- stop-payments

CREATE TABLE stop_payment (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  account_id text REFERENCES account_private ON DELETE SET NULL,
  bank text NOT NULL,
  amount numeric(14, 2),
  state text NOT NULL CHECK (state IN ('requested', 'confirmed', 'refused', 'withdrawn')),
  requested_by text NOT NULL,
  requested_at timestamptz NOT NULL,
  answered_by text,
  answered_at timestamptz,
  amount_held numeric(14, 2),
  note_id text REFERENCES text_private ON DELETE SET NULL
);
CREATE INDEX stop_payment_incident ON stop_payment (incident_id);
CREATE INDEX stop_payment_account ON stop_payment (account_id);
-- An account is asked for once at a time.
CREATE UNIQUE INDEX stop_payment_open ON stop_payment (account_id) WHERE state = 'requested';

CREATE TABLE bank_contact (
  id text PRIMARY KEY,
  bank text NOT NULL,
  branch text NOT NULL,
  phone text NOT NULL,
  person text,
  hours text,
  note text,
  changed_by text NOT NULL,
  changed_at timestamptz NOT NULL,
  UNIQUE (bank, branch)
);

---------------------------------------------------------------- dispatch orders

CREATE TABLE dispatch_order (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  -- Stays when another region does not have the station any more: who was ordered is history.
  station_id text NOT NULL,
  basis text NOT NULL CHECK (basis IN ('home', 'whereNow', 'chosen', 'handedOver')),
  replaces text REFERENCES dispatch_order,
  state text NOT NULL CHECK (state IN ('issued', 'acknowledged', 'underWay', 'met', 'fedBack', 'handedOver', 'cancelled')),
  issued_by text NOT NULL,
  issued_at timestamptz NOT NULL,
  -- By when she is to be met: the meeting clock's target as it stood when the order was issued.
  meet_due_at timestamptz,
  acknowledged_by text,
  acknowledged_at timestamptz,
  assigned_at timestamptz,
  under_way_at timestamptz,
  met_at timestamptz,
  fed_back_by text,
  fed_back_at timestamptz,
  ended_at timestamptz,
  reason_id text REFERENCES text_private ON DELETE SET NULL,
  note_id text REFERENCES text_private ON DELETE SET NULL
);
CREATE INDEX dispatch_order_incident ON dispatch_order (incident_id);
CREATE INDEX dispatch_order_station ON dispatch_order (station_id, issued_at);
-- One station at a time is to meet her.
CREATE UNIQUE INDEX dispatch_order_open ON dispatch_order (incident_id) WHERE state NOT IN ('fedBack', 'handedOver', 'cancelled');
-- A station that hands its order over hands the incident over with it.
ALTER TABLE incident DROP CONSTRAINT incident_station_basis_check;
ALTER TABLE incident ADD CONSTRAINT incident_station_basis_check
  CHECK (station_basis IN ('jurisdiction', 'nearest', 'handedOver', 'none'));

CREATE TABLE order_officer (
  order_id text NOT NULL REFERENCES dispatch_order,
  officer_id text NOT NULL,
  sworn boolean NOT NULL,
  PRIMARY KEY (order_id, officer_id)
);

---------------------------------------------------------------- meetings

CREATE TABLE meeting (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  order_id text REFERENCES dispatch_order,
  at timestamptz NOT NULL,
  place_id text,
  where_id text REFERENCES text_private ON DELETE SET NULL,
  consent boolean,
  app_installed boolean,
  mini_program boolean,
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX meeting_incident ON meeting (incident_id);

CREATE TABLE meeting_officer (
  meeting_id text NOT NULL REFERENCES meeting,
  officer_id text NOT NULL,
  sworn boolean NOT NULL,
  PRIMARY KEY (meeting_id, officer_id)
);

CREATE TABLE meeting_step (
  meeting_id text NOT NULL REFERENCES meeting,
  step integer NOT NULL CHECK (step BETWEEN 1 AND 5),
  done boolean NOT NULL,
  refusal text CHECK (refusal IN ('refused', 'denied', 'absent', 'noPhone', 'other')),
  at timestamptz NOT NULL,
  done_by text NOT NULL,
  note_id text REFERENCES text_private ON DELETE SET NULL,
  PRIMARY KEY (meeting_id, step)
);

-- Pledges, photographs; of a recording its reference alone.
CREATE TABLE document_private (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  meeting_id text REFERENCES meeting,
  kind text NOT NULL CHECK (kind IN ('pledge', 'photo', 'recording', 'other')),
  mime text NOT NULL,
  bytes bytea NOT NULL,
  reference text,
  added_by text NOT NULL,
  added_at timestamptz NOT NULL
);
CREATE INDEX document_private_incident ON document_private (incident_id);

-- Said by the centre to the family, and by the officer at the door: who does not know it is not the police.
CREATE TABLE trust_phrase (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  phrase_id text REFERENCES text_private ON DELETE SET NULL,
  made_by text NOT NULL,
  made_at timestamptz NOT NULL,
  told_at timestamptz
);
CREATE UNIQUE INDEX trust_phrase_one ON trust_phrase (incident_id);

CREATE TABLE revisit (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  meeting_id text NOT NULL REFERENCES meeting,
  due_at timestamptz NOT NULL,
  state text NOT NULL CHECK (state IN ('planned', 'done', 'missed', 'cancelled')),
  planned_by text NOT NULL,
  planned_at timestamptz NOT NULL,
  ended_by text,
  ended_at timestamptz,
  note_id text REFERENCES text_private ON DELETE SET NULL
);
CREATE INDEX revisit_due ON revisit (due_at) WHERE state = 'planned';
CREATE INDEX revisit_incident ON revisit (incident_id);

CREATE TABLE spot_check (
  meeting_id text PRIMARY KEY REFERENCES meeting,
  incident_id text NOT NULL REFERENCES incident,
  -- Monday, in Shanghai.
  week date NOT NULL,
  drawn_at timestamptz NOT NULL,
  verdict text CHECK (verdict IN ('good', 'lacking')),
  checked_by text REFERENCES app_user,
  checked_at timestamptz,
  note_id text REFERENCES text_private ON DELETE SET NULL
);

---------------------------------------------------------------- feedback, clearing, outcomes

CREATE TABLE upward_message (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  alert_id text NOT NULL REFERENCES alert,
  state text NOT NULL CHECK (state IN ('queued', 'delivered', 'acknowledged', 'failed')),
  body_id text REFERENCES text_private ON DELETE SET NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_try_at timestamptz,
  queued_at timestamptz NOT NULL,
  delivered_at timestamptz,
  acknowledged_at timestamptz,
  trouble text
);
CREATE INDEX upward_message_incident ON upward_message (incident_id);
CREATE INDEX upward_message_due ON upward_message (next_try_at) WHERE state = 'queued';

-- Not cleared on its day: who answers for it.
CREATE TABLE day_carried (
  incident_id text NOT NULL REFERENCES incident,
  day date NOT NULL,
  owner_id text NOT NULL REFERENCES app_user,
  why_id text REFERENCES text_private ON DELETE SET NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (incident_id, day)
);

CREATE TABLE outcome_report (
  id text PRIMARY KEY,
  incident_id text NOT NULL REFERENCES incident,
  reported_at timestamptz NOT NULL,
  transferred boolean NOT NULL,
  loss_amount numeric(14, 2),
  case_filed boolean NOT NULL,
  case_number_id text REFERENCES text_private ON DELETE SET NULL,
  arrests integer NOT NULL DEFAULT 0,
  note_id text REFERENCES text_private ON DELETE SET NULL,
  recorded_by text NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE INDEX outcome_report_incident ON outcome_report (incident_id);

---------------------------------------------------------------- who may see which rows

-- Incidents whose order is the station's: while it is, so is the sight of its incident.
CREATE FUNCTION ordered_incidents() RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
  before text := coalesce(current_setting('jianmian.reach', true), '');
  mine text := own_station();
  found text[];
BEGIN
  IF mine IS NULL THEN RETURN '{}'; END IF;
  PERFORM set_config('jianmian.reach', 'system', true);
  SELECT coalesce(array_agg(DISTINCT o.incident_id), '{}') INTO found FROM dispatch_order o
    WHERE o.station_id = mine AND o.state NOT IN ('handedOver', 'cancelled');
  PERFORM set_config('jianmian.reach', before, true);
  RETURN found;
END $$;

DROP POLICY in_reach ON incident;
CREATE POLICY in_reach ON incident USING (
  (SELECT reaches_all_cases())
  OR station_id = own_station()
  OR (current_setting('jianmian.reach', true) IN ('station', 'member') AND id = ANY ((SELECT own_incidents())::text[]))
  OR (current_setting('jianmian.reach', true) = 'station' AND id = ANY ((SELECT ordered_incidents())::text[])));

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['line_owner', 'trace_request', 'contact', 'sms_message', 'leader_call', 'clock', 'stop_payment',
    'dispatch_order', 'meeting', 'document_private', 'trust_phrase', 'revisit', 'spot_check', 'upward_message', 'day_carried', 'outcome_report'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO jianmian_app', name);
    IF name <> 'document_private' THEN
      EXECUTE format('CREATE POLICY in_reach ON %I USING (reaches_all_cases() OR reaches(incident_id))', name);
    END IF;
  END LOOP;
END $$;
CREATE POLICY in_reach ON document_private USING (sees_vault() AND (reaches_all_cases() OR reaches(incident_id)));

-- By the order and the meeting that they belong to.
CREATE FUNCTION reaches_order(of_order text) RETURNS boolean LANGUAGE plpgsql STABLE COST 2 AS $$
BEGIN
  RETURN EXISTS (SELECT FROM dispatch_order o WHERE o.id = of_order);
END $$;
CREATE FUNCTION reaches_meeting(of_meeting text) RETURNS boolean LANGUAGE plpgsql STABLE COST 2 AS $$
BEGIN
  RETURN EXISTS (SELECT FROM meeting m WHERE m.id = of_meeting);
END $$;
ALTER TABLE order_officer ENABLE ROW LEVEL SECURITY;
ALTER TABLE order_officer FORCE ROW LEVEL SECURITY;
ALTER TABLE meeting_officer ENABLE ROW LEVEL SECURITY;
ALTER TABLE meeting_officer FORCE ROW LEVEL SECURITY;
ALTER TABLE meeting_step ENABLE ROW LEVEL SECURITY;
ALTER TABLE meeting_step FORCE ROW LEVEL SECURITY;
CREATE POLICY in_reach ON order_officer USING (reaches_all_cases() OR reaches_order(order_id));
CREATE POLICY in_reach ON meeting_officer USING (reaches_all_cases() OR reaches_meeting(meeting_id));
CREATE POLICY in_reach ON meeting_step USING (reaches_all_cases() OR reaches_meeting(meeting_id));
GRANT SELECT, INSERT, UPDATE, DELETE ON order_officer, meeting_officer, meeting_step, clock_target, bank_contact TO jianmian_app;
