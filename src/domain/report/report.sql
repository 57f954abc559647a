-- Statements of domain/report.

-- name: report.let_area
-- Leasable area of units to let, and what of it is let on :day, in 1/100 m2; number of both.
SELECT CAST(COALESCE(SUM(u.area_leasable), 0) AS BIGINT),
  CAST(COALESCE(SUM(CASE WHEN c.unit_id IS NULL THEN 0 ELSE u.area_leasable END), 0) AS BIGINT),
  COUNT(*), COUNT(c.unit_id)
FROM unit u
LEFT JOIN (SELECT DISTINCT x.unit_id FROM lease_unit x
           JOIN lease l ON l.property_id = x.property_id AND l.id = x.lease_id
           WHERE x.property_id = :property_id AND x.from_on <= :day AND x.to_on >= :day
             AND l.known_on <= :day AND l.state <> 'void') c
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
SELECT MAX(CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(p.name_en, p.name, k.name_en, k.name, '—') ELSE COALESCE(p.name, k.name, '—') END),
  CAST(SUM(x.area) AS BIGINT), COUNT(*)
FROM lease_unit x
JOIN lease l ON l.property_id = x.property_id AND l.id = x.lease_id
LEFT JOIN category k ON k.id = l.category_id
LEFT JOIN category p ON p.id = k.parent_id
WHERE x.property_id = :property_id AND x.from_on <= :day AND x.to_on >= :day
  AND l.state IN ('approved', 'sealed', 'effective', 'expiring', 'expired')
GROUP BY COALESCE(p.id, k.id)
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

-- name: report.timeline_lead
-- what happened to a lead: time, kind, entity, record, word, text, person, amount, lead and lease that it belongs to, place in the history
SELECT i.at AS at, i.kind AS kind, 'inquiry' AS entity, i.id AS id, CAST(NULL AS TEXT) AS word, i.content AS body, p.name AS person,
  CAST(NULL AS BIGINT) AS amount, i.lead_id AS lead_id, CAST(NULL AS BIGINT) AS lease_id, CAST(0 AS BIGINT) AS seq
FROM inquiry i LEFT JOIN staff p ON p.id = i.receptionist_id
WHERE i.property_id = :property_id AND i.lead_id = :id
UNION ALL
SELECT f.at, 'follow_up', 'follow_up', f.id, f.way, f.content, p.name, CAST(NULL AS BIGINT), f.lead_id, CAST(NULL AS BIGINT), CAST(0 AS BIGINT)
FROM follow_up f LEFT JOIN staff p ON p.id = f.staff_id
WHERE f.property_id = :property_id AND f.lead_id = :id
UNION ALL
SELECT COALESCE(v.reported_at, v.visited_at, v.created_at), 'visit_plan', 'visit_plan', v.id, v.state, COALESCE(v.report, v.purpose), p.name,
  CAST(NULL AS BIGINT), v.lead_id, CAST(NULL AS BIGINT), CAST(0 AS BIGINT)
FROM visit_plan v LEFT JOIN staff p ON p.id = v.staff_id
WHERE v.property_id = :property_id AND v.lead_id = :id
UNION ALL
SELECT o.created_at, 'offer', 'offer', o.id, o.side, o.content, p.name, CAST(NULL AS BIGINT), o.lead_id, CAST(NULL AS BIGINT), CAST(0 AS BIGINT)
FROM offer o LEFT JOIN staff p ON p.id = o.staff_id
WHERE o.property_id = :property_id AND o.lead_id = :id
UNION ALL
SELECT h.from_at, 'unit_hold', 'unit_hold', h.id, u.no, h.reason, p.name, CAST(NULL AS BIGINT), h.lead_id, CAST(NULL AS BIGINT), CAST(0 AS BIGINT)
FROM unit_hold h JOIN unit u ON u.property_id = h.property_id AND u.id = h.unit_id LEFT JOIN staff p ON p.id = h.staff_id
WHERE h.property_id = :property_id AND h.lead_id = :id
UNION ALL
SELECT x.at, 'stage', 'lead', x.lead_id, x.to_stage, CAST(NULL AS TEXT), p.name, CAST(NULL AS BIGINT), x.lead_id, CAST(NULL AS BIGINT), CAST(0 AS BIGINT)
FROM lead_stage_change x LEFT JOIN staff p ON p.id = x.created_by
WHERE x.property_id = :property_id AND x.lead_id = :id
UNION ALL
SELECT x.at, 'owner', 'lead', x.lead_id, t.name, x.remarks, p.name, CAST(NULL AS BIGINT), x.lead_id, CAST(NULL AS BIGINT), CAST(0 AS BIGINT)
FROM lead_owner_change x LEFT JOIN staff t ON t.id = x.to_staff_id LEFT JOIN staff p ON p.id = x.created_by
WHERE x.property_id = :property_id AND x.lead_id = :id
UNION ALL
SELECT h.at, 'step', h.entity, h.record_id, h.action, n.no, p.name, CAST(NULL AS BIGINT), n.lead_id, CAST(NULL AS BIGINT), h.seq
FROM intent n JOIN history h ON h.property_id = n.property_id AND h.entity = 'intent' AND h.record_id = n.id LEFT JOIN staff p ON p.id = h.by_id
WHERE n.property_id = :property_id AND n.lead_id = :id AND h.action <> 'update'
UNION ALL
SELECT h.at, 'step', h.entity, h.record_id, h.action, e.no, p.name, CAST(NULL AS BIGINT), e.lead_id, e.id, h.seq
FROM lease e JOIN history h ON h.property_id = e.property_id AND h.entity = 'lease' AND h.record_id = e.id LEFT JOIN staff p ON p.id = h.by_id
WHERE e.property_id = :property_id AND e.lead_id = :id AND h.action <> 'update'
ORDER BY 1 DESC, 11 DESC, 4 DESC

