-- Statements of the job runner.

-- name: jobs.properties
-- Ids of all properties.
SELECT id FROM property ORDER BY id

-- name: jobs.claim_day
-- Claims a daily job for a day; changes one row for the first who asks, none for the others.
INSERT INTO job_day (property_id, name, day, at) VALUES (:property_id, :name, :day, :now)
ON CONFLICT (property_id, name, day) DO NOTHING
