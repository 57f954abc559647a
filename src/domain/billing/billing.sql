-- Statements of domain/billing.

-- name: billing.lease_order
-- The lease's first payment order that is not void, if any.
SELECT id, no FROM payment_order
WHERE property_id = :property_id AND lease_id = :lease_id AND kind = 'first' AND state <> 'void'
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
-- Charges of an order that are not fully settled, deposits first, then by due day: id, kind, deposit kind, open amount, lease, intent.
SELECT c.id, c.kind, c.deposit_kind, c.gross - c.paid, c.lease_id, o.intent_id
FROM payment_order_line l
JOIN payment_order o ON o.property_id = l.property_id AND o.id = l.order_id
JOIN charge c ON c.property_id = l.property_id AND c.id = l.charge_id
WHERE l.property_id = :property_id AND l.order_id = :order_id AND c.state IN ('open', 'part_paid') AND c.gross > 0
ORDER BY CASE WHEN c.kind = 'deposit' THEN 0 ELSE 1 END, c.due_on, l.seq

-- name: billing.open_of_merchant
-- Charges of a merchant that are not fully settled, those of a lease first, then the oldest due: id, kind, deposit kind, open amount, lease, intent.
SELECT c.id, c.kind, c.deposit_kind, c.gross - c.paid, c.lease_id, o.intent_id
FROM charge c
LEFT JOIN payment_order o ON c.source_entity = 'payment_order' AND o.property_id = c.property_id AND o.id = c.source_id
WHERE c.property_id = :property_id AND c.merchant_id = :merchant_id AND c.closed_on = :never AND c.gross > 0
ORDER BY CASE WHEN c.lease_id = :lease_id THEN 0 ELSE 1 END, c.due_on, c.id

-- name: billing.credits_of_merchant
-- Charges below nothing that were not set off yet, oldest first: id, kind, deposit kind, amount left as a positive sum, lease, no intent.
SELECT c.id, c.kind, c.deposit_kind, c.paid - c.gross, c.lease_id, CAST(NULL AS BIGINT)
FROM charge c
WHERE c.property_id = :property_id AND c.merchant_id = :merchant_id AND c.closed_on = :never AND c.gross < 0
ORDER BY c.due_on, c.id

-- name: billing.receipt_allocations
-- What a receipt paid and was not taken back: allocation, charge, kind of charge, deposit kind, amount, lease, intent.
SELECT a.id, c.id, c.kind, c.deposit_kind, a.amount, c.lease_id, o.intent_id
FROM allocation a
JOIN charge c ON c.property_id = a.property_id AND c.id = a.charge_id
LEFT JOIN payment_order o ON c.source_entity = 'payment_order' AND o.property_id = c.property_id AND o.id = c.source_id
WHERE a.property_id = :property_id AND a.receipt_id = :receipt_id AND a.amount > 0
  AND NOT EXISTS (SELECT 1 FROM allocation b WHERE b.property_id = a.property_id AND b.receipt_id = :receipt_id AND b.reverses_id = a.id)
ORDER BY a.id

-- name: billing.receipt_journal
-- The journal that posted a receipt.
SELECT id FROM journal
WHERE property_id = :property_id AND source_entity = 'receipt' AND source_id = :receipt_id AND event = 'receipt'
ORDER BY id LIMIT 1

-- name: billing.leases_of_receipt
-- Leases in force whose first payment order is no longer complete without the receipt: lease, number.
SELECT DISTINCT e.id, e.no
FROM allocation a
JOIN payment_order_line l ON l.property_id = a.property_id AND l.charge_id = a.charge_id
JOIN payment_order o ON o.property_id = l.property_id AND o.id = l.order_id
JOIN lease e ON e.property_id = o.property_id AND e.id = o.lease_id
WHERE a.property_id = :property_id AND a.receipt_id = :receipt_id AND o.kind = 'first' AND o.state NOT IN ('received', 'void')
  AND e.state IN ('effective', 'expiring')

