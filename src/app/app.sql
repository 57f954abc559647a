-- Statements of the commands.

-- name: app.first_property
-- The oldest property.
SELECT id FROM property ORDER BY id LIMIT 1

-- name: app.demo_merchant
-- The merchant of the demo's login: one that has paid and still owes something.
SELECT m.id, m.name, c.id, c.name
FROM merchant m
JOIN lease l ON l.property_id = m.property_id AND l.merchant_id = m.id AND l.state IN ('approved', 'effective', 'expiring')
LEFT JOIN contact c ON c.property_id = m.property_id AND c.merchant_id = m.id AND c.active = 1
WHERE m.property_id = :property_id
  AND EXISTS (SELECT 1 FROM receipt r WHERE r.property_id = m.property_id AND r.merchant_id = m.id AND r.state = 'confirmed')
ORDER BY (SELECT COUNT(*) FROM charge x WHERE x.property_id = m.property_id AND x.merchant_id = m.id AND x.state IN ('open', 'part_paid')) DESC, m.id, c.id
LIMIT 1

-- name: app.orders_unbalanced
-- Payment orders whose head differs from their lines or their charges.
SELECT o.no
FROM payment_order o
WHERE o.property_id = :property_id
  AND (o.total <> (SELECT COALESCE(SUM(l.gross), 0) FROM payment_order_line l WHERE l.property_id = o.property_id AND l.order_id = o.id)
    OR o.received <> (SELECT COALESCE(SUM(c.paid), 0) FROM payment_order_line l
                      JOIN charge c ON c.property_id = l.property_id AND c.id = l.charge_id
                      WHERE l.property_id = o.property_id AND l.order_id = o.id))
ORDER BY o.no

-- name: app.charges_unbalanced
-- Charges whose settled amount is not the sum of their allocations, is more than the charge, or whose tax or state does not add up.
SELECT c.id
FROM charge c
WHERE c.property_id = :property_id
  AND (c.paid <> (SELECT COALESCE(SUM(a.amount), 0) FROM allocation a WHERE a.property_id = c.property_id AND a.charge_id = c.id)
    OR ABS(c.paid) > ABS(c.gross) OR c.net + c.tax <> c.gross OR (c.state = 'void' AND c.paid <> 0)
    OR (c.state = 'paid') <> (c.paid = c.gross AND c.state <> 'void'))

-- name: app.receipts_unbalanced
-- Receipts whose allocations, refunds and credit do not add up to what was confirmed.
SELECT r.no
FROM receipt r
WHERE r.property_id = :property_id
  AND (r.allocated <> (SELECT COALESCE(SUM(a.amount), 0) FROM allocation a WHERE a.property_id = r.property_id AND a.receipt_id = r.id)
    OR r.allocated + r.refunded + r.credit <> CASE WHEN r.state = 'confirmed' THEN r.amount ELSE 0 END
    OR r.allocated < 0 OR r.refunded < 0 OR r.credit < 0)

-- name: app.journals_unbalanced
-- Journals whose entries do not add up to nothing.
SELECT j.no
FROM journal j
JOIN entry e ON e.property_id = j.property_id AND e.journal_id = j.id
WHERE j.property_id = :property_id
GROUP BY j.no
HAVING SUM(e.amount) <> 0

-- name: app.receivables_differ
-- Charges whose open amount is not what the books say of them on the receivables account.
SELECT c.id
FROM charge c
LEFT JOIN (SELECT e.charge_id, SUM(e.amount) AS booked
           FROM entry e
           JOIN account a ON a.property_id = e.property_id AND a.id = e.account_id
           WHERE e.property_id = :property_id AND a.code = '1122'
           GROUP BY e.charge_id) b ON b.charge_id = c.id
WHERE c.property_id = :property_id AND c.kind <> 'deposit'
  AND COALESCE(b.booked, 0) <> CASE WHEN c.state = 'void' THEN 0 ELSE c.gross - c.paid END

