-- Statements of domain/collection.

-- name: collection.payments
-- What settled charges that are due: charge, value day, amount. :lease_id 0: of all leases.
SELECT a.charge_id, a.value_on, a.amount
FROM charge c
JOIN allocation a ON a.property_id = c.property_id AND a.charge_id = c.id
WHERE c.property_id = :property_id AND c.closed_on > :since AND c.due_on <= :until
  AND (c.lease_id = :lease_id OR CAST(:lease_id AS BIGINT) = 0)

-- name: collection.fees_billed
-- Late fees billed on charges that are due: charge, sum, last day covered.
SELECT c.id, CAST(SUM(f.gross) AS BIGINT), MAX(f.period_to)
FROM charge c
JOIN charge f ON f.property_id = c.property_id AND f.source_id = c.id AND f.source_entity = 'charge' AND f.kind = 'late_fee' AND f.state <> 'void'
WHERE c.property_id = :property_id AND c.closed_on > :since AND c.due_on <= :until
  AND (c.lease_id = :lease_id OR CAST(:lease_id AS BIGINT) = 0)
GROUP BY c.id

-- name: collection.clauses
-- Clauses of charges that are due: term, clause.
SELECT t.id, t.clause
FROM charge_term t
WHERE t.property_id = :property_id
  AND t.id IN (SELECT c.term_id FROM charge c
               WHERE c.property_id = :property_id AND c.closed_on > :since AND c.due_on <= :until
                 AND (c.lease_id = :lease_id OR CAST(:lease_id AS BIGINT) = 0))

-- name: collection.lock
-- Holds late fee runs of the property until the end of the transaction.
SELECT id FROM property WHERE id = :property_id {{FOR_UPDATE}}

-- name: collection.collectors
-- Who looks after which unit on :day: unit, person, name.
SELECT z.unit_id, z.staff_id, s.name
FROM zone_unit z
JOIN staff s ON s.id = z.staff_id
WHERE z.property_id = :property_id AND z.from_on <= :day AND (z.to_on IS NULL OR z.to_on >= :day)
ORDER BY z.id

-- name: collection.stages
-- The ladder: id, kind, name, English name, order, days overdue, days to pay, roles that may send.
SELECT id, kind, name, name_en, seq, from_days, deadline_days, senders
FROM dunning_stage
WHERE property_id = :property_id AND active = 1
ORDER BY seq, id

-- name: collection.ladders
-- Letters that stand, oldest first: drafts, and sent ones of which something is still open: id, no, kind, merchant, lease, state, order of the
-- stage, deadline, delivered on. :lease_id and :merchant_id 0: of everybody.
SELECT n.id, n.no, n.kind, n.merchant_id, n.lease_id, n.state, s.seq, n.deadline_on, n.delivered_on
FROM dunning_notice n
JOIN dunning_stage s ON s.property_id = n.property_id AND s.id = n.stage_id
WHERE n.property_id = :property_id AND n.state IN ('draft', 'sent', 'delivered')
  AND (n.lease_id = :lease_id OR CAST(:lease_id AS BIGINT) = 0) AND (n.merchant_id = :merchant_id OR CAST(:merchant_id AS BIGINT) = 0)
  AND (n.state = 'draft'
       OR EXISTS (SELECT 1 FROM dunning_line l
                  JOIN charge c ON c.property_id = l.property_id AND c.id = l.charge_id
                  WHERE l.property_id = n.property_id AND l.notice_id = n.id AND c.closed_on > :today))
ORDER BY n.id

-- name: collection.settled_notices
-- Letters that went out and of which nothing is open any more.
SELECT n.id
FROM dunning_notice n
WHERE n.property_id = :property_id AND n.state IN ('sent', 'delivered')
  AND NOT EXISTS (SELECT 1 FROM dunning_line l
                  JOIN charge c ON c.property_id = l.property_id AND c.id = l.charge_id
                  WHERE l.property_id = n.property_id AND l.notice_id = n.id AND c.closed_on > :today)
ORDER BY n.id

-- name: collection.notice_lines
-- Lines of a letter: charge, name, period, due, days, open, late fee, working.
SELECT charge_id, name, period_from, period_to, due_on, days, open, late_fee, working
FROM dunning_line
WHERE property_id = :property_id AND notice_id = :notice_id
ORDER BY seq

-- name: collection.attached
-- One row if a file is attached to a letter.
SELECT 1 FROM file WHERE property_id = :property_id AND entity = 'dunning_notice' AND record_id = :notice_id LIMIT 1

-- name: collection.has_role
-- One row if a person has one of the roles, their codes being separated by blanks.
SELECT 1
FROM staff_role x
JOIN role r ON r.id = x.role_id
WHERE x.property_id = :property_id AND x.staff_id = :me AND ' ' || CAST(:roles AS TEXT) || ' ' LIKE '% ' || r.code || ' %'
LIMIT 1

-- name: collection.role_known
-- One row if there is a role of that code.
SELECT 1 FROM role WHERE code = :code LIMIT 1

-- name: collection.promises
-- Promises of recent time, oldest first: id, merchant, lease, amount, day, state, paid.
SELECT id, merchant_id, lease_id, amount, promised_on, state, paid
FROM promise
WHERE property_id = :property_id AND promised_on >= :since AND state <> 'withdrawn'
ORDER BY id

-- name: collection.promise_open
-- One row if a promise of the lease, or of the merchant without a lease, still runs.
SELECT id FROM promise
WHERE property_id = :property_id AND merchant_id = :merchant_id AND COALESCE(lease_id, 0) = :lease_id AND state = 'open'
LIMIT 1

