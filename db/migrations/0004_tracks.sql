-- Where units were, in little space: a quarter of an hour of one unit in a row. Written by the owner alone, from
-- closed days of `position`; a part of the table is a UTC day and goes as a whole when it is old.
CREATE TABLE track_chunk (
  unit_id text NOT NULL,
  -- Beginning of the quarter of an hour.
  window_at timestamptz NOT NULL,
  -- First and last fix.
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  fixes integer NOT NULL CHECK (fixes > 0),
  -- Every fix was ahead of the clock when it came: nothing here may ever be the newest one.
  all_future boolean NOT NULL,
  -- Box around the fixes, degrees times ten million.
  west integer NOT NULL,
  east integer NOT NULL,
  south integer NOT NULL,
  north integer NOT NULL,
  -- server/domain/track/chunk.ts
  body bytea NOT NULL,
  PRIMARY KEY (unit_id, window_at)
) PARTITION BY RANGE (window_at);
-- One hour in a box is answered by the index alone, up to the rows that it finds.
CREATE INDEX track_chunk_window ON track_chunk (window_at, west, east, south, north);
-- Already small; trying to press it again would only cost time.
ALTER TABLE track_chunk ALTER COLUMN body SET STORAGE EXTERNAL;
GRANT SELECT ON track_chunk TO jianmian_app;
