-- Statements of the HTTP API.

-- name: api.probe
-- A write that proves that writes work.
INSERT INTO job_day (property_id, name, day, at) VALUES (0, 'probe', 0, :at)
ON CONFLICT (property_id, name, day) DO UPDATE SET at = excluded.at