-- name: billing.receipt_paid
-- What a receipt paid: charge, name, period from, to, due, amount, taken back, unit.
SELECT c.id, c.name, c.period_from, c.period_to, c.due_on, a.amount, a.reverses_id, u.no
FROM allocation a
JOIN charge c ON c.property_id = a.property_id AND c.id = a.charge_id
LEFT JOIN unit u ON u.property_id = c.property_id AND u.id = c.unit_id
WHERE a.property_id = :property_id AND a.receipt_id = :receipt_id
ORDER BY a.id

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
-- A charge that nothing has settled yet and no invoice is about is void from today.
UPDATE charge
SET state = 'void', closed_on = :today, live_key = NULL, void_reason = :reason, version = version + 1, updated_at = :now, updated_by = :me
WHERE property_id = :property_id AND id = :id AND state = 'open' AND paid = 0
  AND COALESCE((SELECT SUM(t.gross) FROM tax_invoice_line t WHERE t.property_id = :property_id AND t.charge_id = :id), 0) = 0

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

-- name: billing.orders_of_charge
-- Orders in which money has come in that hold a charge: kind, state, lease, lead of the intent.
SELECT o.kind, o.state, o.lease_id, i.lead_id
FROM payment_order_line l
JOIN payment_order o ON o.property_id = l.property_id AND o.id = l.order_id
LEFT JOIN intent i ON i.property_id = o.property_id AND i.id = o.intent_id
WHERE l.property_id = :property_id AND l.charge_id = :charge_id AND o.state IN ('part_received', 'received') AND o.kind IN ('first', 'intent')

-- name: billing.merchant_lock
-- Holds the merchant's row until the end of the transaction.
SELECT id FROM merchant WHERE property_id = :property_id AND id = :id {{FOR_UPDATE}}

-- name: billing.deposit_held
-- What is held of one kind for a lease, an intent or the merchant alone.
SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM deposit_entry
WHERE property_id = :property_id AND merchant_id = :merchant_id AND kind = :kind
  AND COALESCE(lease_id, 0) = :lease_id AND COALESCE(intent_id, 0) = :intent_id

-- name: billing.waivable
-- Open charges of a merchant: id, gross, tax, waived before, item, income account.
SELECT c.id, c.gross, c.tax,
       (SELECT CAST(COALESCE(SUM(a.amount), 0) AS BIGINT) FROM allocation a
        WHERE a.property_id = c.property_id AND a.charge_id = c.id AND a.kind = 'waiver'),
       c.item_id, i.account
FROM charge c
LEFT JOIN charge_item i ON i.property_id = c.property_id AND i.id = c.item_id
WHERE c.property_id = :property_id AND c.merchant_id = :merchant_id AND c.closed_on = :never AND c.gross > 0

-- name: billing.billable
-- Open charges due by a day that no unpaid order holds, of all merchants or of one (0: all): id, merchant, lease, unit, its number, item, kind,
-- deposit kind, name, period from, to, due, net, tax, gross, settled, working; by merchant.
SELECT c.id, c.merchant_id, c.lease_id, c.unit_id, u.no, c.item_id, c.kind, c.deposit_kind, c.name, c.period_from, c.period_to, c.due_on,
       c.net, c.tax, c.gross, c.paid, c.working
FROM charge c
LEFT JOIN unit u ON u.property_id = c.property_id AND u.id = c.unit_id
WHERE c.property_id = :property_id AND c.closed_on = :never AND c.due_on <= :due_by AND c.gross > 0
  AND (CAST(:merchant_id AS BIGINT) = 0 OR c.merchant_id = :merchant_id) AND (CAST(:lease_id AS BIGINT) = 0 OR c.lease_id = :lease_id)
  AND NOT EXISTS (SELECT 1 FROM payment_order_line l
                  JOIN payment_order o ON o.property_id = l.property_id AND o.id = l.order_id
                  WHERE l.property_id = c.property_id AND l.charge_id = c.id AND o.state IN ('issued', 'part_received'))
ORDER BY c.merchant_id, c.due_on, c.id

-- name: billing.intent_order
-- The intent's payment order that is not void, if any.
SELECT id, no FROM payment_order
WHERE property_id = :property_id AND intent_id = :intent_id AND state <> 'void'
LIMIT 1

-- name: billing.intent_held
-- Money of a letter of intent that is still held: kind, sum.
SELECT kind, CAST(SUM(amount) AS BIGINT) FROM deposit_entry
WHERE property_id = :property_id AND intent_id = :intent_id AND merchant_id = :merchant_id
GROUP BY kind
HAVING SUM(amount) > 0
ORDER BY kind

