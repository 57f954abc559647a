-- name: space.facts
-- units of a floor, or all: purpose, days the unit exists, lock of its hold (NULL: no hold), then its lease on :day: id, state, from, to,
-- signed, handed over, opens, handover state; and the status stored; several rows per unit where leases follow one another, the one
-- that counts first
SELECT u.id, u.purpose, u.from_on, u.to_on,
  (SELECT MAX(h.locked) FROM unit_hold h
   WHERE h.property_id = u.property_id AND h.unit_id = u.id AND h.state = 'active' AND h.until_at > :now),
  l.id, l.state, x.from_on, x.to_on, l.sign_on, l.handover_on, l.open_on, o.state, u.status
FROM unit u
LEFT JOIN lease_unit x ON x.property_id = u.property_id AND x.unit_id = u.id
  AND EXISTS (SELECT 1 FROM lease e WHERE e.property_id = x.property_id AND e.id = x.lease_id
              AND (x.to_on >= :day OR e.state IN ('expiring', 'expired'))
              AND (e.state IN ('approved', 'sealed', 'effective', 'expiring', 'expired', 'renewed', 'terminated')
                   OR (e.state IN ('settled', 'archived') AND :day < :today)))
LEFT JOIN lease l ON l.property_id = x.property_id AND l.id = x.lease_id
LEFT JOIN handover o ON o.property_id = l.property_id AND o.lease_id = l.id
WHERE u.property_id = :property_id
  AND (CAST(:floor_id AS BIGINT) IS NULL OR u.floor_id = :floor_id)
ORDER BY u.id, CASE WHEN x.from_on <= :day THEN 0 ELSE 1 END, CASE WHEN x.from_on <= :day THEN x.from_on END DESC NULLS LAST, x.from_on NULLS LAST

-- name: space.facts_of_unit
-- the same of one unit
SELECT u.id, u.purpose, u.from_on, u.to_on,
  (SELECT MAX(h.locked) FROM unit_hold h
   WHERE h.property_id = u.property_id AND h.unit_id = u.id AND h.state = 'active' AND h.until_at > :now),
  l.id, l.state, x.from_on, x.to_on, l.sign_on, l.handover_on, l.open_on, o.state, u.status
FROM unit u
LEFT JOIN lease_unit x ON x.property_id = u.property_id AND x.unit_id = u.id
  AND EXISTS (SELECT 1 FROM lease e WHERE e.property_id = x.property_id AND e.id = x.lease_id
              AND (x.to_on >= :day OR e.state IN ('expiring', 'expired'))
              AND (e.state IN ('approved', 'sealed', 'effective', 'expiring', 'expired', 'renewed', 'terminated')
                   OR (e.state IN ('settled', 'archived') AND :day < :today)))
LEFT JOIN lease l ON l.property_id = x.property_id AND l.id = x.lease_id
LEFT JOIN handover o ON o.property_id = l.property_id AND o.lease_id = l.id
WHERE u.property_id = :property_id
  AND u.id = :unit_id
ORDER BY u.id, CASE WHEN x.from_on <= :day THEN 0 ELSE 1 END, CASE WHEN x.from_on <= :day THEN x.from_on END DESC NULLS LAST, x.from_on NULLS LAST

-- name: space.plan_units
-- units of a floor that exist on :day, as drawn
SELECT u.id, u.no, u.points, u.area_leasable, u.price_basis, u.floor_price, u.target_price,
  (SELECT MAX(h.until_at) FROM unit_hold h
   WHERE h.property_id = u.property_id AND h.unit_id = u.id AND h.state = 'active' AND h.until_at > :now)
FROM unit u
WHERE u.property_id = :property_id AND u.floor_id = :floor_id
  AND (u.from_on IS NULL OR u.from_on <= :day) AND (u.to_on IS NULL OR u.to_on >= :day)
ORDER BY u.no

-- name: space.plan_lease
-- merchant, brand, category, end, monthly rent and area of a lease
SELECT m.id, m.name, b.id, b.name, k.id, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(k.name_en, k.name) ELSE k.name END, l.to_on, l.monthly_rent, l.area
FROM lease l
JOIN merchant m ON m.property_id = l.property_id AND m.id = l.merchant_id
LEFT JOIN brand b ON b.property_id = l.property_id AND b.id = l.brand_id
LEFT JOIN category k ON k.id = l.category_id
WHERE l.property_id = :property_id AND l.id = :lease_id

