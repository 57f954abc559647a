-- Statements of domain/moveout.

-- name: moveout.open
-- Charges of a lease that are not settled, but deposits: id, name, from, to, due, gross, paid.
SELECT id, name, period_from, period_to, due_on, gross, paid
FROM charge
WHERE property_id = :property_id AND lease_id = :lease_id AND state IN ('open', 'part_paid') AND kind <> 'deposit'
ORDER BY due_on, id

-- name: moveout.billed
-- Charges of a lease's terms that count: term, kind, from, to, tax rate, net, tax, gross.
SELECT term_id, kind, period_from, period_to, tax_rate, net, tax, gross
FROM charge
WHERE property_id = :property_id AND lease_id = :lease_id AND state <> 'void' AND term_id IS NOT NULL
ORDER BY period_from, id

-- name: moveout.principals
-- Charges of a lease's terms that were due before a day, with each of their allocations: id, term, gross, due, name, late fees billed, day, amount.
SELECT c.id, c.term_id, c.gross, c.due_on, c.name,
       (SELECT CAST(COALESCE(SUM(f.gross), 0) AS BIGINT) FROM charge f
        WHERE f.property_id = c.property_id AND f.source_id = c.id AND f.source_entity = 'charge' AND f.kind = 'late_fee' AND f.state <> 'void'),
       a.value_on, a.amount
FROM charge c
LEFT JOIN allocation a ON a.property_id = c.property_id AND a.charge_id = c.id
WHERE c.property_id = :property_id AND c.lease_id = :lease_id AND c.state <> 'void' AND c.term_id IS NOT NULL AND c.gross > 0 AND c.due_on < :day
ORDER BY c.due_on, c.id, a.value_on, a.id

-- name: moveout.deposits
-- Deposits held for a lease by kind: kind, held.
SELECT kind, CAST(SUM(amount) AS BIGINT)
FROM deposit_entry
WHERE property_id = :property_id AND lease_id = :lease_id
GROUP BY kind
HAVING SUM(amount) > 0
ORDER BY CASE kind WHEN 'performance' THEN 0 WHEN 'rent' THEN 1 ELSE 2 END, kind

-- name: moveout.unread
-- A meter in use of the lease's units whose last reading is before a day.
SELECT m.no
FROM lease_unit x
JOIN meter m ON m.property_id = x.property_id AND m.unit_id = x.unit_id
WHERE x.property_id = :property_id AND x.lease_id = :lease_id AND m.state = 'in_use' AND (m.last_on IS NULL OR m.last_on < :end_on)
LIMIT 1

-- name: moveout.items
-- Points of the inspection: id, part, result, note, amount, clause, voucher, who.
SELECT i.id, i.part, i.result, i.note, i.amount, i.clause, i.voucher, s.name
FROM move_out_item i
LEFT JOIN staff s ON s.id = i.inspector_id
WHERE i.property_id = :property_id AND i.move_out_id = :move_out_id
ORDER BY i.seq, i.id

-- name: moveout.readings
-- The last reading of each meter of the lease's units: meter, kind, unit, day, reading, use, kind of reading, state.
SELECT m.no, m.kind, u.no, r.read_on, r.reading, r.used, r.kind, r.state, m.id, r.id
FROM lease_unit x
JOIN meter m ON m.property_id = x.property_id AND m.unit_id = x.unit_id
JOIN unit u ON u.property_id = x.property_id AND u.id = x.unit_id
LEFT JOIN meter_reading r ON r.property_id = m.property_id AND r.meter_id = m.id AND r.state <> 'void' AND r.read_on = m.last_on
WHERE x.property_id = :property_id AND x.lease_id = :lease_id AND (m.state = 'in_use' OR m.removed_on >= x.from_on)
ORDER BY u.no, m.no, r.id

-- name: moveout.untouched_deposits
-- Deposit charges of a lease that nobody paid.
SELECT id FROM charge
WHERE property_id = :property_id AND lease_id = :lease_id AND kind = 'deposit' AND state = 'open' AND paid = 0

-- name: moveout.rest
-- What is between the two sides of a lease: open charges, charges owed to the merchant, deposits held.
SELECT (SELECT CAST(COALESCE(SUM(gross - paid), 0) AS BIGINT) FROM charge
        WHERE property_id = :property_id AND lease_id = :lease_id AND state IN ('open', 'part_paid') AND kind <> 'deposit' AND gross > 0),
       (SELECT CAST(COALESCE(SUM(paid - gross), 0) AS BIGINT) FROM charge
        WHERE property_id = :property_id AND lease_id = :lease_id AND state IN ('open', 'part_paid') AND kind <> 'deposit' AND gross < 0),
       (SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM deposit_entry
        WHERE property_id = :property_id AND lease_id = :lease_id)
FROM property WHERE id = :property_id

-- name: moveout.lease_units
-- Units of a lease that it holds after a day.
SELECT id FROM lease_unit WHERE property_id = :property_id AND lease_id = :lease_id AND to_on <> :end_on
