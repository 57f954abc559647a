-- Statements of domain/ledger.

-- name: ledger.accounts
-- The chart: id, code.
SELECT id, code FROM account WHERE property_id = :property_id

-- name: ledger.month_hold
-- State of a fiscal month, held as it is until the end of the transaction.
SELECT state FROM fiscal_month WHERE property_id = :property_id AND month = :month
-- dialect: pg
SELECT state FROM fiscal_month WHERE property_id = :property_id AND month = :month FOR SHARE

-- name: ledger.to_reverse
-- Entries of a record's journals that were not taken back and take nothing back themselves: journal, event, account code, amount, merchant, lease,
-- charge, receipt, item, money account; by journal.
SELECT j.id, j.event, a.code, e.amount, e.merchant_id, e.lease_id, e.charge_id, e.receipt_id, e.item_id, e.money_account_id
FROM journal j
JOIN entry e ON e.property_id = j.property_id AND e.journal_id = j.id
JOIN account a ON a.property_id = e.property_id AND a.id = e.account_id
WHERE j.property_id = :property_id AND j.source_entity = :source_entity AND j.source_id = :source_id AND j.reverses_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM journal r WHERE r.property_id = j.property_id AND r.source_entity = :source_entity
                  AND r.source_id = :source_id AND r.reverses_id = j.id)
ORDER BY j.id, e.seq

-- name: ledger.money_account
-- The active money account of a kind that was made first.
SELECT id FROM money_account WHERE property_id = :property_id AND kind = :kind AND active = 1 ORDER BY id LIMIT 1

-- name: ledger.money_code
-- Ledger account of a money account.
SELECT a.code FROM money_account m JOIN account a ON a.property_id = m.property_id AND a.id = m.account_id
WHERE m.property_id = :property_id AND m.id = :id

-- name: ledger.month_totals
-- What was posted in a month: journals, debits, sum of all entries.
SELECT COUNT(DISTINCT e.journal_id), CAST(COALESCE(SUM(CASE WHEN e.amount > 0 THEN e.amount ELSE 0 END), 0) AS BIGINT),
       CAST(COALESCE(SUM(e.amount), 0) AS BIGINT)
FROM entry e
WHERE e.property_id = :property_id AND e.month = :month

-- name: ledger.earlier_open
-- An earlier month that is still open, if any.
SELECT month FROM fiscal_month WHERE property_id = :property_id AND month < :month AND state = 'open' ORDER BY month LIMIT 1

-- name: ledger.month_make
-- A month that nobody has posted to yet.
INSERT INTO fiscal_month (property_id, id, version, created_at, updated_at, month, state)
VALUES (:property_id, :id, 1, :now, :now, :month, 'open')
ON CONFLICT (property_id, month) DO NOTHING

-- name: ledger.money_balance
-- What lay on a money account at the end of a day, by the days of the events.
SELECT CAST(COALESCE(SUM(e.amount), 0) AS BIGINT)
FROM entry e
JOIN journal j ON j.property_id = e.property_id AND j.id = e.journal_id
JOIN money_account m ON m.property_id = e.property_id AND m.id = :money_account_id AND m.account_id = e.account_id
WHERE e.property_id = :property_id AND e.money_account_id = :money_account_id AND j.on_day <= :day

-- name: ledger.journals_of
-- Journals of a record, oldest first: id, number, day, month, memo, total, number of the journal it takes back.
SELECT j.id, j.no, j.on_day, j.month, j.memo, j.total, r.no
FROM journal j
LEFT JOIN journal r ON r.property_id = j.property_id AND r.id = j.reverses_id
WHERE j.property_id = :property_id AND j.source_id = :source_id AND j.source_entity = :source_entity
ORDER BY j.no

-- name: ledger.entries
-- Entries of a journal in order: account code, its name, amount, money account, merchant id and name, lease id and number, charge item, charge.
SELECT a.code, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(a.name_en, a.name) ELSE a.name END, e.amount, m.name, e.merchant_id, c.name,
       e.lease_id, l.no, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(i.name_en, i.name) ELSE i.name END, e.charge_id
FROM entry e
JOIN account a ON a.property_id = e.property_id AND a.id = e.account_id
LEFT JOIN money_account m ON m.property_id = e.property_id AND m.id = e.money_account_id
LEFT JOIN merchant c ON c.property_id = e.property_id AND c.id = e.merchant_id
LEFT JOIN lease l ON l.property_id = e.property_id AND l.id = e.lease_id
LEFT JOIN charge_item i ON i.property_id = e.property_id AND i.id = e.item_id
WHERE e.property_id = :property_id AND e.journal_id = :journal_id
ORDER BY e.seq

