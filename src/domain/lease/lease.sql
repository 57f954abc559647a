-- Statements of domain/lease. Parameters are :name; see docs/sql-subset.md.

-- name: lease.overlap
-- Another lease that holds the unit on a day of from_on..to_on: its number, id, days.
SELECT l.no, l.id, u.from_on, u.to_on
FROM lease_unit u
JOIN lease l ON l.property_id = u.property_id AND l.id = u.lease_id
WHERE u.property_id = :property_id
  AND u.unit_id = :unit_id
  AND u.from_on <= :to_on
  AND u.to_on >= :from_on
  AND l.id <> :lease_id
  AND l.state IN ('approved', 'sealed', 'effective', 'expiring', 'expired')
ORDER BY u.from_on
LIMIT 1

-- name: lease.other_hold
-- A running hold of another lead on the unit: until when, and the lead's name.
SELECT h.until_at, d.name
FROM unit_hold h
LEFT JOIN lead d ON d.property_id = h.property_id AND d.id = h.lead_id
WHERE h.property_id = :property_id
  AND h.unit_id = :unit_id
  AND h.state = 'active'
  AND h.until_at > :now
  AND (h.lead_id IS NULL OR h.lead_id <> CAST(:lead_id AS BIGINT))
LIMIT 1

-- name: lease.children_delete_unit
-- Removes the units of a draft.
DELETE FROM lease_unit WHERE property_id = :property_id AND lease_id = :lease_id

-- name: lease.children_delete_term
-- Removes the charge terms of a draft.
DELETE FROM charge_term WHERE property_id = :property_id AND lease_id = :lease_id

-- name: lease.children_delete_deposit
-- Removes the deposit terms of a draft.
DELETE FROM deposit_term WHERE property_id = :property_id AND lease_id = :lease_id

-- name: lease.findings_delete
-- Removes the findings before the lease is judged anew.
DELETE FROM finding WHERE property_id = :property_id AND lease_id = :lease_id

-- name: lease.units
-- Units of a lease: lease_unit id, unit id, unit no, floor, area, from, to, leasable area of the unit.
SELECT u.id, u.unit_id, n.no, f.name, u.area, u.from_on, u.to_on, n.area_leasable
FROM lease_unit u
JOIN unit n ON n.property_id = u.property_id AND n.id = u.unit_id
JOIN floor f ON f.property_id = n.property_id AND f.id = n.floor_id
WHERE u.property_id = :property_id AND u.lease_id = :lease_id
ORDER BY u.id

-- name: lease.terms
-- Charge terms of a lease: id, seq, item id, item code, item name, item kind, clause.
SELECT t.id, t.seq, t.item_id, i.code, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(i.name_en, i.name) ELSE i.name END, i.kind, t.clause
FROM charge_term t
JOIN charge_item i ON i.property_id = t.property_id AND i.id = t.item_id
WHERE t.property_id = :property_id AND t.lease_id = :lease_id AND t.dropped_on IS NULL
ORDER BY t.seq

-- name: lease.accepted_sales
-- Accepted sales of a lease by month: first day of the month, amount, amount without tax.
SELECT month_on, amount, amount_net
FROM sales_report
WHERE property_id = :property_id AND lease_id = :lease_id AND period = 'month' AND state = 'accepted'
ORDER BY month_on, id

-- name: lease.index_values
-- Every published value of the indexes: index, first day of the month, value.
SELECT index_table, month_on, points
FROM index_value
WHERE property_id = :property_id
ORDER BY index_table, month_on

-- name: lease.units_of_range
-- Units of many leases, by lease: lease, unit id, unit no, area, from, to.
SELECT u.lease_id, u.unit_id, n.no, u.area, u.from_on, u.to_on
FROM lease_unit u
JOIN unit n ON n.property_id = u.property_id AND n.id = u.unit_id
WHERE u.property_id = :property_id AND u.lease_id BETWEEN :first AND :last
ORDER BY u.lease_id, u.id

-- name: lease.terms_of_range
-- Charge terms of many leases, by lease: lease, id, clause.
SELECT lease_id, id, clause
FROM charge_term
WHERE property_id = :property_id AND lease_id BETWEEN :first AND :last AND dropped_on IS NULL
ORDER BY lease_id, seq

-- name: lease.sales_of_range
-- Accepted sales of many leases, by lease: lease, first day of the month, amount, amount without tax.
SELECT lease_id, month_on, amount, amount_net
FROM sales_report
WHERE property_id = :property_id AND lease_id BETWEEN :first AND :last AND period = 'month' AND state = 'accepted'
ORDER BY lease_id, month_on, id

