-- What each group of reference tables holds, so that another version of the region rewrites only what differs.
ALTER TABLE region ADD COLUMN digests jsonb NOT NULL DEFAULT '{}';

-- Since when a camera is known to be down; null while it works.
ALTER TABLE camera ADD COLUMN down_since timestamptz;
ALTER TABLE camera ADD CONSTRAINT camera_down CHECK (working = (down_since IS NULL));
