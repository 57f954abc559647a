-- Statements of domain/billing.

-- name: billing.lease_order
-- The lease's payment order that is not void, if any.
SELECT id, no FROM payment_order
WHERE property_id = :property_id AND lease_id = :lease_id AND state <> 'void'
LIMIT 1

-- name: billing.order_lines
-- Lines of an order: id, name, kind, deposit kind, period, due, net, tax, gross, received, working, item, English name of the item, charge.
SELECT l.id, l.name, l.kind, l.deposit_kind, l.period_from, l.period_to, l.due_on, l.net, l.tax, l.gross, c.paid,
       l.working, l.item_id, i.name_en, l.charge_id
FROM payment_order_line l
JOIN charge c ON c.property_id = l.property_id AND c.id = l.charge_id
LEFT JOIN charge_item i ON i.property_id = l.property_id AND i.id = l.item_id
WHERE l.property_id = :property_id AND l.order_id = :order_id
ORDER BY l.seq

-- name: billing.open_of_order
-- Charges of an order that are not fully settled, deposits first, then by due day: id, kind, deposit kind, open amount, lease.
SELECT c.id, c.kind, c.deposit_kind, c.gross - c.paid, c.lease_id
FROM payment_order_line l
JOIN charge c ON c.property_id = l.property_id AND c.id = l.charge_id
WHERE l.property_id = :property_id AND l.order_id = :order_id AND c.state IN ('open', 'part_paid') AND c.gross > 0
ORDER BY CASE WHEN c.kind = 'deposit' THEN 0 ELSE 1 END, c.due_on, l.seq

-- name: billing.open_of_merchant
-- Charges of a merchant that are not fully settled, those of a lease first, then the oldest due: id, kind, deposit kind, open amount, lease.
SELECT c.id, c.kind, c.deposit_kind, c.gross - c.paid, c.lease_id
FROM charge c
WHERE c.property_id = :property_id AND c.merchant_id = :merchant_id AND c.closed_on > :today AND c.gross > 0
  AND c.gross > c.paid
ORDER BY CASE WHEN c.lease_id = :lease_id THEN 0 ELSE 1 END, c.due_on, c.id

-- name: billing.charge_settle
-- Adds to what settled a charge; nothing happens if that would be more than it is, or less than nothing.
UPDATE charge
SET paid = paid + :amount, version = version + 1, updated_at = :now, updated_by = :me,
    state = CASE WHEN paid + :amount = gross THEN 'paid' WHEN paid + :amount = 0 THEN 'open' ELSE 'part_paid' END,
    closed_on = CASE WHEN paid + :amount = gross THEN :today ELSE COALESCE(:never, closed_on) END
WHERE property_id = :property_id AND id = :id AND state <> 'void'
  AND ((gross >= 0 AND paid + :amount BETWEEN 0 AND gross) OR (gross < 0 AND paid + :amount BETWEEN gross AND 0))

-- name: billing.orders_follow
-- Orders that hold a charge take over what their charges have received.
UPDATE payment_order
SET received = s.paid, updated_at = :now,
    state = CASE WHEN s.paid >= payment_order.total THEN 'received' WHEN s.paid = 0 THEN 'issued' ELSE 'part_received' END
FROM (SELECT l.order_id, CAST(SUM(c.paid) AS BIGINT) AS paid
      FROM payment_order_line l
      JOIN charge c ON c.property_id = l.property_id AND c.id = l.charge_id
      WHERE l.property_id = :property_id
        AND l.order_id IN (SELECT x.order_id FROM payment_order_line x WHERE x.property_id = :property_id AND x.charge_id = :charge_id)
      GROUP BY l.order_id) s
WHERE payment_order.property_id = :property_id AND payment_order.id = s.order_id AND payment_order.state <> 'void'

-- name: billing.items
-- Charge items: id, code, name, ledger account, kind.
SELECT id, code, name, account, kind FROM charge_item WHERE property_id = :property_id

-- name: billing.charge_allocations
-- What settled a charge, oldest first: id, kind, receipt id, receipt no, amount, value day, posted.
SELECT a.id, a.kind, a.receipt_id, r.no, a.amount, a.value_on, a.posted_on
FROM allocation a
LEFT JOIN receipt r ON r.property_id = a.property_id AND r.id = a.receipt_id
WHERE a.property_id = :property_id AND a.charge_id = :charge_id
ORDER BY a.id

-- name: billing.charge_void
-- A charge that nothing has settled yet is void from today.
UPDATE charge
SET state = 'void', closed_on = :today, live_key = NULL, void_reason = :reason, version = version + 1, updated_at = :now, updated_by = :me
WHERE property_id = :property_id AND id = :id AND state = 'open' AND paid = 0

-- name: billing.charges_of_source
-- Charges that a record gave rise to and that are not void.
SELECT id FROM charge
WHERE property_id = :property_id AND source_id = :source_id AND source_entity = :source_entity AND state <> 'void'
ORDER BY id

-- name: billing.pending
-- What registered receipts of an order still wait for confirmation.
SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM receipt
WHERE property_id = :property_id AND order_id = :order_id AND state = 'registered' AND id <> :except_id

-- name: billing.order_receipts
-- Receipts of an order, newest first: id, no, day, way, amount, state, reference, cashier.
SELECT r.id, r.no, r.received_on, r.way, r.amount, r.state, r.reference, s.name
FROM receipt r
LEFT JOIN staff s ON s.id = r.cashier_id
WHERE r.property_id = :property_id AND r.order_id = :order_id
ORDER BY r.id DESC

-- name: billing.deposit_balance
-- Deposits held for a lease by kind: kind, balance.
SELECT kind, CAST(SUM(amount) AS BIGINT) FROM deposit_entry
WHERE property_id = :property_id AND lease_id = :lease_id
GROUP BY kind
ORDER BY kind

-- name: billing.payment_order_lock
-- Holds the order's row until the end of the transaction.
SELECT id FROM payment_order WHERE property_id = :property_id AND id = :id {{FOR_UPDATE}}

-- name: billing.order_complete
-- A complete payment order that holds a charge.
SELECT o.id
FROM payment_order_line l
JOIN payment_order o ON o.property_id = l.property_id AND o.id = l.order_id
WHERE l.property_id = :property_id AND l.charge_id = :charge_id AND o.state = 'received'

-- name: billing.merchant_lock
-- Holds the merchant's row until the end of the transaction.
SELECT id FROM merchant WHERE property_id = :property_id AND id = :id {{FOR_UPDATE}}
