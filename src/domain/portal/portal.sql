-- Statements of domain/portal. Each asks for the reader's scope; a merchant reaches its own rows, whatever :merchant_id says.

-- name: portal.open_at
-- What was open of a merchant at the end of a day.
SELECT CAST(COALESCE(SUM(c.gross - COALESCE(s.settled, 0)), 0) AS BIGINT)
FROM charge c
LEFT JOIN (SELECT a.charge_id, SUM(a.amount) AS settled
           FROM allocation a
           JOIN charge x ON x.property_id = a.property_id AND x.id = a.charge_id
           WHERE x.property_id = :property_id AND x.merchant_id = :merchant_id AND a.posted_on <= :day
           GROUP BY a.charge_id) s ON s.charge_id = c.id
WHERE {{SCOPE charge c}} AND c.merchant_id = :merchant_id AND c.posted_on <= :day AND c.closed_on > :day

-- name: portal.credit_at
-- What was left of a merchant's payments at the end of a day, as the books say it.
SELECT CAST(COALESCE(-SUM(e.amount), 0) AS BIGINT)
FROM entry e
JOIN account a ON a.property_id = e.property_id AND a.id = e.account_id
JOIN receipt r ON r.property_id = e.property_id AND r.id = e.receipt_id
WHERE {{SCOPE receipt r}} AND r.merchant_id = :merchant_id AND a.code = :account AND e.posted_on <= :day

-- name: portal.lines
-- Lines of the account in a period: day, rank, id, kind, name, unit, period, due, amount, receipt, deposit kind; rank 1 charge, 2 settlement, 3 voiding.
SELECT c.posted_on AS happened_on, 1 AS rank, c.id AS id, c.kind AS kind,
       CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(i.name_en, c.name) ELSE c.name END AS name,
       u.no AS unit_no, c.period_from AS period_from, c.period_to AS period_to, c.due_on AS due_on, c.gross AS amount, CAST(NULL AS TEXT) AS no,
       c.deposit_kind AS deposit_kind
FROM charge c
LEFT JOIN charge_item i ON i.property_id = c.property_id AND i.id = c.item_id
LEFT JOIN unit u ON u.property_id = c.property_id AND u.id = c.unit_id
WHERE {{SCOPE charge c}} AND c.merchant_id = :merchant_id AND c.posted_on BETWEEN :from AND :to
UNION ALL
SELECT a.posted_on, 2, a.id, a.kind, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(i.name_en, c.name) ELSE c.name END,
       u.no, c.period_from, c.period_to, c.due_on, -a.amount, r.no, c.deposit_kind
FROM charge c
JOIN allocation a ON a.property_id = c.property_id AND a.charge_id = c.id
LEFT JOIN receipt r ON r.property_id = a.property_id AND r.id = a.receipt_id
LEFT JOIN charge_item i ON i.property_id = c.property_id AND i.id = c.item_id
LEFT JOIN unit u ON u.property_id = c.property_id AND u.id = c.unit_id
WHERE {{SCOPE charge c}} AND c.merchant_id = :merchant_id AND a.posted_on BETWEEN :from AND :to
UNION ALL
SELECT c.closed_on, 3, c.id, c.kind, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(i.name_en, c.name) ELSE c.name END,
       u.no, c.period_from, c.period_to, c.due_on, -c.gross, CAST(NULL AS TEXT), c.deposit_kind
FROM charge c
LEFT JOIN charge_item i ON i.property_id = c.property_id AND i.id = c.item_id
LEFT JOIN unit u ON u.property_id = c.property_id AND u.id = c.unit_id
WHERE {{SCOPE charge c}} AND c.merchant_id = :merchant_id AND c.state = 'void' AND c.closed_on BETWEEN :from AND :to
ORDER BY happened_on, rank, due_on, id

