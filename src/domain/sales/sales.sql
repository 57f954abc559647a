-- Statements of domain/sales. Parameters are :name; see docs/sql-subset.md.

-- name: sales.of_month
-- Reports of a lease for a month that count: id, period, day, state.
SELECT id, period, day, state
FROM sales_report
WHERE property_id = :property_id
  AND lease_id = :lease_id
  AND month_on = :month_on
  AND state NOT IN ('void', 'superseded')
ORDER BY day, id

-- name: sales.before
-- Accepted months of a lease before a month, newest first: amount.
SELECT amount
FROM sales_report
WHERE property_id = :property_id
  AND lease_id = :lease_id
  AND period = 'month'
  AND state = 'accepted'
  AND month_on < :month_on
ORDER BY month_on DESC
LIMIT 3

-- name: sales.days_of_month
-- Daily reports of a lease in a month, by day: day, amount, amount without tax, transactions.
SELECT day, amount, amount_net, transactions
FROM sales_report
WHERE property_id = :property_id
  AND lease_id = :lease_id
  AND period = 'day'
  AND month_on = :month_on
  AND state IN ('declared', 'checked', 'accepted')
ORDER BY day, id

-- name: sales.not_reported
-- Leases in force whose rent of a month goes by sales and has begun, and that have no report of the month: id.
SELECT l.id
FROM lease l
WHERE l.property_id = :property_id
  AND l.state IN ('effective', 'expiring', 'expired')
  AND (l.rent_from_on IS NULL OR l.rent_from_on <= :month_end)
  AND EXISTS (
    SELECT 1 FROM charge_term t
    WHERE t.property_id = l.property_id
      AND t.lease_id = l.id
      AND t.model <> 'fixed'
      AND t.from_on <= :month_end
      AND t.to_on >= :month_on)
  AND NOT EXISTS (
    SELECT 1 FROM sales_report s
    WHERE s.property_id = l.property_id
      AND s.lease_id = l.id
      AND s.month_on = :month_on
      AND s.period = 'month'
      AND s.state <> 'void')
ORDER BY l.id