-- name: app.credits_differ
-- The credits of receipts against their control account, when they differ.
SELECT r.credit, e.booked
FROM (SELECT CAST(COALESCE(SUM(credit), 0) AS BIGINT) AS credit FROM receipt WHERE property_id = :property_id) r,
     (SELECT CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) AS booked FROM entry e
      JOIN account a ON a.property_id = e.property_id AND a.id = e.account_id
      WHERE e.property_id = :property_id AND a.code = '2203') e
WHERE r.credit + e.booked <> 0

-- name: app.deposits_differ
-- The deposit register against the control account of each kind, where they differ: account, register, books.
SELECT a.code, COALESCE(d.held, 0), COALESCE(e.booked, 0)
FROM account a
LEFT JOIN (SELECT CASE kind WHEN 'earnest' THEN '2241.01' WHEN 'sincerity' THEN '2241.02' WHEN 'intention' THEN '2241.03'
                            WHEN 'performance' THEN '2241.04' WHEN 'rent' THEN '2241.05' WHEN 'fitout' THEN '2241.06'
                            WHEN 'quality' THEN '2241.07' ELSE '2241' END AS code, SUM(amount) AS held
           FROM deposit_entry WHERE property_id = :property_id GROUP BY 1) d ON d.code = a.code
LEFT JOIN (SELECT account_id, SUM(amount) AS booked FROM entry WHERE property_id = :property_id GROUP BY account_id) e ON e.account_id = a.id
WHERE a.property_id = :property_id AND a.code LIKE '2241%' ESCAPE '!' AND COALESCE(d.held, 0) + COALESCE(e.booked, 0) <> 0

-- name: app.deposits_negative
-- Deposits of which more was used than held: merchant, kind.
SELECT merchant_id, kind FROM deposit_entry
WHERE property_id = :property_id
GROUP BY merchant_id, lease_id, intent_id, kind
HAVING SUM(amount) < 0

-- name: app.offsets_differ
-- Sums set off that do not add up to nothing within a merchant.
SELECT c.merchant_id
FROM allocation a
JOIN charge c ON c.property_id = a.property_id AND c.id = a.charge_id
WHERE a.property_id = :property_id AND a.kind = 'offset'
GROUP BY c.merchant_id
HAVING SUM(a.amount) <> 0

-- name: app.bank_lines_differ
-- Matched lines without a receipt of the same amount and account, and receipts of lines that are not matched.
SELECT l.serial
FROM bank_line l
LEFT JOIN receipt r ON r.property_id = l.property_id AND r.id = l.receipt_id
WHERE l.property_id = :property_id
  AND ((l.state = 'matched') <> (l.receipt_id IS NOT NULL)
    OR (l.state = 'matched' AND (r.amount <> l.amount OR r.money_account_id <> l.money_account_id OR r.state NOT IN ('confirmed', 'bounced'))))

-- name: app.invoices_differ
-- Invoices that differ from their lines, and charges invoiced for less than nothing or more than they are.
SELECT i.number
FROM tax_invoice i
LEFT JOIN (SELECT invoice_id, SUM(gross) AS gross, SUM(tax) AS tax, SUM(net) AS net FROM tax_invoice_line WHERE property_id = :property_id GROUP BY invoice_id) l
  ON l.invoice_id = i.id
WHERE i.property_id = :property_id AND (COALESCE(l.gross, 0) <> i.gross OR COALESCE(l.tax, 0) <> i.tax OR i.net + i.tax <> i.gross OR l.net + l.tax <> l.gross)
UNION ALL
SELECT c.name
FROM charge c
JOIN (SELECT charge_id, SUM(gross) AS gross, SUM(tax) AS tax FROM tax_invoice_line WHERE property_id = :property_id GROUP BY charge_id) l ON l.charge_id = c.id
WHERE c.property_id = :property_id
  AND (l.gross < 0 OR l.gross > CASE WHEN c.state = 'void' THEN 0 ELSE c.gross END OR (l.gross = c.gross AND l.tax <> c.tax))