-- name: portal.receipts
-- Payments received in a period, newest first: id, no, day, way, amount, credit, state, order.
SELECT r.id, r.no, r.received_on, r.way, r.amount, r.credit, r.state, o.no
FROM receipt r
LEFT JOIN payment_order o ON o.property_id = r.property_id AND o.id = r.order_id
WHERE {{SCOPE receipt r}} AND r.merchant_id = :merchant_id AND r.state <> 'refused' AND r.received_on BETWEEN :from AND :to
ORDER BY r.received_on DESC, r.id DESC

-- name: portal.deposits_held
-- Deposits by kind: kind, held before a period, held at its end.
SELECT d.kind, CAST(COALESCE(SUM(CASE WHEN d.posted_on < :from THEN d.amount END), 0) AS BIGINT), CAST(SUM(d.amount) AS BIGINT)
FROM deposit_entry d
WHERE {{SCOPE deposit_entry d}} AND d.merchant_id = :merchant_id AND d.posted_on <= :to
GROUP BY d.kind
ORDER BY d.kind

-- name: portal.deposit_entries
-- Movements of deposits in a period: id, day, kind, event, amount, lease, receipt.
SELECT d.id, d.posted_on, d.kind, d.event, d.amount, l.no, r.no
FROM deposit_entry d
LEFT JOIN lease l ON l.property_id = d.property_id AND l.id = d.lease_id
LEFT JOIN receipt r ON r.property_id = d.property_id AND r.id = d.receipt_id
WHERE {{SCOPE deposit_entry d}} AND d.merchant_id = :merchant_id AND d.posted_on BETWEEN :from AND :to
ORDER BY d.posted_on, d.id

-- name: portal.statement_merchants
-- Merchants that owed something or had movements in a period, by name.
SELECT m.id
FROM merchant m
WHERE m.property_id = :property_id
  AND m.id IN (SELECT c.merchant_id FROM charge c WHERE {{SCOPE charge c}} AND c.posted_on <= :to AND c.closed_on >= :from)
ORDER BY m.name, m.id

-- name: portal.due
-- What is open: id, kind, name, unit, period, due, gross, paid, state, deposit kind.
SELECT c.id, c.kind, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(i.name_en, c.name) ELSE c.name END, u.no, c.period_from, c.period_to,
       c.due_on, c.gross, c.paid, c.state, c.deposit_kind
FROM charge c
LEFT JOIN charge_item i ON i.property_id = c.property_id AND i.id = c.item_id
LEFT JOIN unit u ON u.property_id = c.property_id AND u.id = c.unit_id
WHERE {{SCOPE charge c}} AND c.merchant_id = :merchant_id AND c.closed_on = :never
ORDER BY c.due_on, c.id

-- name: portal.charges
-- Charges that fell due in a period, newest first; columns as in portal.due.
SELECT c.id, c.kind, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(i.name_en, c.name) ELSE c.name END, u.no, c.period_from, c.period_to,
       c.due_on, c.gross, c.paid, c.state, c.deposit_kind
FROM charge c
LEFT JOIN charge_item i ON i.property_id = c.property_id AND i.id = c.item_id
LEFT JOIN unit u ON u.property_id = c.property_id AND u.id = c.unit_id
WHERE {{SCOPE charge c}} AND c.merchant_id = :merchant_id AND c.state <> 'void' AND c.due_on BETWEEN :from AND :to
ORDER BY c.due_on DESC, c.id DESC

-- name: portal.orders
-- Payment orders that are not paid: id, no, due, total, received.
SELECT o.id, o.no, o.due_on, o.total, o.received
FROM payment_order o
WHERE {{SCOPE payment_order o}} AND o.merchant_id = :merchant_id AND o.state IN ('issued', 'part_received')
ORDER BY o.due_on, o.id

-- name: portal.leases
-- Leases that bind the merchant: id, no, units, term, state.
SELECT l.id, l.no, l.unit_nos, l.from_on, l.to_on, l.state
FROM lease l
WHERE {{SCOPE lease l}} AND l.merchant_id = :merchant_id AND l.state IN ('approved', 'sealed', 'effective', 'expiring', 'expired')
ORDER BY l.to_on DESC, l.id
