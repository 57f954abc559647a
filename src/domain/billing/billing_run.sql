-- Statements of bill runs and their proof.

-- name: bill.property_lock
-- Those who begin runs follow each other.
SELECT id FROM property WHERE id = :property_id {{FOR_UPDATE}}

-- name: bill.under_way
-- The run that is being posted or undone, if any: id, no, month, state.
SELECT id, no, month, state FROM bill_run
WHERE property_id = :property_id AND state IN ('running', 'undoing')
ORDER BY id
LIMIT 1

-- name: bill.run_lock
-- A run, held until the end of the transaction: state, month, after, undo reason. Nothing while somebody else is at it.
SELECT state, month, after, undo_reason FROM bill_run WHERE property_id = :property_id AND id = :id {{FOR_UPDATE}} {{SKIP_LOCKED}}

-- name: bill.billable
-- How many leases a run goes through.
SELECT COUNT(*) FROM lease
WHERE property_id = :property_id AND state IN ('effective', 'expiring', 'expired', 'renewed', 'terminated')

-- name: bill.leases
-- Leases after one, in order, with how far they are billed: id, from, to (or the day all units were given back), billed from, merchant id, main unit, no, merchant, units,
-- whether runs bill it, billed through, digest. With :all those that have ended for good are among them.
SELECT l.id, l.from_on, COALESCE((SELECT MAX(u.to_on) FROM lease_unit u WHERE u.property_id = l.property_id AND u.lease_id = l.id AND l.state = 'terminated'
                                  HAVING MAX(u.to_on) < l.to_on), l.to_on), l.bill_from_on, l.merchant_id, l.unit_id, l.no, c.name, l.unit_nos,
       CASE WHEN l.state IN ('effective', 'expiring', 'expired', 'renewed', 'terminated') THEN 1 ELSE 0 END, m.through, m.inputs
FROM lease l
JOIN merchant c ON c.property_id = l.property_id AND c.id = l.merchant_id
LEFT JOIN bill_mark m ON m.property_id = l.property_id AND m.lease_id = l.id
WHERE l.property_id = :property_id AND l.id > :after
  AND (l.state IN ('effective', 'expiring', 'expired', 'renewed', 'terminated')
       OR (CAST(:all AS BIGINT) = 1 AND l.state IN ('settled', 'archived', 'void')))
ORDER BY l.id
LIMIT :limit

-- name: bill.charges_of
-- Charges of the schedules of some leases, not void, by lease: lease, id, term, run, key, name, kind, item code, from, to, due, tax rate, net,
-- tax, gross. :ids is a JSON array.
SELECT c.lease_id, c.id, c.term_id, c.bill_run_id, c.live_key, c.name, c.kind, i.code, c.period_from, c.period_to, c.due_on, c.tax_rate, c.net,
       c.tax, c.gross
FROM charge c
JOIN charge_item i ON i.property_id = c.property_id AND i.id = c.item_id
WHERE c.property_id = :property_id AND c.lease_id IN (SELECT CAST(x.value AS BIGINT) FROM json_each(:ids) x)
  AND c.state <> 'void' AND c.live_key IS NOT NULL AND c.period_from IS NOT NULL
  AND c.kind IN ('fixed', 'provisional', 'settlement', 'adjustment')
ORDER BY c.lease_id, c.id
-- dialect: pg
SELECT c.lease_id, c.id, c.term_id, c.bill_run_id, c.live_key, c.name, c.kind, i.code, c.period_from, c.period_to, c.due_on, c.tax_rate, c.net,
       c.tax, c.gross
FROM charge c
JOIN charge_item i ON i.property_id = c.property_id AND i.id = c.item_id
WHERE c.property_id = :property_id AND c.lease_id = ANY (ARRAY(SELECT CAST(x.value AS BIGINT) FROM json_array_elements_text(CAST(:ids AS JSON)) x))
  AND c.state <> 'void' AND c.live_key IS NOT NULL AND c.period_from IS NOT NULL
  AND c.kind IN ('fixed', 'provisional', 'settlement', 'adjustment')
