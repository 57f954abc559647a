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
