-- Statements of domain/billing.

-- name: billing.lease_order
-- The lease's payment order that is not void, if any.
SELECT id, no FROM payment_order
WHERE property_id = :property_id AND lease_id = :lease_id AND state <> 'void'
LIMIT 1

-- name: billing.order_lines
-- Lines of an order: id, name, kind, deposit kind, period, due, net, tax, gross, received, working, item, English name of the item.
SELECT l.id, l.name, l.kind, l.deposit_kind, l.period_from, l.period_to, l.due_on, l.net, l.tax, l.gross, l.received,
       l.working, l.item_id, i.name_en
FROM payment_order_line l
LEFT JOIN charge_item i ON i.property_id = l.property_id AND i.id = l.item_id
WHERE l.property_id = :property_id AND l.order_id = :order_id
ORDER BY l.seq

-- name: billing.open_lines
-- Lines of an order that are not fully paid, deposits first, then by due day: id, kind, deposit kind, open amount.
SELECT l.id, l.kind, l.deposit_kind, l.gross - l.received
FROM payment_order_line l
WHERE l.property_id = :property_id AND l.order_id = :order_id AND l.received < l.gross
ORDER BY CASE WHEN l.kind = 'deposit' THEN 0 ELSE 1 END, l.due_on, l.seq

-- name: billing.pay_line
-- Adds to what a line has received; nothing happens if that would be more than it is.
UPDATE payment_order_line SET received = received + :amount
WHERE property_id = :property_id AND id = :id AND received + :amount <= gross

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

-- name: billing.order_lock
-- Holds the order's row until the end of the transaction.
SELECT id FROM payment_order WHERE property_id = :property_id AND id = :id {{FOR_UPDATE}}
