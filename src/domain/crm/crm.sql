-- name: crm.open_lead
-- the open lead of a merchant that an inquiry belongs to: mine first, then not in the pool, same name, same category, the newest
SELECT l.id, l.stage, l.owner_id
FROM lead l
WHERE l.property_id = :property_id AND l.merchant_id = :merchant_id AND l.stage NOT IN ('signed', 'lost')
  AND (CAST(:category_id AS BIGINT) IS NULL OR l.category_id IS NULL OR l.category_id = CAST(:category_id AS BIGINT))
ORDER BY CASE WHEN l.owner_id = :me THEN 0 ELSE 1 END, CASE WHEN l.stage = 'dormant' THEN 1 ELSE 0 END,
  CASE WHEN l.name = CAST(:name AS TEXT) THEN 0 ELSE 1 END, CASE WHEN l.category_id IS NOT NULL THEN 0 ELSE 1 END, l.id DESC
LIMIT 1

-- name: crm.inquiries_before
-- earlier entries of a phone or merchant: number, number of visits, the latest call
SELECT COUNT(*), COUNT(CASE WHEN i.kind = 'visit' THEN 1 END), MAX(CASE WHEN i.kind = 'call' AND i.phone = :phone THEN i.id END)
FROM inquiry i
WHERE i.property_id = :property_id AND (i.phone = :phone OR i.merchant_id = CAST(:merchant_id AS BIGINT)) AND i.id <> :own_id AND i.at <= :at

-- name: crm.inquiries_of_merchant
-- number of entries of a merchant
SELECT COUNT(*) FROM inquiry i WHERE i.property_id = :property_id AND i.merchant_id = :merchant_id

-- name: crm.follow_ups_of_lead
-- number of follow-ups of a lead
SELECT COUNT(*) FROM follow_up f WHERE f.property_id = :property_id AND f.lead_id = :lead_id

-- name: crm.first_inquiry
-- the entry a lead began with
SELECT i.id, i.no FROM inquiry i WHERE i.property_id = :property_id AND i.lead_id = :lead_id ORDER BY i.at, i.id LIMIT 1

-- name: crm.offers_of_lead
-- number of offers of ours, of agreed ones, and the last round
SELECT COUNT(CASE WHEN o.side = 'ours' THEN 1 END), COUNT(CASE WHEN o.is_accepted = 1 THEN 1 END), MAX(o.round)
FROM offer o WHERE o.property_id = :property_id AND o.lead_id = :lead_id

-- name: crm.offers_accepted
-- other offers of the lead that are marked as agreed
SELECT o.id FROM offer o WHERE o.property_id = :property_id AND o.lead_id = :lead_id AND o.is_accepted = 1 AND o.id <> :own_id

-- name: crm.holds_of_lead
-- active holds of a lead
SELECT h.id FROM unit_hold h WHERE h.property_id = :property_id AND h.lead_id = :lead_id AND h.state = 'active' ORDER BY h.id

-- name: crm.hold_active
-- the hold in force on a unit: hold, lead, end, lead's name, who placed it
SELECT h.id, h.lead_id, h.until_at, l.name, s.name
FROM unit_hold h
JOIN lead l ON l.property_id = h.property_id AND l.id = h.lead_id
LEFT JOIN staff s ON s.id = h.staff_id
WHERE h.property_id = :property_id AND h.unit_id = :unit_id AND h.state = 'active' AND h.until_at > :now AND h.id <> :own_id
ORDER BY h.until_at DESC
LIMIT 1

-- name: crm.holds_over
-- active holds whose time is over
SELECT h.id FROM unit_hold h WHERE h.property_id = :property_id AND h.state = 'active' AND h.until_at <= :now ORDER BY h.id

-- name: crm.visits_over
-- planned visits of days gone by
SELECT v.id FROM visit_plan v WHERE v.property_id = :property_id AND v.state = 'planned' AND v.planned_on < :today ORDER BY v.id

-- name: crm.pool_candidates
-- leads that somebody owns and nobody touched since :before, some at a time after :after
SELECT l.id
FROM lead l
WHERE l.property_id = :property_id AND l.owner_id IS NOT NULL AND l.key_account = 0
  AND l.stage IN ('new', 'contacted', 'visited', 'intention', 'negotiating')
  AND COALESCE(l.last_contact_at, l.created_at) < :before AND COALESCE(l.owner_since, l.created_at) < :before
  AND l.id > :after
ORDER BY l.id
LIMIT :count