-- name: billing.orders_of_batch
-- Orders of a batch that are not void, by number: id.
SELECT id FROM payment_order
WHERE property_id = :property_id AND batch = :batch AND state <> 'void'
ORDER BY no

-- name: billing.cash_taken
-- Confirmed receipts in cash of a day into a cash box.
SELECT CAST(COALESCE(SUM(amount), 0) AS BIGINT) FROM receipt
WHERE property_id = :property_id AND received_on = :on_day AND way = 'cash' AND money_account_id = :money_account_id AND state = 'confirmed'

-- name: billing.cashier_find
-- Merchants meant by a name, or the number of an order, a lease, a unit or a receipt: id, name, units, open, due; who owes first.
SELECT m.id, m.name,
       (SELECT MAX(l.unit_nos) FROM lease l WHERE l.property_id = m.property_id AND l.merchant_id = m.id AND l.state IN ('approved', 'sealed', 'effective', 'expiring')),
       CAST(COALESCE(s.open, 0) AS BIGINT), CAST(COALESCE(s.due, 0) AS BIGINT)
FROM merchant m
LEFT JOIN (SELECT c.merchant_id, SUM(c.gross - c.paid) AS open, SUM(CASE WHEN c.due_on <= :today THEN c.gross - c.paid ELSE 0 END) AS due
           FROM charge c WHERE c.property_id = :property_id AND c.closed_on = :never GROUP BY c.merchant_id) s ON s.merchant_id = m.id
WHERE m.property_id = :property_id
  AND (m.name LIKE '%' || :text || '%' ESCAPE '!' OR m.short_name LIKE '%' || :text || '%' ESCAPE '!'
    OR m.id IN (SELECT o.merchant_id FROM payment_order o WHERE o.property_id = :property_id AND o.no = :text)
    OR m.id IN (SELECT r.merchant_id FROM receipt r WHERE r.property_id = :property_id AND r.no = :text)
    OR m.id IN (SELECT l.merchant_id FROM lease l WHERE l.property_id = :property_id AND l.no = :text)
    OR m.id IN (SELECT l.merchant_id FROM unit u
                JOIN lease_unit x ON x.property_id = u.property_id AND x.unit_id = u.id
                JOIN lease l ON l.property_id = x.property_id AND l.id = x.lease_id
                WHERE u.property_id = :property_id AND u.no = :text AND l.state IN ('approved', 'sealed', 'effective', 'expiring', 'expired')))
ORDER BY COALESCE(s.due, 0) DESC, m.name
LIMIT 20

-- name: billing.cashier_charges
-- Everything open of a merchant, the oldest due first: id, name, English name, kind, deposit kind, from, to, due, gross, settled, unit, lease, order, working.
SELECT c.id, c.name, i.name_en, c.kind, c.deposit_kind, c.period_from, c.period_to, c.due_on, c.gross, c.paid, u.no, l.no,
       (SELECT MAX(o.no) FROM payment_order_line x
        JOIN payment_order o ON o.property_id = x.property_id AND o.id = x.order_id
        WHERE x.property_id = c.property_id AND x.charge_id = c.id AND o.state IN ('issued', 'part_received')),
       c.working
FROM charge c
LEFT JOIN charge_item i ON i.property_id = c.property_id AND i.id = c.item_id
LEFT JOIN unit u ON u.property_id = c.property_id AND u.id = c.unit_id
LEFT JOIN lease l ON l.property_id = c.property_id AND l.id = c.lease_id
WHERE c.property_id = :property_id AND c.merchant_id = :merchant_id AND c.closed_on = :never
ORDER BY c.due_on, c.id

-- name: billing.cashier_receipts
-- Receipts of a merchant that wait or have credit, and the last ones: id, no, day, way, amount, credit, state.
SELECT r.id, r.no, r.received_on, r.way, r.amount, r.credit, r.state
FROM receipt r
WHERE r.property_id = :property_id AND r.merchant_id = :merchant_id
ORDER BY CASE WHEN r.credit > 0 OR r.state = 'registered' THEN 0 ELSE 1 END, r.id DESC
LIMIT 12

-- name: billing.receipt_printed
-- Counts a print.
UPDATE receipt SET prints = prints + 1 WHERE property_id = :property_id AND id = :id