-- name: report.timeline_merchant
-- what happened with a merchant, across its leads and leases: time, kind, entity, record, word, text, person, amount, lead and lease that it belongs to, place in the history
SELECT i.at AS at, i.kind AS kind, 'inquiry' AS entity, i.id AS id, CAST(NULL AS TEXT) AS word, i.content AS body, p.name AS person,
  CAST(NULL AS BIGINT) AS amount, i.lead_id AS lead_id, CAST(NULL AS BIGINT) AS lease_id, CAST(0 AS BIGINT) AS seq
FROM inquiry i LEFT JOIN staff p ON p.id = i.receptionist_id
WHERE i.property_id = :property_id AND i.merchant_id = :id
UNION ALL
SELECT f.at, 'follow_up', 'follow_up', f.id, f.way, f.content, p.name, CAST(NULL AS BIGINT), l.id, CAST(NULL AS BIGINT), CAST(0 AS BIGINT)
FROM follow_up f JOIN lead l ON l.property_id = f.property_id AND l.id = f.lead_id LEFT JOIN staff p ON p.id = f.staff_id
WHERE f.property_id = :property_id AND l.merchant_id = :id
UNION ALL
SELECT COALESCE(v.reported_at, v.visited_at, v.created_at), 'visit_plan', 'visit_plan', v.id, v.state, COALESCE(v.report, v.purpose), p.name,
  CAST(NULL AS BIGINT), v.lead_id, CAST(NULL AS BIGINT), CAST(0 AS BIGINT)
FROM visit_plan v LEFT JOIN lead l ON l.property_id = v.property_id AND l.id = v.lead_id LEFT JOIN staff p ON p.id = v.staff_id
WHERE v.property_id = :property_id AND (v.merchant_id = :id OR l.merchant_id = :id)
UNION ALL
SELECT x.at, 'stage', 'lead', x.lead_id, x.to_stage, l.name, p.name, CAST(NULL AS BIGINT), l.id, CAST(NULL AS BIGINT), CAST(0 AS BIGINT)
FROM lead_stage_change x JOIN lead l ON l.property_id = x.property_id AND l.id = x.lead_id LEFT JOIN staff p ON p.id = x.created_by
WHERE x.property_id = :property_id AND l.merchant_id = :id
UNION ALL
SELECT h.from_at, 'unit_hold', 'unit_hold', h.id, u.no, h.reason, p.name, CAST(NULL AS BIGINT), l.id, CAST(NULL AS BIGINT), CAST(0 AS BIGINT)
FROM unit_hold h JOIN unit u ON u.property_id = h.property_id AND u.id = h.unit_id
JOIN lead l ON l.property_id = h.property_id AND l.id = h.lead_id LEFT JOIN staff p ON p.id = h.staff_id
WHERE h.property_id = :property_id AND l.merchant_id = :id
UNION ALL
SELECT h.at, 'step', h.entity, h.record_id, h.action, n.no, p.name, CAST(NULL AS BIGINT), n.lead_id, CAST(NULL AS BIGINT), h.seq
FROM intent n JOIN history h ON h.property_id = n.property_id AND h.entity = 'intent' AND h.record_id = n.id LEFT JOIN staff p ON p.id = h.by_id
WHERE n.property_id = :property_id AND n.merchant_id = :id AND h.action <> 'update'
UNION ALL
SELECT h.at, 'step', h.entity, h.record_id, h.action, e.no, p.name, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), e.id, h.seq
FROM lease e JOIN history h ON h.property_id = e.property_id AND h.entity = 'lease' AND h.record_id = e.id LEFT JOIN staff p ON p.id = h.by_id
WHERE e.property_id = :property_id AND e.merchant_id = :id AND h.action <> 'update'
UNION ALL
SELECT h.at, 'step', h.entity, h.record_id, h.action, o.no, p.name, CASE WHEN h.action = 'issue' THEN o.total END, CAST(NULL AS BIGINT), e.id, h.seq
FROM lease e JOIN payment_order o ON o.property_id = e.property_id AND o.lease_id = e.id
JOIN history h ON h.property_id = e.property_id AND h.entity = 'payment_order' AND h.record_id = o.id LEFT JOIN staff p ON p.id = h.by_id
WHERE e.property_id = :property_id AND e.merchant_id = :id AND h.action IN ('issue', 'cancel')
UNION ALL
SELECT r.created_at, 'step', 'receipt', r.id, r.state, r.no, p.name, r.amount, CAST(NULL AS BIGINT), e.id, CAST(0 AS BIGINT)
FROM lease e JOIN receipt r ON r.property_id = e.property_id AND r.lease_id = e.id LEFT JOIN staff p ON p.id = r.created_by
WHERE e.property_id = :property_id AND e.merchant_id = :id
UNION ALL
SELECT h.at, 'step', h.entity, h.record_id, h.action, w.no, p.name, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), e.id, h.seq
FROM lease e JOIN handover w ON w.property_id = e.property_id AND w.lease_id = e.id
JOIN history h ON h.property_id = e.property_id AND h.entity = 'handover' AND h.record_id = w.id LEFT JOIN staff p ON p.id = h.by_id
WHERE e.property_id = :property_id AND e.merchant_id = :id AND h.action <> 'update'
ORDER BY 1 DESC, 11 DESC, 4 DESC