-- name: crm.pool
-- leads that nobody owns
SELECT l.id, l.no, l.name, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(k.name_en, k.name) ELSE k.name END, l.grade, l.stage, l.area_min, l.area_max, l.pool_since, l.last_contact_at
FROM lead l
LEFT JOIN category k ON k.id = l.category_id
WHERE l.property_id = :property_id AND l.owner_id IS NULL AND l.stage IN ('new', 'contacted', 'visited', 'intention', 'negotiating', 'dormant')
ORDER BY l.grade NULLS LAST, l.pool_since DESC NULLS LAST, l.id DESC
LIMIT :count

-- name: crm.stage_changes
-- when a lead reached its stages
SELECT x.to_stage, x.at, x.seconds_before FROM lead_stage_change x
WHERE x.property_id = :property_id AND x.lead_id = :lead_id ORDER BY x.at, x.id

-- name: crm.match_units
-- units free or soon free, not held for somebody else: conditions and floor, end of the present lease
SELECT u.id, u.no, u.status, u.area_leasable, u.allowed_categories, u.has_water, u.has_gas, u.has_exhaust, u.frontage,
  u.price_basis, u.floor_price, u.target_price, f.id, f.name, f.code,
  (SELECT MAX(x.to_on) FROM lease_unit x JOIN lease l ON l.property_id = x.property_id AND l.id = x.lease_id
   WHERE x.property_id = u.property_id AND x.unit_id = u.id AND l.state IN ('effective', 'expiring', 'expired')),
  u.points
FROM unit u
JOIN floor f ON f.property_id = u.property_id AND f.id = u.floor_id
WHERE u.property_id = :property_id AND u.purpose = 'letting' AND u.status IN ('vacant', 'notice', 'reserved')
  AND (u.from_on IS NULL OR u.from_on <= :soon) AND u.to_on IS NULL
  AND NOT EXISTS (SELECT 1 FROM unit_hold h WHERE h.property_id = u.property_id AND h.unit_id = u.id AND h.state = 'active'
                  AND h.until_at > :now AND h.lead_id <> :lead_id)
ORDER BY u.no

-- name: crm.daily_rows
-- what a person (NULL: anybody) did on the days :from_on to :to_on, one row each: figure, record, area, amount
SELECT 'calls' AS figure, i.id AS id, 0 AS area, 0 AS amount
FROM inquiry i
WHERE i.property_id = :property_id AND i.kind = 'call' AND i.on_day BETWEEN :from_on AND :to_on
  AND (CAST(:staff_id AS BIGINT) IS NULL OR i.receptionist_id = CAST(:staff_id AS BIGINT))
UNION ALL
SELECT 'visits', i.id, 0, 0
FROM inquiry i
WHERE i.property_id = :property_id AND i.kind = 'visit' AND i.on_day BETWEEN :from_on AND :to_on
  AND (CAST(:staff_id AS BIGINT) IS NULL OR i.receptionist_id = CAST(:staff_id AS BIGINT))
UNION ALL
SELECT 'new_leads', l.id, 0, 0
FROM lead l
WHERE l.property_id = :property_id AND l.created_at >= :from_at AND l.created_at < :to_at
  AND (CAST(:staff_id AS BIGINT) IS NULL OR l.owner_id = CAST(:staff_id AS BIGINT))
UNION ALL
SELECT 'follow_ups', f.id, 0, 0
FROM follow_up f
WHERE f.property_id = :property_id AND f.on_day BETWEEN :from_on AND :to_on
  AND (CAST(:staff_id AS BIGINT) IS NULL OR f.staff_id = CAST(:staff_id AS BIGINT))
UNION ALL
SELECT 'visits_made', v.id, 0, 0
FROM visit_plan v
WHERE v.property_id = :property_id AND v.visited_at >= :from_at AND v.visited_at < :to_at
  AND (CAST(:staff_id AS BIGINT) IS NULL OR v.staff_id = CAST(:staff_id AS BIGINT))
UNION ALL
SELECT DISTINCT 'intents', x.lead_id, 0, 0
FROM lead_stage_change x
WHERE x.property_id = :property_id AND x.to_stage = 'intention' AND x.changed_on BETWEEN :from_on AND :to_on
  AND (CAST(:staff_id AS BIGINT) IS NULL OR x.staff_id = CAST(:staff_id AS BIGINT))
UNION ALL
SELECT 'signings', e.id, COALESCE(e.area, 0), COALESCE(e.monthly_rent, 0)
FROM lease e
WHERE e.property_id = :property_id AND e.sign_on BETWEEN :from_on AND :to_on AND e.state NOT IN ('draft', 'countersigning', 'void')
  AND (CAST(:staff_id AS BIGINT) IS NULL OR e.owner_id = CAST(:staff_id AS BIGINT))
