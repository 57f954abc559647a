-- Statements of the job runner.

-- name: jobs.properties
-- Ids of all properties.
SELECT id FROM property ORDER BY id

-- name: jobs.claim_day
-- Claims a daily job for a day; changes one row for the first who asks, none for the others.
INSERT INTO job_day (property_id, name, day, at) VALUES (:property_id, :name, :day, :now)
ON CONFLICT (property_id, name, day) DO NOTHING

-- name: mail.lost
-- What was being sent when a program ended may have arrived: it is not sent again.
UPDATE notification SET mail_state = 'unknown'
WHERE property_id = :property_id AND mail_state = 'sending' AND mail_next_at < :now

-- name: mail.claim
-- Takes up to :count unread notifications since :since of people with an address, if they are due.
UPDATE notification SET mail_state = 'sending', mail_claim = :claim, mail_next_at = :until
WHERE property_id = :property_id AND (mail_state IS NULL OR mail_state = 'retry')
  AND id IN (SELECT n.id FROM notification n
             JOIN staff s ON s.id = n.staff_id
             WHERE n.property_id = :property_id AND n.created_at >= :since AND n.read_at IS NULL AND s.active = 1 AND s.email IS NOT NULL
               AND (n.mail_state IS NULL OR (n.mail_state = 'retry' AND n.mail_next_at <= :now))
             ORDER BY n.id LIMIT :count)

-- name: mail.claimed
-- What a run took, by person: person, name, address, language, entity, record, text in Chinese and English, tries so far.
SELECT s.id, s.name, s.email, s.lang, n.entity, n.record_id, n.zh, n.en, COALESCE(n.mail_tries, 0)
FROM notification n
JOIN staff s ON s.id = n.staff_id
WHERE n.property_id = :property_id AND n.mail_claim = :claim AND n.mail_state = 'sending'
ORDER BY s.id, n.id

-- name: mail.settle
-- What became of a person's message.
UPDATE notification SET mail_state = :mail_state, mail_tries = :tries, mail_next_at = :next_at
WHERE property_id = :property_id AND staff_id = :staff_id AND mail_claim = :claim AND mail_state = 'sending'