-- name: collection.promises_to_judge
-- Promises that run, and those not kept of recent time: money with an earlier value day may still come to light: id, amount, day, paid until then.
SELECT p.id,
  (SELECT CAST(COALESCE(SUM(a.amount), 0) AS BIGINT)
   FROM charge c
   JOIN allocation a ON a.property_id = c.property_id AND a.charge_id = c.id
   WHERE c.property_id = p.property_id AND c.merchant_id = p.merchant_id AND (c.lease_id = p.lease_id OR p.lease_id IS NULL)
     AND c.closed_on >= p.made_on AND c.due_on <= p.promised_on
     AND a.kind = 'receipt' AND a.value_on BETWEEN p.made_on AND p.promised_on)
FROM promise p
WHERE p.property_id = :property_id AND (p.state = 'open' OR (p.state IN ('broken', 'part') AND p.promised_on >= :since))
ORDER BY p.id

-- name: collection.paid_on
-- What was paid on charges of a lease (0: of the merchant) with that value day.
SELECT CAST(COALESCE(SUM(a.amount), 0) AS BIGINT)
FROM charge c
JOIN allocation a ON a.property_id = c.property_id AND a.charge_id = c.id
WHERE c.property_id = :property_id AND c.merchant_id = :merchant_id AND (c.lease_id = :lease_id OR CAST(:lease_id AS BIGINT) = 0)
  AND c.closed_on >= :day AND a.kind = 'receipt' AND a.value_on = :day

-- name: collection.last_notes
-- The latest note of each merchant and lease since :since: merchant, lease, at, way, content, person, next contact.
SELECT n.merchant_id, n.lease_id, n.at, n.way, n.content, s.name, n.next_on
FROM collection_note n
LEFT JOIN staff s ON s.id = n.staff_id
WHERE n.property_id = :property_id
  AND n.id IN (SELECT MAX(x.id) FROM collection_note x
               WHERE x.property_id = :property_id AND x.at >= :since
               GROUP BY x.merchant_id, x.lease_id)

-- name: collection.to_remind
-- Charges that fall due from :today to :soon, whose collector has not heard of them: charge, merchant, name, due, open, collector.
SELECT c.id, c.merchant_id, m.name, c.due_on, c.gross - c.paid, z.staff_id
FROM charge c
JOIN merchant m ON m.property_id = c.property_id AND m.id = c.merchant_id
JOIN zone_unit z ON z.property_id = c.property_id AND z.unit_id = c.unit_id AND z.from_on <= :today AND (z.to_on IS NULL OR z.to_on >= :today)
LEFT JOIN due_reminder r ON r.property_id = c.property_id AND r.charge_id = c.id
WHERE c.property_id = :property_id AND c.closed_on > :today AND c.due_on BETWEEN :today AND :soon
  AND c.gross > c.paid AND c.gross > 0 AND r.id IS NULL
ORDER BY c.merchant_id, z.staff_id, c.due_on, c.id
LIMIT :count

-- name: collection.timeline
-- What was done about money owed, newest first: time, kind, entity, record, word, text, person, amount, day.
SELECT n.at AS at, 'note' AS kind, 'collection_note' AS entity, n.id AS id, n.way AS word, n.content AS body, s.name AS person,
  CAST(NULL AS BIGINT) AS amount, n.next_on AS on_day
FROM collection_note n LEFT JOIN staff s ON s.id = n.staff_id
WHERE n.property_id = :property_id AND n.merchant_id = :merchant_id AND (n.lease_id = :lease_id OR CAST(:lease_id AS BIGINT) = 0)
UNION ALL
SELECT p.created_at, 'promise', 'promise', p.id, p.state, p.made_by, s.name, p.amount, p.promised_on
FROM promise p LEFT JOIN staff s ON s.id = p.staff_id
WHERE p.property_id = :property_id AND p.merchant_id = :merchant_id AND (p.lease_id = :lease_id OR CAST(:lease_id AS BIGINT) = 0)
UNION ALL
SELECT h.at, 'letter', 'dunning_notice', d.id, h.action, d.no, s.name, d.total, d.deadline_on
FROM dunning_notice d
JOIN history h ON h.property_id = d.property_id AND h.entity = 'dunning_notice' AND h.record_id = d.id
LEFT JOIN staff s ON s.id = h.by_id
WHERE d.property_id = :property_id AND d.merchant_id = :merchant_id AND (d.lease_id = :lease_id OR CAST(:lease_id AS BIGINT) = 0)
UNION ALL
SELECT MAX(r.created_at), 'reminder', 'due_reminder', MAX(r.id), CAST(NULL AS TEXT), MAX(c.name), MAX(s.name),
  CAST(SUM(c.gross) AS BIGINT), c.due_on
FROM due_reminder r
JOIN charge c ON c.property_id = r.property_id AND c.id = r.charge_id
LEFT JOIN staff s ON s.id = r.staff_id
WHERE r.property_id = :property_id AND r.merchant_id = :merchant_id AND (c.lease_id = :lease_id OR CAST(:lease_id AS BIGINT) = 0)
GROUP BY r.reminded_on, c.due_on
UNION ALL
SELECT MAX(a.created_at), 'payment', 'receipt', r.id, r.way, r.no, MAX(s.name), CAST(SUM(a.amount) AS BIGINT), a.value_on
FROM receipt r
JOIN allocation a ON a.property_id = r.property_id AND a.receipt_id = r.id
JOIN charge c ON c.property_id = a.property_id AND c.id = a.charge_id
LEFT JOIN staff s ON s.id = r.confirmed_by
WHERE r.property_id = :property_id AND r.merchant_id = :merchant_id AND (c.lease_id = :lease_id OR CAST(:lease_id AS BIGINT) = 0)
GROUP BY r.id, r.way, r.no, a.value_on
ORDER BY 1 DESC, 4 DESC
LIMIT 200