-- name: report.timeline_lease
-- what happened with a lease, from its letter of intent to the handover: time, kind, entity, record, word, text, person, amount, lead and lease that it belongs to, place in the history
SELECT h.at AS at, 'step' AS kind, h.entity AS entity, h.record_id AS id, h.action AS word, n.no AS body, p.name AS person,
  CAST(NULL AS BIGINT) AS amount, CAST(NULL AS BIGINT) AS lead_id, e.id AS lease_id, h.seq AS seq
FROM lease e JOIN intent n ON n.property_id = e.property_id AND n.id = e.intent_id
JOIN history h ON h.property_id = e.property_id AND h.entity = 'intent' AND h.record_id = n.id LEFT JOIN staff p ON p.id = h.by_id
WHERE e.property_id = :property_id AND e.id = :id AND h.action <> 'update'
UNION ALL
SELECT h.at, 'step', h.entity, h.record_id, h.action, CAST(NULL AS TEXT), p.name, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), e.id, h.seq
FROM lease e JOIN history h ON h.property_id = e.property_id AND h.entity = 'lease' AND h.record_id = e.id LEFT JOIN staff p ON p.id = h.by_id
WHERE e.property_id = :property_id AND e.id = :id AND h.action <> 'update'
UNION ALL
SELECT MAX(h.at), 'step', 'lease', e.id, 'update', CAST(NULL AS TEXT), p.name, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), e.id, MAX(h.seq)
FROM lease e JOIN history h ON h.property_id = e.property_id AND h.entity = 'lease' AND h.record_id = e.id LEFT JOIN staff p ON p.id = h.by_id
WHERE e.property_id = :property_id AND e.id = :id AND h.action = 'update' AND h.at > e.created_at
GROUP BY e.id, h.by_id, p.name, h.at / 86400000000
UNION ALL
SELECT k.decided_at, 'approval', 'approval', a.id, k.decision, k.opinion, p.name, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), e.id, CAST(0 AS BIGINT)
FROM lease e JOIN approval a ON a.property_id = e.property_id AND a.subject_entity = 'lease' AND a.subject_id = e.id
JOIN approval_task k ON k.property_id = a.property_id AND k.approval_id = a.id LEFT JOIN staff p ON p.id = k.staff_id
WHERE e.property_id = :property_id AND e.id = :id AND k.decided_at IS NOT NULL AND k.decision IS NOT NULL
UNION ALL
SELECT d.updated_at, 'step', 'lease_document', d.id, d.kind, d.paper_no, p.name, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), e.id, CAST(0 AS BIGINT)
FROM lease e JOIN lease_document d ON d.property_id = e.property_id AND d.lease_id = e.id LEFT JOIN staff p ON p.id = d.updated_by
WHERE e.property_id = :property_id AND e.id = :id AND d.state = 'received'
UNION ALL
SELECT f.created_at, 'file', f.entity, f.record_id, CAST(NULL AS TEXT), f.name, p.name, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), e.id, CAST(0 AS BIGINT)
FROM lease e JOIN file f ON f.property_id = e.property_id
  AND ((f.entity = 'lease' AND f.record_id = e.id)
       OR (f.entity = 'lease_document' AND f.record_id IN (SELECT d.id FROM lease_document d WHERE d.property_id = :property_id AND d.lease_id = :id)))
LEFT JOIN staff p ON p.id = f.created_by
WHERE e.property_id = :property_id AND e.id = :id
UNION ALL
SELECT h.at, 'step', h.entity, h.record_id, h.action, o.no, p.name, CASE WHEN h.action = 'issue' THEN o.total END, CAST(NULL AS BIGINT), e.id, h.seq
FROM lease e JOIN payment_order o ON o.property_id = e.property_id AND o.lease_id = e.id
JOIN history h ON h.property_id = e.property_id AND h.entity = 'payment_order' AND h.record_id = o.id LEFT JOIN staff p ON p.id = h.by_id
WHERE e.property_id = :property_id AND e.id = :id AND h.action IN ('issue', 'cancel')
UNION ALL
SELECT r.created_at, 'step', 'receipt', r.id, r.state, r.no, p.name, r.amount, CAST(NULL AS BIGINT), e.id, CAST(0 AS BIGINT)
FROM lease e JOIN receipt r ON r.property_id = e.property_id AND r.lease_id = e.id LEFT JOIN staff p ON p.id = r.created_by
WHERE e.property_id = :property_id AND e.id = :id
UNION ALL
SELECT h.at, 'step', h.entity, h.record_id, h.action, w.no, p.name, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), e.id, h.seq
FROM lease e JOIN handover w ON w.property_id = e.property_id AND w.lease_id = e.id
JOIN history h ON h.property_id = e.property_id AND h.entity = 'handover' AND h.record_id = w.id LEFT JOIN staff p ON p.id = h.by_id
WHERE e.property_id = :property_id AND e.id = :id AND h.action <> 'update'
ORDER BY 1 DESC, 11 DESC, 4 DESC

