-- Statements of changes of leases.

-- name: lease.change_running
-- Another change of the lease that is in approval.
SELECT no FROM lease_change WHERE property_id = :property_id AND lease_id = :lease_id AND state = 'approving' AND id <> :change_id LIMIT 1

-- name: lease.change_later
-- A change of the lease that was applied from a later day.
SELECT no FROM lease_change
WHERE property_id = :property_id AND lease_id = :lease_id AND state = 'applied' AND effective_on > :from_on
ORDER BY effective_on DESC
LIMIT 1

-- name: lease.settled_after
-- A settlement of turnover rent that reaches a day or later: what it is called.
SELECT name FROM charge
WHERE property_id = :property_id AND lease_id = :lease_id AND kind = 'settlement' AND state <> 'void' AND period_to >= :from_on
ORDER BY period_to DESC
LIMIT 1

-- name: lease.change_overlap
-- Another lease that holds a unit of this one on a day of from_on..to_on: unit, lease.
SELECT n.no, l.no
FROM lease_unit m
JOIN lease_unit u ON u.property_id = m.property_id AND u.unit_id = m.unit_id AND u.lease_id <> m.lease_id AND u.from_on <= :to_on AND u.to_on >= :from_on
JOIN lease l ON l.property_id = u.property_id AND l.id = u.lease_id
JOIN unit n ON n.property_id = m.property_id AND n.id = m.unit_id
WHERE m.property_id = :property_id AND m.lease_id = :lease_id
  AND l.state IN ('approved', 'sealed', 'effective', 'expiring', 'expired')
ORDER BY u.from_on
LIMIT 1

-- name: lease.charge_term_ids
-- Ids of a lease's charge terms in order.
SELECT id FROM charge_term WHERE property_id = :property_id AND lease_id = :lease_id AND dropped_on IS NULL ORDER BY seq

-- name: lease.successors_due
-- Leases approved by a change whose first day has come: id, action.
SELECT l.id, 'begin'
FROM lease_change c
JOIN lease l ON l.property_id = c.property_id AND l.id = c.successor_id
WHERE c.property_id = :property_id AND c.state = 'applied' AND l.state = 'approved' AND l.from_on <= :today
ORDER BY l.id

-- name: lease.ended_by_change
-- Leases past the last day that a change has given them, or whose renewal has begun: id, action.
SELECT l.id, CASE WHEN c.kind = 'renewal' THEN 'renew' ELSE 'terminate' END
FROM lease_change c
JOIN lease l ON l.property_id = c.property_id AND l.id = c.lease_id
WHERE c.property_id = :property_id AND c.state = 'applied' AND c.kind IN ('renewal', 'transfer', 'termination')
  AND l.state IN ('effective', 'expiring', 'expired') AND l.to_on < :today
  AND (c.kind <> 'renewal' OR EXISTS (SELECT 1 FROM lease n WHERE n.property_id = c.property_id AND n.id = c.successor_id AND n.state IN ('effective', 'expiring')))
ORDER BY l.id