-- name: space.lock_unit
-- the unit, its row held until the end of the transaction
SELECT u.id FROM unit u WHERE u.property_id = :property_id AND u.id = :unit_id {{FOR_UPDATE}}

-- name: space.unit_ids
-- all units
SELECT u.id FROM unit u WHERE u.property_id = :property_id ORDER BY u.id

-- name: space.policies
-- approved policies valid on :day that fit the unit's floor and the category or the one above it: the nearest first
SELECT p.id, p.price_basis, p.floor_price, p.target_price, p.free_days, p.deposit_months
FROM price_policy p
JOIN unit u ON u.property_id = p.property_id AND u.id = :unit_id
LEFT JOIN category k ON k.id = :category_id
WHERE p.property_id = :property_id AND p.state IN ('approved', 'superseded') AND p.from_on <= :day AND (p.to_on IS NULL OR p.to_on >= :day)
  AND (p.floor_id IS NULL OR p.floor_id = u.floor_id)
  AND (p.category_id IS NULL OR p.category_id = k.id OR p.category_id = k.parent_id)
ORDER BY CASE WHEN p.category_id = k.id THEN 0 WHEN p.category_id = k.parent_id THEN 1 ELSE 2 END,
  CASE WHEN p.floor_id IS NOT NULL THEN 0 ELSE 1 END, p.from_on DESC, p.approved_at DESC NULLS LAST, p.id DESC

-- name: space.policies_alike
-- approved policies of the same category and floor that are valid on or after :from_on
SELECT p.id, p.from_on
FROM price_policy p
WHERE p.property_id = :property_id AND p.state = 'approved' AND p.id <> :policy_id
  AND p.category_id IS NOT DISTINCT FROM CAST(:category_id AS BIGINT)
  AND p.floor_id IS NOT DISTINCT FROM CAST(:floor_id AS BIGINT)
  AND (p.to_on IS NULL OR p.to_on >= :from_on)
ORDER BY p.from_on, p.id

-- name: space.zone_overlap
-- another owner of the unit on one of the days :from_on to :to_on (the last possible day for open ends): person, days
SELECT s.name, z.from_on, z.to_on
FROM zone_unit z
JOIN staff s ON s.id = z.staff_id
WHERE z.property_id = :property_id AND z.unit_id = :unit_id AND z.id <> :own_id
  AND z.from_on <= :to_on AND (z.to_on IS NULL OR z.to_on >= :from_on)
ORDER BY z.from_on
LIMIT 1

-- name: space.zone_owner
-- person and zone of a unit on a day
SELECT z.staff_id, z.zone_id, s.name, g.name
FROM zone_unit z
JOIN staff s ON s.id = z.staff_id
JOIN zone g ON g.property_id = z.property_id AND g.id = z.zone_id
WHERE z.property_id = :property_id AND z.unit_id = :unit_id AND z.from_on <= :day AND (z.to_on IS NULL OR z.to_on >= :day)

-- name: space.zone_gaps
-- units that exist on a day without an owner
SELECT u.id, u.no
FROM unit u
WHERE u.property_id = :property_id AND (u.from_on IS NULL OR u.from_on <= :day) AND (u.to_on IS NULL OR u.to_on >= :day)
  AND NOT EXISTS (SELECT 1 FROM zone_unit z
                  WHERE z.property_id = u.property_id AND z.unit_id = u.id AND z.from_on <= :day AND (z.to_on IS NULL OR z.to_on >= :day))
ORDER BY u.no

-- name: space.zone_rows_after
-- ids of the zone entries of a unit that reach :day or later
SELECT z.id
FROM zone_unit z
WHERE z.property_id = :property_id AND z.unit_id = :unit_id AND (z.to_on IS NULL OR z.to_on >= :day)
ORDER BY z.from_on

-- name: space.leases_after
-- a lease or hold that reaches :day or later on a unit: its number
SELECT l.no
FROM lease_unit x
JOIN lease l ON l.property_id = x.property_id AND l.id = x.lease_id
WHERE x.property_id = :property_id AND x.unit_id = :unit_id AND x.to_on >= :day
  AND l.state NOT IN ('void', 'settled', 'archived', 'renewed', 'terminated')
ORDER BY x.from_on
LIMIT 1