UNION ALL
SELECT DISTINCT 'lost', x.lead_id, 0, 0
FROM lead_stage_change x
WHERE x.property_id = :property_id AND x.to_stage = 'lost' AND x.changed_on BETWEEN :from_on AND :to_on
  AND (CAST(:staff_id AS BIGINT) IS NULL OR x.staff_id = CAST(:staff_id AS BIGINT))
ORDER BY 1, 2

-- name: crm.daily_of
-- the report of a person on a day
SELECT d.id FROM daily_report d WHERE d.property_id = :property_id AND d.staff_id = :staff_id AND d.day = :day

-- name: crm.channels
-- all channels
SELECT c.id, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(c.name_en, c.name) ELSE c.name END FROM channel c ORDER BY c.seq, c.id

-- name: crm.channel_rows
-- counts of the days :from_on to :to_on by channel (0: unknown): measure, channel, count, area
SELECT CASE WHEN i.kind = 'call' THEN 'calls' ELSE 'visits' END AS measure, i.channel_id AS channel_id, COUNT(*) AS n, 0 AS area
FROM inquiry i
WHERE i.property_id = :property_id AND i.on_day BETWEEN :from_on AND :to_on
GROUP BY i.kind, i.channel_id
UNION ALL
SELECT 'leads', COALESCE(l.channel_id, 0), COUNT(*), 0
FROM lead l
WHERE l.property_id = :property_id AND l.created_at >= :from_at AND l.created_at < :to_at
GROUP BY l.channel_id
UNION ALL
SELECT 'intents', COALESCE(l.channel_id, 0), COUNT(DISTINCT x.lead_id), 0
FROM lead_stage_change x
JOIN lead l ON l.property_id = x.property_id AND l.id = x.lead_id
WHERE x.property_id = :property_id AND x.to_stage = 'intention' AND x.changed_on BETWEEN :from_on AND :to_on
GROUP BY l.channel_id
UNION ALL
SELECT 'signings', COALESCE(l.channel_id, 0), COUNT(*), CAST(SUM(COALESCE(e.area, 0)) AS BIGINT)
FROM lease e
LEFT JOIN lead l ON l.property_id = e.property_id AND l.id = e.lead_id
WHERE e.property_id = :property_id AND e.sign_on BETWEEN :from_on AND :to_on AND e.state NOT IN ('draft', 'countersigning', 'void')
GROUP BY l.channel_id
UNION ALL
SELECT 'spend', s.channel_id, CAST(SUM(s.amount) AS BIGINT), 0
FROM channel_spend s
WHERE s.property_id = :property_id AND s.month = :month
GROUP BY s.channel_id

-- name: crm.appointments
-- what a person has to do between two days, and what is overdue: entity, record, title, place, day, minute, last change, overdue
SELECT 'visit_plan' AS entity, v.id AS id, v.title AS title, v.place AS place, v.planned_on AS due_on, v.minute_of_day AS minute_of_day,
  v.updated_at AS changed_at, v.state AS state
FROM visit_plan v
WHERE v.property_id = :property_id AND v.staff_id = :staff_id AND v.state IN ('planned', 'missed') AND v.planned_on <= :to_on
  AND (v.planned_on >= :from_on OR v.planned_on < :today)
UNION ALL
SELECT 'visit_plan', v.id, v.title, v.place, v.report_due_on, NULL, v.updated_at, v.state
FROM visit_plan v
WHERE v.property_id = :property_id AND v.staff_id = :staff_id AND v.state = 'done' AND v.report_due_on <= :to_on
UNION ALL
SELECT 'lead', l.id, l.name, NULL, l.next_follow_on, NULL, l.updated_at, l.stage
FROM lead l
WHERE l.property_id = :property_id AND l.owner_id = :staff_id AND l.stage NOT IN ('signed', 'lost', 'dormant') AND l.next_follow_on <= :to_on
  AND (l.next_follow_on >= :from_on OR l.next_follow_on < :today)
ORDER BY 5, 6 NULLS FIRST, 2

-- name: crm.documents_over
-- policy texts in force whose days are over, and which a later edition has replaced
SELECT d.id FROM policy_document d
WHERE d.property_id = :property_id AND d.state = 'in_force' AND d.to_on < :today
  AND EXISTS (SELECT 1 FROM policy_document n
              WHERE n.property_id = d.property_id AND n.id <> d.id AND n.state = 'in_force' AND n.from_on > d.from_on AND n.from_on <= :today
                AND (n.replaces_id = d.id OR (n.kind = d.kind AND n.title = d.title)))
ORDER BY d.id

-- name: crm.documents_alike
-- policy texts in force of the same kind and title
SELECT d.id FROM policy_document d
WHERE d.property_id = :property_id AND d.state = 'in_force' AND d.kind = :kind AND d.title = :title AND d.id <> :own_id