ORDER BY c.lease_id, c.id

-- name: bill.keys_taken
-- Which of some keys, a JSON array, are live already.
SELECT c.live_key FROM charge c
WHERE c.property_id = :property_id AND c.live_key IN (SELECT x.value FROM json_each(:keys) x)
-- dialect: pg
SELECT c.live_key FROM charge c
WHERE c.property_id = :property_id AND c.live_key = ANY (ARRAY(SELECT x.value FROM json_array_elements_text(CAST(:keys AS JSON)) x))

-- name: bill.marks_drop_range
-- The marks of a range of leases: they are compared in full next time.
DELETE FROM bill_mark WHERE property_id = :property_id AND lease_id BETWEEN :first AND :last

-- name: bill.marks_drop
-- The marks of some leases, a JSON array of ids.
DELETE FROM bill_mark WHERE property_id = :property_id AND lease_id IN (SELECT CAST(x.value AS BIGINT) FROM json_each(:ids) x)
-- dialect: pg
DELETE FROM bill_mark
WHERE property_id = :property_id AND lease_id = ANY (ARRAY(SELECT CAST(x.value AS BIGINT) FROM json_array_elements_text(CAST(:ids AS JSON)) x))

-- name: bill.marks_move
-- True marks of some leases, a JSON array of ids, move on to a day.
UPDATE bill_mark SET through = :through
WHERE property_id = :property_id AND lease_id IN (SELECT CAST(x.value AS BIGINT) FROM json_each(:ids) x) AND through < :through
-- dialect: pg
UPDATE bill_mark SET through = :through
WHERE property_id = :property_id AND lease_id = ANY (ARRAY(SELECT CAST(x.value AS BIGINT) FROM json_array_elements_text(CAST(:ids AS JSON)) x))
  AND through < :through

-- name: bill.mark_drop_of_charge
-- The mark of the lease of a charge.
DELETE FROM bill_mark WHERE property_id = :property_id
  AND lease_id = (SELECT c.lease_id FROM charge c WHERE c.property_id = :property_id AND c.id = :charge_id)

-- name: bill.advance
-- A chunk more was posted.
UPDATE bill_run
SET after = :after, visited = visited + :visited, leases = leases + :leases, charges = charges + :charges, net = net + :net, tax = tax + :tax,
    gross = gross + :gross, noted = noted + :noted, notes = COALESCE(:notes, notes), version = version + 1, updated_at = :now
WHERE property_id = :property_id AND id = :id AND state = 'running'

-- name: bill.notes
-- The notes of a run so far.
SELECT notes FROM bill_run WHERE property_id = :property_id AND id = :id

-- name: bill.end
-- The run has been through all leases.
UPDATE bill_run SET state = 'posted', version = version + 1, updated_at = :now
WHERE property_id = :property_id AND id = :id AND state = 'running'

-- name: bill.undo_begin
-- A posted run, or one that was broken off, begins to be undone.
UPDATE bill_run SET state = 'undoing', after = id, voided = 0, undo_reason = :reason, version = version + 1, updated_at = :now, updated_by = :me
WHERE property_id = :property_id AND id = :id AND state IN ('running', 'posted')

-- name: bill.paid_of_run
-- Charges of a run that something has settled: merchant, name, lease no, settled amount.
SELECT m.name, c.name, l.no, c.paid
FROM charge c
JOIN merchant m ON m.property_id = c.property_id AND m.id = c.merchant_id
LEFT JOIN lease l ON l.property_id = c.property_id AND l.id = c.lease_id
WHERE c.property_id = :property_id AND c.bill_run_id = :run_id AND c.state <> 'void' AND c.paid <> 0
ORDER BY c.id
LIMIT 6

