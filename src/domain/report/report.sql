-- Statements of domain/report.

-- name: report.occupied
-- Which lease held which unit on :day: unit, lease, area, from, to.
SELECT x.unit_id, x.lease_id, x.area, x.from_on, x.to_on
FROM lease_unit x
JOIN lease l ON l.property_id = x.property_id AND l.id = x.lease_id
WHERE x.property_id = :property_id
  AND x.from_on <= :day AND x.to_on >= :day
  AND l.state IN ('approved', 'sealed', 'effective', 'expiring', 'expired', 'renewed', 'terminated', 'settled', 'archived')
ORDER BY x.unit_id

-- name: report.let_area
-- Leasable area of units to let, and what of it is let on :day, in 1/100 m2; number of both.
SELECT CAST(COALESCE(SUM(u.area_leasable), 0) AS BIGINT),
  CAST(COALESCE(SUM(CASE WHEN c.unit_id IS NULL THEN 0 ELSE u.area_leasable END), 0) AS BIGINT),
  COUNT(*), COUNT(c.unit_id)
FROM unit u
LEFT JOIN (SELECT DISTINCT x.unit_id FROM lease_unit x
           JOIN lease l ON l.property_id = x.property_id AND l.id = x.lease_id
           WHERE x.property_id = :property_id AND x.from_on <= :day AND x.to_on >= :day
             AND l.state IN ('approved', 'sealed', 'effective', 'expiring', 'expired', 'renewed', 'terminated', 'settled', 'archived')) c
  ON c.unit_id = u.id
WHERE u.property_id = :property_id AND u.purpose = 'letting'
  AND (u.from_on IS NULL OR u.from_on <= :day) AND (u.to_on IS NULL OR u.to_on >= :day)

-- name: report.expiry
-- Leases in force on :day by year of their end: year as text, leases, area, monthly rent.
SELECT substr(CAST(l.to_on AS TEXT), 1, 4), COUNT(*), CAST(SUM(COALESCE(l.area, 0)) AS BIGINT), CAST(SUM(COALESCE(l.monthly_rent, 0)) AS BIGINT)
FROM lease l
WHERE l.property_id = :property_id AND l.from_on <= :day AND l.to_on >= :day
  AND l.state IN ('sealed', 'effective', 'expiring', 'renewed', 'terminated', 'settled', 'archived')
GROUP BY substr(CAST(l.to_on AS TEXT), 1, 4)
ORDER BY 1

-- name: report.mix
-- Let area on :day by first-level category: name, area, units.
SELECT COALESCE(p.name, k.name, '—'), CAST(SUM(x.area) AS BIGINT), COUNT(*)
FROM lease_unit x
JOIN lease l ON l.property_id = x.property_id AND l.id = x.lease_id
LEFT JOIN category k ON k.id = l.category_id
LEFT JOIN category p ON p.id = k.parent_id
WHERE x.property_id = :property_id AND x.from_on <= :day AND x.to_on >= :day
  AND l.state IN ('approved', 'sealed', 'effective', 'expiring', 'expired')
GROUP BY COALESCE(p.name, k.name, '—')
ORDER BY 2 DESC

-- name: report.stages
-- Open leads by stage, and those signed since :since.
SELECT stage, COUNT(*) FROM lead
WHERE property_id = :property_id AND stage NOT IN ('lost', 'dormant') AND (stage <> 'signed' OR updated_at >= :since)
GROUP BY stage

-- name: report.people
-- People of the property who keep registers: id, name.
SELECT DISTINCT s.id, s.name
FROM staff s
WHERE s.active = 1 AND s.id IN (
  SELECT receptionist_id FROM inquiry WHERE property_id = :property_id AND on_day BETWEEN :from_on AND :to_on
  UNION SELECT staff_id FROM follow_up WHERE property_id = :property_id AND on_day BETWEEN :from_on AND :to_on
  UNION SELECT owner_id FROM lease WHERE property_id = :property_id AND sign_on BETWEEN :from_on AND :to_on
  UNION SELECT owner_id FROM intent WHERE property_id = :property_id AND signed_on BETWEEN :from_on AND :to_on)
ORDER BY s.id

-- name: report.reaches
-- One row if :member is in the team or department of :me.
SELECT 1 FROM staff_reach WHERE viewer_id = :me AND member_id = :member AND reach = :reach