-- name: app.unit_overlaps
-- Two leases that hold one unit on one day.
SELECT a.lease_id, b.lease_id
FROM lease_unit a
JOIN lease_unit b ON b.property_id = a.property_id AND b.unit_id = a.unit_id AND b.id > a.id
  AND b.from_on <= a.to_on AND b.to_on >= a.from_on AND b.lease_id <> a.lease_id
JOIN lease x ON x.property_id = a.property_id AND x.id = a.lease_id
JOIN lease y ON y.property_id = b.property_id AND y.id = b.lease_id
WHERE a.property_id = :property_id
  AND x.state IN ('approved', 'sealed', 'effective', 'expiring', 'expired')
  AND y.state IN ('approved', 'sealed', 'effective', 'expiring', 'expired')

-- name: app.numbers
-- Gap-free series: kind, year, last number given.
SELECT kind, year, last FROM numbering WHERE property_id = :property_id ORDER BY kind, year

-- name: app.orders_unreviewed
-- Payment orders of leases that no review has passed.
SELECT o.no
FROM payment_order o
WHERE o.property_id = :property_id AND o.kind = 'first' AND o.state <> 'void'
  AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.property_id = o.property_id AND a.subject_entity = 'lease'
                  AND a.subject_id = o.lease_id AND a.state = 'agreed')

-- name: app.readings_broken
-- Meters with a reading that does not begin where the one before ended.
SELECT m.no
FROM (SELECT r.property_id, r.meter_id, r.previous, LAG(r.reading) OVER (PARTITION BY r.meter_id ORDER BY r.read_on, r.id) AS before
      FROM meter_reading r
      WHERE r.property_id = :property_id AND r.state <> 'void') x
JOIN meter m ON m.property_id = x.property_id AND m.id = x.meter_id
WHERE x.previous <> x.before

-- name: app.pools_differ
-- Posted shared costs whose charges and landlord's share do not add up to the pool.
SELECT p.no
FROM share_pool p
WHERE p.property_id = :property_id AND p.state = 'posted'
  AND p.amount <> p.landlord + (SELECT COALESCE(SUM(c.gross), 0) FROM charge c
                                WHERE c.property_id = p.property_id AND c.source_id = p.id AND c.source_entity = 'share_pool' AND c.state <> 'void')

-- name: app.letters_differ
-- Dunning letters that went out with other sums than their lines.
SELECT n.no
FROM dunning_notice n
LEFT JOIN (SELECT notice_id, CAST(SUM(open) AS BIGINT) AS open, CAST(SUM(late_fee) AS BIGINT) AS late_fee
           FROM dunning_line WHERE property_id = :property_id GROUP BY notice_id) l ON l.notice_id = n.id
WHERE n.property_id = :property_id AND n.sent_on IS NOT NULL
  AND (COALESCE(l.open, 0) <> n.principal OR COALESCE(l.late_fee, 0) <> n.late_fee OR n.principal + n.late_fee <> n.total)

-- name: app.fees_on_fees
-- Late fees on late fees.
SELECT f.name
FROM charge f
JOIN charge c ON c.property_id = f.property_id AND c.id = f.source_id
WHERE f.property_id = :property_id AND f.kind = 'late_fee' AND f.source_entity = 'charge' AND c.kind = 'late_fee'
-- name: app.deposit_kinds_differ
-- Kinds of deposit whose register is not what their own account says: code, held, booked.
SELECT k.code, k.held, k.booked
FROM (SELECT a.code,
             CAST(COALESCE((SELECT SUM(d.amount) FROM deposit_entry d WHERE d.property_id = a.property_id
                            AND d.kind = CASE a.code WHEN '2241.01' THEN 'earnest' WHEN '2241.02' THEN 'sincerity' WHEN '2241.03' THEN 'intention'
                                                     WHEN '2241.04' THEN 'performance' WHEN '2241.05' THEN 'rent' WHEN '2241.06' THEN 'fitout'
                                                     WHEN '2241.07' THEN 'quality' END), 0) AS BIGINT) AS held,
             CAST(COALESCE((SELECT SUM(e.amount) FROM entry e WHERE e.property_id = a.property_id AND e.account_id = a.id), 0) AS BIGINT) AS booked
      FROM account a
      WHERE a.property_id = :property_id AND a.code LIKE '2241.%' ESCAPE '!') k