-- name: lease.missing_papers
-- Required papers of a lease that are not there.
SELECT kind FROM lease_document
WHERE property_id = :property_id AND lease_id = :lease_id AND required = 1 AND state = 'missing'
ORDER BY id

-- name: lease.review_items
-- The checklist of a round: code, ok, remarks, who, when.
SELECT r.code, r.ok, r.remarks, s.name, r.checked_at, r.id
FROM review_item r
LEFT JOIN staff s ON s.id = r.checked_by
WHERE r.property_id = :property_id AND r.lease_id = :lease_id AND r.round = :round
ORDER BY r.id

-- name: lease.due_to_expire
-- Effective leases that end within the warning time, and expiring ones that have ended: id, state.
SELECT id, state FROM lease
WHERE property_id = :property_id
  AND ((state = 'effective' AND to_on <= :soon) OR (state = 'expiring' AND to_on < :today))
ORDER BY id

-- name: lease.intents_lapsed
-- Intents past their date.
SELECT id FROM intent
WHERE property_id = :property_id AND state IN ('approved', 'signed') AND valid_until_on < :today
ORDER BY id

-- name: lease.lease_unit_ids
-- Ids of a lease's units in order of entry.
SELECT id FROM lease_unit WHERE property_id = :property_id AND lease_id = :lease_id ORDER BY id

-- name: lease.deposit_term_ids
-- Ids of a lease's deposit terms in order of entry.
SELECT id FROM deposit_term WHERE property_id = :property_id AND lease_id = :lease_id ORDER BY id

-- name: lease.lease_document_ids
-- Ids of a lease's papers in order of entry.
SELECT id FROM lease_document WHERE property_id = :property_id AND lease_id = :lease_id ORDER BY id

-- name: lease.finding_ids
-- Ids of a lease's findings in order of weight.
SELECT id FROM finding WHERE property_id = :property_id AND lease_id = :lease_id ORDER BY severity, id

-- name: lease.open_orders
-- The first payment order of the lease that is not void, if any.
SELECT id FROM payment_order
WHERE property_id = :property_id AND lease_id = :lease_id AND kind = 'first' AND state <> 'void'
LIMIT 1

-- name: lease.holding
-- Leases that are in force or about to be: their ids.
SELECT id FROM lease
WHERE property_id = :property_id AND state IN ('approved', 'sealed', 'effective', 'expiring', 'expired')
ORDER BY id

-- name: lease.contact
-- The merchant's contact who is called first.
SELECT id FROM contact
WHERE property_id = :property_id AND merchant_id = :merchant_id AND active = 1
ORDER BY is_primary DESC, id
LIMIT 1

-- name: lease.template_file
-- Digest of the newest file attached to a template, or with template 0 to the active ones of a kind.
SELECT f.digest
FROM file f
JOIN document_template t ON t.property_id = f.property_id AND t.id = f.record_id
WHERE f.property_id = :property_id AND f.entity = 'document_template' AND t.kind = :kind
  AND (t.id = CAST(:template_id AS BIGINT) OR (CAST(:template_id AS BIGINT) = 0 AND t.active = 1))
ORDER BY f.id DESC
LIMIT 1

-- name: lease.prices
-- Price schedule of a lease as it is known now: id, term, unit no, from, to, price, monthly, free days.
SELECT id, term_id, unit_no, from_on, to_on, price, monthly, free_days FROM lease_price
WHERE property_id = :property_id AND lease_id = :lease_id AND replaced_on IS NULL
ORDER BY id

-- name: lease.price_replaced
-- A price that a change has put others in the place of.
UPDATE lease_price SET replaced_on = :today, version = version + 1, updated_at = :now WHERE property_id = :property_id AND id = :id

-- name: lease.rents_follow
-- Monthly rents of leases in force become those of :today, where a step has changed them.
UPDATE lease SET monthly_rent = p.monthly, updated_at = :now
FROM (SELECT x.lease_id, CAST(SUM(x.monthly) AS BIGINT) AS monthly
      FROM lease_price x
      WHERE x.property_id = :property_id AND x.is_rent = 1 AND x.replaced_on IS NULL AND x.from_on <= :today AND x.to_on >= :today
      GROUP BY x.lease_id) p
WHERE lease.property_id = :property_id AND lease.id = p.lease_id AND lease.state IN ('effective', 'expiring')
  AND COALESCE(lease.monthly_rent, 0) <> p.monthly
