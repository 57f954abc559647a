-- Statements of the reports of the books.

-- name: report.money_openings
-- Money accounts with what was on them before a month: id, name, balance.
SELECT m.id, m.name, CAST(COALESCE(SUM(e.amount), 0) AS BIGINT)
FROM money_account m
LEFT JOIN entry e ON e.property_id = m.property_id AND e.account_id = m.account_id AND e.money_account_id = m.id AND e.month < :month
WHERE m.property_id = :property_id
GROUP BY m.id, m.name
ORDER BY m.id

-- name: report.cash_book
-- Each movement of money in a month beside each entry on its other side, by money account and day: money account, its entry, amount of it; journal:
-- number, day, memo, whether it takes one back, source kind and id; other side: amount, account code and name, money account, merchant, lease,
-- units; charge: name, period, tax rate, tax, gross; expense: payee, invoice, period, tax rate; who made it, who checked it, receipt number.
SELECT e.money_account_id, e.id, e.amount, j.no, j.on_day, j.memo, CASE WHEN j.reverses_id IS NULL THEN 0 ELSE 1 END, j.source_entity, j.source_id,
       x.amount, a.code, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(a.name_en, a.name) ELSE a.name END, y.name, n.name, l.no, l.unit_nos,
       c.name, c.period_from, c.period_to, c.tax_rate, c.tax, c.gross,
       s.payee, s.invoice_no, s.period_from, s.period_to, s.tax_rate,
       COALESCE(k.name, w.name), COALESCE(q.name, z.name), r.no
FROM entry e
JOIN account b ON b.property_id = e.property_id AND b.id = e.account_id
JOIN journal j ON j.property_id = e.property_id AND j.id = e.journal_id
JOIN entry x ON x.property_id = e.property_id AND x.journal_id = e.journal_id AND x.id <> e.id
JOIN account a ON a.property_id = x.property_id AND a.id = x.account_id
LEFT JOIN money_account y ON y.property_id = x.property_id AND y.id = x.money_account_id
LEFT JOIN merchant n ON n.property_id = x.property_id AND n.id = COALESCE(x.merchant_id, e.merchant_id)
LEFT JOIN lease l ON l.property_id = x.property_id AND l.id = COALESCE(x.lease_id, e.lease_id)
LEFT JOIN charge c ON c.property_id = x.property_id AND c.id = x.charge_id
LEFT JOIN expense s ON s.property_id = j.property_id AND s.id = j.source_id AND j.source_entity = 'expense'
LEFT JOIN receipt r ON r.property_id = e.property_id AND r.id = e.receipt_id
LEFT JOIN staff k ON k.id = COALESCE(s.created_by, r.cashier_id)
LEFT JOIN staff w ON w.id = j.created_by
LEFT JOIN staff q ON q.id = COALESCE(s.paid_by, r.confirmed_by)
LEFT JOIN staff z ON z.id = j.created_by
WHERE e.property_id = :property_id AND e.month = :month AND e.money_account_id IS NOT NULL
ORDER BY e.money_account_id, j.on_day, j.no, e.seq, x.seq

-- name: report.trial_balance
-- Accounts by money account with what stood on them before a month and what moved in it: account id, code, name, kind, money account, its name, before,
-- debits, credits.
SELECT a.id, a.code, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(a.name_en, a.name) ELSE a.name END, a.kind, e.money_account_id, m.name,
       CAST(SUM(CASE WHEN e.month < :month THEN e.amount ELSE 0 END) AS BIGINT),
       CAST(SUM(CASE WHEN e.month = :month AND e.amount > 0 THEN e.amount ELSE 0 END) AS BIGINT),
       CAST(SUM(CASE WHEN e.month = :month AND e.amount < 0 THEN -e.amount ELSE 0 END) AS BIGINT)
FROM account a
JOIN entry e ON e.property_id = a.property_id AND e.account_id = a.id AND e.month <= :month
LEFT JOIN money_account m ON m.property_id = e.property_id AND m.id = e.money_account_id
WHERE a.property_id = :property_id
GROUP BY a.id, a.code, a.name, a.name_en, a.kind, e.money_account_id, m.name
ORDER BY a.code, e.money_account_id

-- name: report.fiscal_month
-- The accounting month: state, journals, debits, who closed it, when.
SELECT f.state, f.journals, f.debit, s.name, f.closed_at
FROM fiscal_month f
LEFT JOIN staff s ON s.id = f.closed_by
WHERE f.property_id = :property_id AND f.month = :month

-- name: report.straight_line
-- Rent income of leases spread over a month: lease, number, merchant, units, from, to, income, billed, posted, accrued, voucher.
SELECT l.id, l.no, m.name, l.unit_nos, l.from_on, l.to_on, s.income, s.billed, s.moved, s.accrued, j.no
FROM straight_line s
JOIN lease l ON l.property_id = s.property_id AND l.id = s.lease_id
JOIN merchant m ON m.property_id = l.property_id AND m.id = l.merchant_id
LEFT JOIN journal j ON j.property_id = s.property_id AND j.id = s.journal_id
WHERE s.property_id = :property_id AND s.month = :month
ORDER BY l.no
