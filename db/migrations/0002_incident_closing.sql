-- Where the subject was met and what was noted at closing. The place and the position tell of a person: erased with the vault.
ALTER TABLE incident ADD COLUMN found_place_id text;
ALTER TABLE incident ADD COLUMN found_at geometry(Point, 4326);
ALTER TABLE incident ADD COLUMN close_note_id text REFERENCES text_private ON DELETE SET NULL;
