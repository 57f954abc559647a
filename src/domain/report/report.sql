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
