-- How we know where she lives. Part of the vault: erased with it.
ALTER TABLE subject_private
  ADD COLUMN home_basis text CHECK (home_basis IN ('given', 'address', 'pinned')),
  -- How far off the home may be, when it was read from an address; null: as good as a point.
  ADD COLUMN home_radius_m real CHECK (home_radius_m >= 0),
  ADD COLUMN home_confidence real CHECK (home_confidence BETWEEN 0 AND 1),
  -- Another part of the country that her address names.
  ADD COLUMN home_elsewhere text;
UPDATE subject_private SET home_basis = 'given' WHERE home IS NOT NULL;

-- She lives elsewhere: another bureau meets her. The incident stays open, for she may be here now.
ALTER TABLE incident
  ADD COLUMN handed_over_at timestamptz,
  ADD COLUMN handed_over_to_id text REFERENCES text_private ON DELETE SET NULL,
  ADD COLUMN hand_over_reason_id text REFERENCES text_private ON DELETE SET NULL;
