-- Statements of bank lines in domain/billing.

-- name: bank.keys
-- Keys of the lines of a money account.
SELECT live_key FROM bank_line WHERE property_id = :property_id AND money_account_id = :money_account_id

-- name: bank.evidence
-- What speaks for whom, for one open line or (0) the newest open ones: line, code, merchant, its name, order, receipt, number; targets first.
WITH b AS (SELECT l.id, l.property_id, l.amount, l.money_account_id, l.serial, l.happened_on, l.counterpart,
                  COALESCE(l.memo, '') || ' ' || COALESCE(l.summary, '') AS said
           FROM bank_line l
           WHERE l.property_id = :property_id AND l.state = 'open' AND (CAST(:line_id AS BIGINT) = 0 OR l.id = :line_id)
           ORDER BY l.happened_on DESC, l.id DESC
           LIMIT :limit),
     o AS (SELECT p.id, p.no, p.merchant_id, p.total - p.received AS open
           FROM payment_order p
           WHERE p.property_id = :property_id AND p.state IN ('issued', 'part_received')),
     c AS (SELECT x.merchant_id, SUM(x.gross - x.paid) OVER (PARTITION BY x.merchant_id ORDER BY x.due_on, x.id) AS upto, x.gross - x.paid AS alone
           FROM charge x
           WHERE x.property_id = :property_id AND x.closed_on = :never AND x.gross > 0)
SELECT e.line_id, e.code, e.merchant_id, m.name, e.order_id, e.receipt_id, e.no
FROM (
  SELECT b.id AS line_id, 'receipt' AS code, r.merchant_id, CAST(NULL AS BIGINT) AS order_id, r.id AS receipt_id, r.no AS no, 1 AS rank
  FROM b JOIN receipt r ON r.property_id = b.property_id AND r.amount = b.amount AND r.money_account_id = b.money_account_id
  WHERE r.state IN ('registered', 'confirmed')
    AND (r.reference = b.serial OR (r.reference IS NULL AND (r.state = 'registered' OR r.received_on = b.happened_on)))
    AND NOT EXISTS (SELECT 1 FROM bank_line z WHERE z.property_id = b.property_id AND z.receipt_id = r.id)
  UNION ALL
  SELECT b.id, 'order_no', o.merchant_id, o.id, NULL, o.no, 2 FROM b JOIN o ON b.said LIKE '%' || o.no || '%' ESCAPE '!'
  UNION ALL
  SELECT b.id, 'order_amount', o.merchant_id, o.id, NULL, o.no, 2 FROM b JOIN o ON o.open = b.amount
  UNION ALL
  SELECT b.id, 'lease_no', l.merchant_id, NULL, NULL, l.no, 3
  FROM b JOIN lease l ON l.property_id = b.property_id AND b.said LIKE '%' || l.no || '%' ESCAPE '!'
  WHERE l.state IN ('approved', 'sealed', 'effective', 'expiring', 'expired')
  UNION ALL
  SELECT b.id, 'unit_no', l.merchant_id, NULL, NULL, u.no, 3
  FROM b JOIN unit u ON u.property_id = b.property_id AND LENGTH(u.no) >= 3 AND b.said LIKE '%' || u.no || '%' ESCAPE '!'
  JOIN lease_unit lu ON lu.property_id = u.property_id AND lu.unit_id = u.id AND lu.from_on <= b.happened_on AND lu.to_on >= b.happened_on
  JOIN lease l ON l.property_id = lu.property_id AND l.id = lu.lease_id AND l.state IN ('approved', 'sealed', 'effective', 'expiring')
  UNION ALL
  SELECT b.id, 'name', p.id, NULL, NULL, NULL, 3
  FROM b JOIN merchant p ON p.property_id = b.property_id AND b.counterpart IN (p.name, p.short_name, p.account_name)
  UNION ALL
  SELECT b.id, 'legal_rep', p.id, NULL, NULL, NULL, 3
  FROM b JOIN merchant p ON p.property_id = b.property_id AND p.legal_rep = b.counterpart
  UNION ALL
  SELECT b.id, 'history', h.merchant_id, NULL, NULL, NULL, 3
  FROM b JOIN bank_line h ON h.property_id = b.property_id AND h.counterpart = b.counterpart AND h.state = 'matched' AND h.merchant_id IS NOT NULL
  UNION ALL
  SELECT b.id, 'charges_amount', c.merchant_id, NULL, NULL, NULL, 3 FROM b JOIN c ON c.upto = b.amount OR c.alone = b.amount
) e
JOIN merchant m ON m.property_id = :property_id AND m.id = e.merchant_id
ORDER BY e.line_id, e.rank, e.merchant_id, e.order_id, e.receipt_id, e.code
