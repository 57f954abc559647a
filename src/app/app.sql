-- Statements of the commands.

-- name: app.first_property
-- The oldest property.
SELECT id FROM property ORDER BY id LIMIT 1

-- name: app.orders_unbalanced
-- Payment orders whose head differs from their lines, or lines from their allocations.
SELECT o.no
FROM payment_order o
WHERE o.property_id = :property_id
  AND (o.total <> (SELECT COALESCE(SUM(l.gross), 0) FROM payment_order_line l WHERE l.property_id = o.property_id AND l.order_id = o.id)
    OR o.received <> (SELECT COALESCE(SUM(l.received), 0) FROM payment_order_line l WHERE l.property_id = o.property_id AND l.order_id = o.id))
ORDER BY o.no

-- name: app.lines_unbalanced
-- Lines whose received amount is not the sum of their allocations, or more than the line, or whose tax does not add up.
SELECT l.id
FROM payment_order_line l
WHERE l.property_id = :property_id
  AND (l.received <> (SELECT COALESCE(SUM(a.amount), 0) FROM allocation a WHERE a.property_id = l.property_id AND a.line_id = l.id)
    OR l.received > l.gross OR l.net + l.tax <> l.gross)

-- name: app.receipts_unbalanced
-- Confirmed receipts that are not fully allocated, and others that are allocated at all.
SELECT r.no
FROM receipt r
WHERE r.property_id = :property_id
  AND (SELECT COALESCE(SUM(a.amount), 0) FROM allocation a WHERE a.property_id = r.property_id AND a.receipt_id = r.id)
      <> CASE WHEN r.state = 'confirmed' THEN r.amount ELSE 0 END

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
WHERE o.property_id = :property_id AND o.state <> 'void'
  AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.property_id = o.property_id AND a.subject_entity = 'lease'
                  AND a.subject_id = o.lease_id AND a.state = 'agreed')