WHERE k.held + k.booked <> 0

-- name: app.money_unnamed
-- Entries on an account that money accounts stand behind which name none of them, or another account's.
SELECT e.id
FROM entry e
WHERE e.property_id = :property_id
  AND e.account_id IN (SELECT m.account_id FROM money_account m WHERE m.property_id = :property_id)
  AND NOT EXISTS (SELECT 1 FROM money_account m WHERE m.property_id = e.property_id AND m.id = e.money_account_id AND m.account_id = e.account_id)

-- name: app.months_differ
-- Closed months whose stored totals are not those of their journals.
SELECT f.month
FROM fiscal_month f
WHERE f.property_id = :property_id AND f.state = 'closed'
  AND (f.journals <> (SELECT COUNT(*) FROM journal j WHERE j.property_id = f.property_id AND j.month = f.month)
    OR f.debit <> (SELECT CAST(COALESCE(SUM(e.amount), 0) AS BIGINT) FROM entry e WHERE e.property_id = f.property_id AND e.month = f.month AND e.amount > 0))

-- name: app.papers_unposted
-- Papers of money that count without a voucher of their amount, or do not count with one that was not taken back: their numbers.
SELECT p.no
FROM (SELECT no, id, 'expense' AS kind, CASE WHEN state = 'paid' THEN amount ELSE 0 END AS total FROM expense WHERE property_id = :property_id
      UNION ALL
      SELECT no, id, 'transfer', CASE WHEN state = 'posted' THEN amount + COALESCE(fee, 0) ELSE 0 END FROM transfer WHERE property_id = :property_id
      UNION ALL
      SELECT no, id, 'correction', CASE WHEN state = 'posted' THEN amount ELSE 0 END FROM correction WHERE property_id = :property_id) p
WHERE p.total <> (SELECT CAST(COALESCE(SUM(CASE WHEN j.reverses_id IS NULL THEN j.total ELSE -j.total END), 0) AS BIGINT) FROM journal j
                  WHERE j.property_id = :property_id AND j.source_id = p.id AND j.source_entity = p.kind)

-- name: app.straight_differs
-- Leases whose accrued rent by the books is not what their straight-line schedule says.
SELECT l.no
FROM lease l
LEFT JOIN straight_line s ON s.property_id = l.property_id AND s.lease_id = l.id
  AND s.month = (SELECT MAX(x.month) FROM straight_line x WHERE x.property_id = l.property_id AND x.lease_id = l.id)
LEFT JOIN (SELECT e.lease_id, SUM(e.amount) AS booked FROM entry e
           JOIN account a ON a.property_id = e.property_id AND a.id = e.account_id
           WHERE e.property_id = :property_id AND a.code = '1123'
           GROUP BY e.lease_id) b ON b.lease_id = l.id
WHERE l.property_id = :property_id AND COALESCE(s.accrued, 0) <> COALESCE(b.booked, 0)

-- name: app.demo_debts
-- What each merchant owes that is due: merchant, amount.
SELECT merchant_id, CAST(SUM(gross - paid) AS BIGINT) FROM charge
WHERE property_id = :property_id AND closed_on > :today AND due_on <= :today AND gross > 0
GROUP BY merchant_id
ORDER BY merchant_id