-- name: ledger.reversed_by
-- The journal that takes another back, if any: id, number.
SELECT r.id, r.no
FROM journal j
JOIN journal r ON r.property_id = j.property_id AND r.source_id = j.source_id AND r.source_entity = j.source_entity AND r.reverses_id = j.id
WHERE j.property_id = :property_id AND j.id = :journal_id

-- name: ledger.month_lock
-- State of a fiscal month, held for closing.
SELECT state FROM fiscal_month WHERE property_id = :property_id AND id = :id {{FOR_UPDATE}}

-- name: ledger.report_readers
-- Operations managers of the property.
SELECT DISTINCT x.staff_id
FROM staff_role x
JOIN role r ON r.id = x.role_id
JOIN staff s ON s.id = x.staff_id AND s.active = 1
WHERE x.property_id = :property_id AND r.code = 'operations_manager'

-- name: ledger.close_bill_run
-- The month itself, while leases ran in it and no bill run of it was posted.
SELECT 1
FROM property p
WHERE p.id = :property_id
  AND NOT EXISTS (SELECT 1 FROM bill_run b WHERE b.property_id = p.id AND b.month = :month AND b.state = 'posted')
  AND EXISTS (SELECT 1 FROM lease l WHERE l.property_id = p.id AND l.state IN ('effective', 'expiring') AND l.from_on <= :to_on AND l.to_on >= :from_on)

-- name: ledger.close_receipts
-- Receipts up to the end of the month that wait for confirmation.
SELECT id FROM receipt WHERE property_id = :property_id AND state = 'registered' AND received_on <= :to_on

-- name: ledger.close_bank
-- Lines of bank statements up to the end of the month that are not matched, and bank accounts that moved in the month without a line of it.
SELECT id FROM bank_line WHERE property_id = :property_id AND state = 'open' AND happened_on <= :to_on
UNION ALL
SELECT m.id FROM money_account m
WHERE m.property_id = :property_id AND m.kind = 'bank' AND m.active = 1
  AND EXISTS (SELECT 1 FROM entry e WHERE e.property_id = m.property_id AND e.account_id = m.account_id AND e.month = :month AND e.money_account_id = m.id)
  AND NOT EXISTS (SELECT 1 FROM bank_line b WHERE b.property_id = m.property_id AND b.money_account_id = m.id AND b.happened_on BETWEEN :from_on AND :to_on)

-- name: ledger.close_papers
-- Transfers and corrections up to the end of the month that are not posted.
SELECT id FROM transfer WHERE property_id = :property_id AND state = 'draft' AND on_day <= :to_on
UNION ALL
SELECT id FROM correction WHERE property_id = :property_id AND state IN ('draft', 'approving') AND on_day <= :to_on

-- name: ledger.close_expenses
-- Expenses up to the end of the month that are neither paid nor void.
SELECT id FROM expense WHERE property_id = :property_id AND state IN ('draft', 'approving', 'approved') AND spent_on <= :to_on

-- name: ledger.close_cash
-- Cash boxes with money in the books that were not counted on or after the last day of the month, or whose last count differs from the books.
SELECT m.id
FROM money_account m
WHERE m.property_id = :property_id AND m.kind = 'cash' AND m.active = 1
  AND EXISTS (SELECT 1 FROM entry e WHERE e.property_id = m.property_id AND e.account_id = m.account_id AND e.money_account_id = m.id AND e.month <= :month)
  AND NOT EXISTS (SELECT 1 FROM cash_check c WHERE c.property_id = m.property_id AND c.money_account_id = m.id AND c.on_day >= :to_on AND c.difference = 0)

-- name: ledger.straight_leases
-- Leases that run in a month or ended with something accrued, without a row of that month: id, merchant, accrued so far.
SELECT l.id, l.merchant_id, COALESCE(s.accrued, 0)
FROM lease l
LEFT JOIN straight_line s ON s.property_id = l.property_id AND s.lease_id = l.id
  AND s.month = (SELECT MAX(x.month) FROM straight_line x WHERE x.property_id = l.property_id AND x.lease_id = l.id)
WHERE l.property_id = :property_id AND l.from_on <= :to_on
  AND l.state IN ('effective', 'expiring', 'expired', 'renewed', 'terminated', 'settled', 'archived')
  AND (l.to_on >= :from_on OR COALESCE(s.accrued, 0) <> 0)
  AND COALESCE(s.month, 0) < :month
ORDER BY l.id

-- name: ledger.close_straight
-- Leases that run in the month and whose rent is not spread over it.
SELECT l.id
FROM lease l
WHERE l.property_id = :property_id AND l.from_on <= :to_on AND l.to_on >= :from_on AND l.state IN ('effective', 'expiring')
  AND NOT EXISTS (SELECT 1 FROM straight_line s WHERE s.property_id = l.property_id AND s.lease_id = l.id AND s.month = :month)