-- name: bill.charges_to_void
-- Charges of a run after one, in order: id, lease, merchant, item, income account, net, tax, gross, settled. A run's charges lie together by
-- id, so the way goes over ids.
SELECT c.id, c.lease_id, c.merchant_id, c.item_id, i.account, c.net, c.tax, c.gross, c.paid
FROM charge c
JOIN charge_item i ON i.property_id = c.property_id AND i.id = c.item_id
WHERE c.property_id = :property_id AND c.id > :after AND COALESCE(c.bill_run_id, 0) = :run_id AND c.state <> 'void'
ORDER BY c.id
LIMIT :limit

-- name: bill.charges_void
-- Charges of a run within a range of ids are void from today.
UPDATE charge
SET state = 'void', closed_on = :today, live_key = NULL, void_reason = :reason, version = version + 1, updated_at = :now, updated_by = :me
WHERE property_id = :property_id AND id BETWEEN :first AND :last AND COALESCE(bill_run_id, 0) = :run_id AND state <> 'void' AND paid = 0

-- name: bill.undo_advance
-- A chunk more was undone.
UPDATE bill_run SET after = :after, voided = voided + :voided, version = version + 1, updated_at = :now
WHERE property_id = :property_id AND id = :id AND state = 'undoing'

-- name: bill.undo_end
-- Nothing of the run is left.
UPDATE bill_run SET state = 'undone', version = version + 1, updated_at = :now
WHERE property_id = :property_id AND id = :id AND state = 'undoing'

-- name: bill.compared
-- Charges that the runs of two months posted for a range of leases, not void, by lease: lease, whether of the later month, item code, kind, term,
-- from, to, gross, due. The way goes over leases: a run holds those of the whole centre.
SELECT c.lease_id, CASE WHEN r.month = :month THEN 1 ELSE 0 END, i.code, c.kind, c.term_id, c.period_from, c.period_to, c.gross,
       c.due_on
FROM charge c
JOIN bill_run r ON r.property_id = c.property_id AND r.id = COALESCE(c.bill_run_id, 0)
JOIN charge_item i ON i.property_id = c.property_id AND i.id = c.item_id
WHERE c.property_id = :property_id AND c.lease_id BETWEEN :first AND :last AND c.state <> 'void' AND r.month IN (:month, :before)
ORDER BY c.lease_id, c.id

-- name: bill.item_names
-- Names of the charge items: code, name as the reader sees it.
SELECT code, CASE WHEN CAST(:en AS BIGINT) = 1 THEN COALESCE(name_en, name) ELSE name END
FROM charge_item WHERE property_id = :property_id

-- name: bill.last_month
-- The last month that was run.
SELECT MAX(month) FROM bill_run WHERE property_id = :property_id AND state = 'posted'

-- name: bill.deposits_missing
-- Deposit terms of a range of leases in force that were neither charged nor received, by lease: lease, kind, amount. Leases that were taken
-- over are among them until their deposits are entered.
SELECT t.lease_id, t.kind, t.amount
FROM deposit_term t
JOIN lease l ON l.property_id = t.property_id AND l.id = t.lease_id AND l.state IN ('effective', 'expiring', 'expired')
WHERE t.property_id = :property_id AND t.lease_id BETWEEN :first AND :last AND t.amount > 0
  AND NOT EXISTS (SELECT 1 FROM charge c WHERE c.property_id = t.property_id AND c.lease_id = t.lease_id AND c.kind = 'deposit'
                  AND c.deposit_kind = t.kind AND c.state <> 'void')
  AND NOT EXISTS (SELECT 1 FROM deposit_entry e WHERE e.property_id = t.property_id AND e.lease_id = t.lease_id AND e.kind = t.kind)
ORDER BY t.lease_id, t.id

-- name: bill.findings_open
-- Open findings of a range of leases: id, lease, kind, what, from, to.
SELECT id, lease_id, kind, what, from_on, to_on FROM bill_finding
WHERE property_id = :property_id AND lease_id BETWEEN :first AND :last AND state = 'open'

-- name: bill.findings_new
-- How many open findings were made today, and one of them.
SELECT COUNT(*), MAX(id) FROM bill_finding WHERE property_id = :property_id AND state = 'open' AND found_on = :today
