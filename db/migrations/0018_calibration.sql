-- How right the beliefs about closed cases were: numbers alone, worked out while the trace is there, kept when it is gone.
CREATE TABLE calibration_score (
  incident_id text NOT NULL REFERENCES incident,
  -- Of the belief just before she was found, and of those 10 and 20 minutes after the first alert.
  moment text NOT NULL CHECK (moment IN ('found', 'at10', 'at20')),
  inside50 boolean NOT NULL,
  inside80 boolean NOT NULL,
  inside90 boolean NOT NULL,
  inside95 boolean NOT NULL,
  bits double precision NOT NULL,
  -- When the evidence of the case was valued; on the row of 'found' alone.
  valued_at timestamptz,
  PRIMARY KEY (incident_id, moment)
);
CREATE TABLE calibration_evidence (
  incident_id text NOT NULL REFERENCES incident,
  kind text NOT NULL,
  -- Bits that the log score is worse without this kind.
  bits double precision NOT NULL,
  PRIMARY KEY (incident_id, kind)
);
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['calibration_score', 'calibration_evidence'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO jianmian_app', name);
    EXECUTE format('CREATE POLICY by_system ON %I USING (is_system())', name);
  END LOOP;
END $$;