-- name: report.timeline_unit
-- what happened to a unit: time, kind, entity, record, word, text, person, amount, lead and lease that it belongs to, place in the history
SELECT h.from_at AS at, 'unit_hold' AS kind, 'unit_hold' AS entity, h.id AS id, l.name AS word, h.reason AS body, p.name AS person,
  CAST(NULL AS BIGINT) AS amount, CAST(NULL AS BIGINT) AS lead_id, CAST(NULL AS BIGINT) AS lease_id, CAST(0 AS BIGINT) AS seq
FROM unit_hold h JOIN lead l ON l.property_id = h.property_id AND l.id = h.lead_id LEFT JOIN staff p ON p.id = h.staff_id
WHERE h.property_id = :property_id AND h.unit_id = :id
UNION ALL
SELECT o.created_at, 'offer', 'offer', o.id, o.side, l.name, p.name, CAST(NULL AS BIGINT), o.lead_id, CAST(NULL AS BIGINT), CAST(0 AS BIGINT)
FROM offer o JOIN lead l ON l.property_id = o.property_id AND l.id = o.lead_id LEFT JOIN staff p ON p.id = o.staff_id
WHERE o.property_id = :property_id AND o.unit_id = :id
UNION ALL
SELECT e.created_at, 'step', 'lease', e.id, e.state, e.no, p.name, CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(NULL AS BIGINT), CAST(0 AS BIGINT)
FROM lease_unit x JOIN lease e ON e.property_id = x.property_id AND e.id = x.lease_id LEFT JOIN staff p ON p.id = e.owner_id
WHERE x.property_id = :property_id AND x.unit_id = :id
ORDER BY 1 DESC, 11 DESC, 4 DESC

-- Rules of the statements below. What a report knew on :day: leases whose review had passed by then (known_on) and that were not void yet; prices known and not
-- replaced by then; charges posted by then and closed later, less what allocations posted by then had settled. So a past day gives what it gave on that day.

-- name: report.rent_roll
-- One row per unit on :day: lease (null where vacant or none of this person's business), floor, unit, area, let area, merchant, brand, category, lease no,
-- from, to, monthly rent of the whole lease, of this unit alone, other charges, area of the lease, deposit held, arrears, next step, state, purpose.
SELECT r.id, f.name, u.no, u.area_leasable, h.area, m.name, b.name, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(k.name_en, k.name) ELSE k.name END, r.no, h.from_on, h.to_on,
  p.monthly, o.monthly, q.monthly, h.lease_area, d.amount, w.amount, n.from_on, h.unit_id, u.purpose, u.id
FROM unit u
JOIN floor f ON f.property_id = u.property_id AND f.id = u.floor_id
LEFT JOIN (SELECT y.unit_id, y.lease_id, y.area, y.from_on,
                  COALESCE((SELECT g.old_to_on FROM lease_change g
                            WHERE g.property_id = y.property_id AND g.lease_id = y.lease_id AND g.state = 'applied' AND g.applied_on > :day
                              AND g.kind IN ('transfer', 'termination') ORDER BY g.applied_on LIMIT 1), y.to_on) AS to_on,
                  SUM(y.area) OVER (PARTITION BY y.lease_id) AS lease_area
           FROM lease_unit y
           JOIN lease l ON l.property_id = y.property_id AND l.id = y.lease_id
           WHERE y.property_id = :property_id AND y.from_on <= :day AND y.to_on >= :day AND l.known_on <= :day AND (l.state <> 'void' OR l.state_since >= :day_end_us)) h ON h.unit_id = u.id
LEFT JOIN lease r ON r.property_id = u.property_id AND r.id = h.lease_id AND {{SCOPE lease r}}
LEFT JOIN merchant m ON m.property_id = r.property_id AND m.id = r.merchant_id
LEFT JOIN brand b ON b.property_id = r.property_id AND b.id = r.brand_id
LEFT JOIN category k ON k.id = r.category_id
LEFT JOIN (SELECT x.lease_id, CAST(SUM(x.monthly) AS BIGINT) AS monthly
           FROM lease_price x
           WHERE x.property_id = :property_id AND x.is_rent = 1 AND x.unit_no IS NULL AND x.from_on <= :day AND x.to_on >= :day AND x.known_on <= :day
             AND (x.replaced_on IS NULL OR x.replaced_on > :day)
           GROUP BY x.lease_id) p ON p.lease_id = r.id
LEFT JOIN (SELECT x.lease_id, x.unit_no, CAST(SUM(x.monthly) AS BIGINT) AS monthly
           FROM lease_price x
           WHERE x.property_id = :property_id AND x.is_rent = 1 AND x.unit_no IS NOT NULL AND x.from_on <= :day AND x.to_on >= :day AND x.known_on <= :day
             AND (x.replaced_on IS NULL OR x.replaced_on > :day)
           GROUP BY x.lease_id, x.unit_no) o ON o.lease_id = r.id AND o.unit_no = u.no
LEFT JOIN (SELECT x.lease_id, CAST(SUM(x.monthly) AS BIGINT) AS monthly
           FROM lease_price x
           WHERE x.property_id = :property_id AND x.is_rent = 0 AND x.from_on <= :day AND x.to_on >= :day AND x.known_on <= :day
             AND (x.replaced_on IS NULL OR x.replaced_on > :day)
           GROUP BY x.lease_id) q ON q.lease_id = r.id
LEFT JOIN (SELECT e.lease_id, CAST(SUM(e.amount) AS BIGINT) AS amount FROM deposit_entry e
           WHERE e.property_id = :property_id AND e.posted_on <= :day GROUP BY e.lease_id) d ON d.lease_id = r.id
LEFT JOIN (SELECT c.lease_id, CAST(SUM(c.gross - c.paid + COALESCE(b.amount, 0)) AS BIGINT) AS amount
           FROM charge c
           LEFT JOIN (SELECT a.charge_id, SUM(a.amount) AS amount FROM allocation a
                      WHERE a.property_id = :property_id AND a.posted_on > :day GROUP BY a.charge_id) b ON b.charge_id = c.id
           WHERE c.property_id = :property_id AND c.closed_on > :day AND c.posted_on <= :day AND c.due_on < :day AND c.kind <> 'deposit'
           GROUP BY c.lease_id) w ON w.lease_id = r.id
LEFT JOIN (SELECT x.lease_id, MIN(x.from_on) AS from_on FROM lease_price x
           WHERE x.property_id = :property_id AND x.is_rent = 1 AND x.from_on > :day AND x.known_on <= :day
             AND (x.replaced_on IS NULL OR x.replaced_on > :day) GROUP BY x.lease_id) n ON n.lease_id = r.id
WHERE {{SCOPE unit u}} AND (u.from_on IS NULL OR u.from_on <= :day) AND (u.to_on IS NULL OR u.to_on >= :day)
ORDER BY f.seq, u.no

-- name: report.occupancy
-- By floor on :day: floor id, floor, leasable area, let (term has begun), signed and not begun, vacant, units, let units.
SELECT f.id, f.name, CAST(SUM(u.area_leasable) AS BIGINT),
  CAST(SUM(CASE WHEN h.unit_id IS NULL THEN 0 ELSE u.area_leasable END) AS BIGINT),
  CAST(SUM(CASE WHEN h.unit_id IS NULL AND s.unit_id IS NOT NULL THEN u.area_leasable ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE WHEN h.unit_id IS NULL AND s.unit_id IS NULL THEN u.area_leasable ELSE 0 END) AS BIGINT),
  COUNT(*), COUNT(h.unit_id)
FROM unit u
JOIN floor f ON f.property_id = u.property_id AND f.id = u.floor_id
LEFT JOIN (SELECT DISTINCT y.unit_id FROM lease_unit y JOIN lease l ON l.property_id = y.property_id AND l.id = y.lease_id
           WHERE y.property_id = :property_id AND y.from_on <= :day AND y.to_on >= :day AND l.known_on <= :day AND (l.state <> 'void' OR l.state_since >= :day_end_us)) h ON h.unit_id = u.id
LEFT JOIN (SELECT DISTINCT y.unit_id FROM lease_unit y JOIN lease l ON l.property_id = y.property_id AND l.id = y.lease_id
           WHERE y.property_id = :property_id AND y.from_on > :day AND l.known_on <= :day AND (l.state <> 'void' OR l.state_since >= :day_end_us)) s ON s.unit_id = u.id
WHERE {{SCOPE unit u}} AND u.purpose = 'letting' AND (u.from_on IS NULL OR u.from_on <= :day) AND (u.to_on IS NULL OR u.to_on >= :day)
GROUP BY f.id, f.name, f.seq
ORDER BY f.seq

-- name: report.leases_on
-- Leases in force on :day: lease, no, merchant, brand, category (first level), from, to, area on that day, monthly rent on that day.
SELECT l.id, l.no, m.name, b.name, COALESCE(CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(g.name_en, g.name) ELSE g.name END, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(k.name_en, k.name) ELSE k.name END, '—'), l.from_on, l.to_on, h.area, COALESCE(p.monthly, 0), l.merchant_id
FROM lease l
JOIN (SELECT y.lease_id, CAST(SUM(y.area) AS BIGINT) AS area, MAX(y.to_on) AS to_on FROM lease_unit y
      WHERE y.property_id = :property_id AND y.from_on <= :day AND y.to_on >= :day GROUP BY y.lease_id) h ON h.lease_id = l.id
LEFT JOIN merchant m ON m.property_id = l.property_id AND m.id = l.merchant_id
LEFT JOIN brand b ON b.property_id = l.property_id AND b.id = l.brand_id
LEFT JOIN category k ON k.id = l.category_id
LEFT JOIN category g ON g.id = k.parent_id
LEFT JOIN (SELECT x.lease_id, CAST(SUM(x.monthly) AS BIGINT) AS monthly
           FROM lease_price x
           WHERE x.property_id = :property_id AND x.is_rent = 1 AND x.from_on <= :day AND x.to_on >= :day AND x.known_on <= :day
             AND (x.replaced_on IS NULL OR x.replaced_on > :day)
           GROUP BY x.lease_id) p ON p.lease_id = l.id
WHERE {{SCOPE lease l}} AND l.known_on <= :day AND (l.state <> 'void' OR l.state_since >= :day_end_us)
ORDER BY l.no

-- name: report.spread
-- Leases that begin between :from_on and :to_on on units that were let before: lease, no, unit, merchant, begin, area, last monthly rent of the lease before, first
-- of this one. Rents are those of the units' whole leases by area.
SELECT l.id, l.no, u.no, m.name, l.from_on, y.area,
  CAST(o.monthly AS BIGINT), o.area, CAST(w.monthly AS BIGINT), w.area, o.no
FROM lease l
JOIN lease_unit y ON y.property_id = l.property_id AND y.lease_id = l.id AND y.from_on = l.from_on
JOIN unit u ON u.property_id = y.property_id AND u.id = y.unit_id
LEFT JOIN merchant m ON m.property_id = l.property_id AND m.id = l.merchant_id
JOIN (SELECT x.lease_id, x.from_on, SUM(x.monthly) AS monthly, MAX(e.area) AS area
      FROM lease_price x JOIN lease e ON e.property_id = x.property_id AND e.id = x.lease_id
      WHERE x.property_id = :property_id AND x.is_rent = 1 AND x.replaced_on IS NULL AND x.monthly > 0
        AND x.from_on = (SELECT MIN(v.from_on) FROM lease_price v WHERE v.property_id = :property_id AND v.lease_id = x.lease_id AND v.is_rent = 1
                         AND v.replaced_on IS NULL AND v.monthly > 0)
      GROUP BY x.lease_id, x.from_on) w ON w.lease_id = l.id
JOIN (SELECT z.unit_id, z.to_on, e.no, e.area, t.monthly
      FROM lease_unit z
      JOIN lease e ON e.property_id = z.property_id AND e.id = z.lease_id AND e.known_on IS NOT NULL AND e.state <> 'void'
      JOIN (SELECT x.lease_id, x.to_on, SUM(x.monthly) AS monthly FROM lease_price x
            WHERE x.property_id = :property_id AND x.is_rent = 1 AND x.replaced_on IS NULL
              AND x.to_on = (SELECT MAX(v.to_on) FROM lease_price v WHERE v.property_id = :property_id AND v.lease_id = x.lease_id AND v.is_rent = 1 AND v.replaced_on IS NULL)
            GROUP BY x.lease_id, x.to_on) t ON t.lease_id = e.id
      WHERE z.property_id = :property_id) o ON o.unit_id = y.unit_id AND o.to_on < l.from_on
WHERE {{SCOPE lease l}} AND l.from_on BETWEEN :from_on AND :to_on AND l.known_on IS NOT NULL AND l.state <> 'void'
  AND o.to_on = (SELECT MAX(z.to_on) FROM lease_unit z JOIN lease e ON e.property_id = z.property_id AND e.id = z.lease_id
                 WHERE z.property_id = :property_id AND z.unit_id = y.unit_id AND z.to_on < l.from_on AND e.known_on IS NOT NULL AND e.state <> 'void')
ORDER BY l.from_on, l.no

-- name: report.ageing
-- By merchant and lease on :day: lease, merchant, lease no, units, open, not due, and by days past the due day up to 30, 60, 90, 180, 365 and above.
SELECT s.lease_id, m.name, l.no, l.unit_nos, CAST(SUM(s.open) AS BIGINT),
  CAST(SUM(CASE WHEN s.due_on >= :day THEN s.open ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE WHEN s.due_on < :day AND s.due_on >= :age_30 THEN s.open ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE WHEN s.due_on < :age_30 AND s.due_on >= :age_60 THEN s.open ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE WHEN s.due_on < :age_60 AND s.due_on >= :age_90 THEN s.open ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE WHEN s.due_on < :age_90 AND s.due_on >= :age_180 THEN s.open ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE WHEN s.due_on < :age_180 AND s.due_on >= :age_365 THEN s.open ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE WHEN s.due_on < :age_365 THEN s.open ELSE 0 END) AS BIGINT)
FROM (SELECT c.merchant_id, c.lease_id, c.due_on, c.gross - c.paid + COALESCE(b.amount, 0) AS open
      FROM charge c
      LEFT JOIN (SELECT a.charge_id, SUM(a.amount) AS amount FROM allocation a
                 WHERE a.property_id = :property_id AND a.posted_on > :day GROUP BY a.charge_id) b ON b.charge_id = c.id
      WHERE {{SCOPE charge c}} AND c.closed_on > :day AND c.posted_on <= :day AND c.kind <> 'deposit') s
JOIN merchant m ON m.property_id = :property_id AND m.id = s.merchant_id
LEFT JOIN lease l ON l.property_id = :property_id AND l.id = s.lease_id
WHERE s.open <> 0
GROUP BY s.lease_id, m.id, m.name, l.no, l.unit_nos
ORDER BY 5 DESC, m.name

-- name: report.receivable
-- What is open on :day, one row per charge: charge, merchant, lease no, unit, what for, from, to, due, gross, settled by then, open, days overdue.
SELECT c.id, m.name, l.no, u.no, c.name, c.period_from, c.period_to, c.due_on, c.gross, c.paid - COALESCE(b.amount, 0),
  c.gross - c.paid + COALESCE(b.amount, 0)
FROM charge c
LEFT JOIN (SELECT a.charge_id, SUM(a.amount) AS amount FROM allocation a
           WHERE a.property_id = :property_id AND a.posted_on > :day GROUP BY a.charge_id) b ON b.charge_id = c.id
JOIN merchant m ON m.property_id = c.property_id AND m.id = c.merchant_id
LEFT JOIN lease l ON l.property_id = c.property_id AND l.id = c.lease_id
LEFT JOIN unit u ON u.property_id = c.property_id AND u.id = c.unit_id
WHERE {{SCOPE charge c}} AND c.closed_on > :day AND c.posted_on <= :day AND c.gross - c.paid + COALESCE(b.amount, 0) <> 0
ORDER BY c.due_on, m.name, c.id

-- name: report.turn
-- Receivables of a month by item: item, name, open at its beginning, billed, voided, received, deposits set off, waived and written off, set off against credits,
-- open at its end.
SELECT s.item_id, MAX(CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(i.name_en, i.name) ELSE i.name END),
  CAST(SUM(s.opening) AS BIGINT), CAST(SUM(s.billed) AS BIGINT), CAST(SUM(s.voided) AS BIGINT), CAST(SUM(s.received) AS BIGINT),
  CAST(SUM(s.deposits) AS BIGINT), CAST(SUM(s.waived) AS BIGINT), CAST(SUM(s.offsets) AS BIGINT),
  CAST(SUM(s.opening + s.billed - s.voided - s.received - s.deposits - s.waived - s.offsets) AS BIGINT)
FROM (SELECT c.item_id, CASE WHEN c.posted_on < :month_from THEN c.gross ELSE 0 END AS opening,
             CASE WHEN c.posted_on >= :month_from THEN c.gross ELSE 0 END AS billed,
             CASE WHEN c.state = 'void' AND c.closed_on <= :month_to THEN c.gross ELSE 0 END AS voided,
             0 AS received, 0 AS deposits, 0 AS waived, 0 AS offsets
      FROM charge c
      WHERE {{SCOPE charge c}} AND c.closed_on >= :month_from AND c.posted_on <= :month_to AND c.kind <> 'deposit'
      UNION ALL
      SELECT c.item_id, CASE WHEN a.posted_on < :month_from THEN -a.amount ELSE 0 END, 0, 0,
             CASE WHEN a.posted_on >= :month_from AND a.kind = 'receipt' THEN a.amount ELSE 0 END,
             CASE WHEN a.posted_on >= :month_from AND a.kind = 'deposit' THEN a.amount ELSE 0 END,
             CASE WHEN a.posted_on >= :month_from AND a.kind IN ('waiver', 'write_off') THEN a.amount ELSE 0 END,
             CASE WHEN a.posted_on >= :month_from AND a.kind = 'offset' THEN a.amount ELSE 0 END
      FROM charge c
      JOIN allocation a ON a.property_id = c.property_id AND a.charge_id = c.id AND a.posted_on <= :month_to
      WHERE {{SCOPE charge c}} AND c.closed_on >= :month_from AND c.posted_on <= :month_to AND c.kind <> 'deposit') s
LEFT JOIN charge_item i ON i.property_id = :property_id AND i.id = s.item_id
GROUP BY s.item_id, i.seq
ORDER BY i.seq NULLS LAST

-- name: report.deposit
-- Deposits held on :day by lease and kind: lease, merchant, lease no, units, kind, received, converted, deducted, refunded, forfeited, held.
SELECT e.lease_id, m.name, l.no, l.unit_nos, e.kind,
  CAST(SUM(CASE WHEN e.event = 'received' THEN e.amount ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE WHEN e.event = 'converted' THEN e.amount ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE WHEN e.event = 'deducted' THEN e.amount ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE WHEN e.event = 'refunded' THEN e.amount ELSE 0 END) AS BIGINT),
  CAST(SUM(CASE WHEN e.event = 'forfeited' THEN e.amount ELSE 0 END) AS BIGINT), CAST(SUM(e.amount) AS BIGINT)
FROM deposit_entry e
JOIN merchant m ON m.property_id = e.property_id AND m.id = e.merchant_id
LEFT JOIN lease l ON l.property_id = e.property_id AND l.id = e.lease_id
WHERE {{SCOPE deposit_entry e}} AND e.posted_on <= :day
GROUP BY e.lease_id, m.id, m.name, l.no, l.unit_nos, e.kind
ORDER BY m.name, l.no NULLS LAST, e.kind

-- name: report.tax
-- Billed less voided in a month by item and rate: item, name, rate, charges, net, tax, gross.
SELECT s.item_id, MAX(CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(i.name_en, i.name) ELSE i.name END), s.tax_rate, CAST(SUM(s.n) AS BIGINT),
  CAST(SUM(s.net) AS BIGINT), CAST(SUM(s.tax) AS BIGINT), CAST(SUM(s.gross) AS BIGINT)
FROM (SELECT c.item_id, c.tax_rate, 1 AS n, c.net, c.tax, c.gross FROM charge c
      WHERE {{SCOPE charge c}} AND c.posted_on BETWEEN :month_from AND :month_to AND c.kind <> 'deposit'
      UNION ALL
      SELECT c.item_id, c.tax_rate, 0, -c.net, -c.tax, -c.gross FROM charge c
      WHERE {{SCOPE charge c}} AND c.closed_on BETWEEN :month_from AND :month_to AND c.state = 'void' AND c.kind <> 'deposit') s
LEFT JOIN charge_item i ON i.property_id = :property_id AND i.id = s.item_id
GROUP BY s.item_id, s.tax_rate, i.seq
ORDER BY i.seq NULLS LAST, s.tax_rate

-- name: report.term_rents
-- Stretches of one rent price as known on :day: lease, from, to, free days within, monthly.
SELECT x.lease_id, x.from_on, x.to_on, x.free_days, x.monthly
FROM lease_price x
WHERE {{SCOPE lease_price x}} AND x.is_rent = 1 AND x.known_on <= :day AND (x.replaced_on IS NULL OR x.replaced_on > :day)

-- name: report.collection
-- Charges that count for the collection rate of a month: charge, collector, name, merchant, lease no, unit, what for, due, due in the month, received,
-- arrears at its beginning, recovered, due this year, received this year.
SELECT c.id, z.staff_id, s.name, m.name, l.no, u.no, c.name, c.due_on,
  CASE WHEN c.due_on >= :month_from THEN c.gross - COALESCE(a.waived, 0) ELSE 0 END,
  CASE WHEN c.due_on >= :month_from THEN COALESCE(a.received, 0) ELSE 0 END,
  CASE WHEN c.due_on < :month_from THEN c.gross - COALESCE(a.earlier, 0) - COALESCE(a.waived_now, 0) ELSE 0 END,
  CASE WHEN c.due_on < :month_from THEN COALESCE(a.received_now, 0) ELSE 0 END,
  CASE WHEN c.due_on >= :year_from THEN c.gross - COALESCE(a.waived, 0) ELSE 0 END,
  CASE WHEN c.due_on >= :year_from THEN COALESCE(a.received, 0) ELSE 0 END
FROM charge c
JOIN merchant m ON m.property_id = c.property_id AND m.id = c.merchant_id
LEFT JOIN lease l ON l.property_id = c.property_id AND l.id = c.lease_id
LEFT JOIN unit u ON u.property_id = c.property_id AND u.id = c.unit_id
LEFT JOIN zone_unit z ON z.property_id = c.property_id AND z.unit_id = c.unit_id AND z.from_on <= :month_to
  AND (z.to_on IS NULL OR z.to_on >= :month_to)
LEFT JOIN staff s ON s.id = z.staff_id
LEFT JOIN (SELECT x.charge_id,
             CAST(SUM(CASE WHEN x.kind IN ('receipt', 'deposit', 'offset') THEN x.amount ELSE 0 END) AS BIGINT) AS received,
             CAST(SUM(CASE WHEN x.kind IN ('receipt', 'deposit', 'offset') AND x.posted_on >= :month_from THEN x.amount ELSE 0 END) AS BIGINT)
               AS received_now,
             CAST(SUM(CASE WHEN x.kind = 'waiver' THEN x.amount ELSE 0 END) AS BIGINT) AS waived,
             CAST(SUM(CASE WHEN x.kind = 'waiver' AND x.posted_on >= :month_from THEN x.amount ELSE 0 END) AS BIGINT) AS waived_now,
             CAST(SUM(CASE WHEN x.posted_on < :month_from THEN x.amount ELSE 0 END) AS BIGINT) AS earlier
           FROM charge k
           JOIN allocation x ON x.property_id = k.property_id AND x.charge_id = k.id AND x.posted_on <= :month_to
           WHERE k.property_id = :property_id AND k.due_on <= :month_to AND (k.due_on >= :year_from OR k.closed_on >= :month_from)
           GROUP BY x.charge_id) a ON a.charge_id = c.id
WHERE {{SCOPE charge c}} AND c.due_on <= :month_to AND (c.due_on >= :year_from OR c.closed_on >= :month_from)
  AND c.posted_on <= :month_to AND c.kind <> 'deposit' AND (c.state <> 'void' OR c.closed_on > :month_to)
ORDER BY s.name NULLS LAST, m.name, c.due_on, c.id

-- name: report.open_now
-- What merchants owe now without deposits, and what of it is past due: fen.
SELECT CAST(COALESCE(SUM(c.gross - c.paid), 0) AS BIGINT),
  CAST(COALESCE(SUM(CASE WHEN c.due_on < :day THEN c.gross - c.paid ELSE 0 END), 0) AS BIGINT)
FROM charge c
WHERE {{SCOPE charge c}} AND c.closed_on > :day AND c.kind <> 'deposit'

-- name: report.received_month
-- Money that was confirmed as received from :since on: fen.
SELECT CAST(COALESCE(SUM(r.amount), 0) AS BIGINT)
FROM receipt r
WHERE {{SCOPE receipt r}} AND r.received_on >= :since AND r.state = 'confirmed'
