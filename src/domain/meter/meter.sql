-- Statements of domain/meter.

-- name: meter.lock
-- Holds the meter's row until the end of the transaction.
SELECT id FROM meter WHERE property_id = :property_id AND id = :meter_id {{FOR_UPDATE}}

-- name: meter.last
-- The last reading of a meter that counts: id, reading, day, use.
SELECT id, reading, read_on, used FROM meter_reading
WHERE property_id = :property_id AND meter_id = :meter_id AND state <> 'void' AND id <> :except_id
ORDER BY read_on DESC, id DESC
LIMIT 1

-- name: meter.past
-- Periods before, latest first: use, from (day before), to.
SELECT used, previous_on, read_on FROM meter_reading
WHERE property_id = :property_id AND meter_id = :meter_id AND state <> 'void' AND id <> :except_id AND used IS NOT NULL
ORDER BY read_on DESC, id DESC
LIMIT :periods

-- name: meter.follow
-- The meter shows its last reading.
UPDATE meter SET last_reading = :reading, last_on = :read_on, last_used = :used
WHERE property_id = :property_id AND id = :meter_id

-- name: meter.charges
-- Charges of a reading and its corrections: id, name, merchant, gross, state.
SELECT c.id, c.name, m.name, c.gross, c.state
FROM charge c
JOIN merchant m ON m.property_id = c.property_id AND m.id = c.merchant_id
WHERE c.property_id = :property_id AND c.source_id = :reading_id AND c.source_entity = 'meter_reading'
ORDER BY c.id

-- name: meter.holds
-- Leases in force, past or present, by unit and day: unit, lease, merchant, lease no., merchant's name, from, to, handed over, state.
SELECT x.unit_id, l.id, l.merchant_id, l.no, m.name, x.from_on, x.to_on, l.handover_on, l.state
FROM lease_unit x
JOIN lease l ON l.property_id = x.property_id AND l.id = x.lease_id
JOIN merchant m ON m.property_id = l.property_id AND m.id = l.merchant_id
WHERE x.property_id = :property_id AND (x.from_on <= :until OR l.handover_on <= :until)
  AND l.state IN ('effective', 'expiring', 'expired', 'renewed', 'terminated', 'settled', 'archived')
ORDER BY x.unit_id, x.from_on, x.id

-- name: meter.prices
-- Prices, latest first: kind, from, price, loss share, item code, tax rate, item name.
SELECT p.kind, p.from_on, p.price, p.loss_share, i.code, i.tax_rate, i.name
FROM meter_price p
JOIN charge_item i ON i.property_id = p.property_id AND i.id = p.item_id
WHERE p.property_id = :property_id
ORDER BY p.kind, p.from_on DESC

-- name: meter.to_bill
-- Readings with a use up to a day that were not billed: id, meter, its no., kind, unit, its no., place, multiplier, previous, reading, previous
-- day, day, use, state, warning, origin, version; of corrections what their chain has charged so far: gross, net.
SELECT r.id, r.meter_id, m.no, m.kind, r.unit_id, u.no, m.place, m.multiplier, r.previous, r.reading, r.previous_on, r.read_on, r.used, r.state,
       r.warning, r.origin_id, r.estimated,
       (SELECT CAST(SUM(c.gross) AS BIGINT) FROM charge c
        WHERE c.property_id = r.property_id AND c.source_id = r.origin_id AND c.source_entity = 'meter_reading' AND c.state <> 'void'),
       (SELECT CAST(SUM(c.net) AS BIGINT) FROM charge c
        WHERE c.property_id = r.property_id AND c.source_id = r.origin_id AND c.source_entity = 'meter_reading' AND c.state <> 'void')
FROM meter_reading r
JOIN meter m ON m.property_id = r.property_id AND m.id = r.meter_id
LEFT JOIN unit u ON u.property_id = r.property_id AND u.id = r.unit_id
WHERE r.property_id = :property_id AND r.state IN ('entered', 'checked') AND r.read_on <= :until AND r.used IS NOT NULL
ORDER BY u.no NULLS LAST, m.kind, r.read_on, r.id

-- name: meter.unread
-- Meters in use that were not read since a day: id, no., kind, unit no., place, last day.
SELECT m.id, m.no, m.kind, u.no, m.place, m.last_on
FROM meter m
LEFT JOIN unit u ON u.property_id = m.property_id AND u.id = m.unit_id
WHERE m.property_id = :property_id AND m.state = 'in_use' AND m.installed_on < :since AND (m.last_on IS NULL OR m.last_on < :since)
ORDER BY u.no NULLS LAST, m.no

-- name: meter.share_members
-- Members of a key on some day of from_on..to_on: unit, its no., leasable area, percent, from, to.
SELECT s.unit_id, u.no, u.area_leasable, s.percent, s.from_on, s.to_on
FROM share_member s
JOIN unit u ON u.property_id = s.property_id AND u.id = s.unit_id
WHERE s.property_id = :property_id AND s.key_id = :key_id AND s.from_on <= :to_on AND (s.to_on IS NULL OR s.to_on >= :from_on)
ORDER BY u.no, s.from_on

-- name: meter.pool_use
-- What a meter and those behind it used by readings of from_on..to_on that were checked: own use, use behind.
SELECT CAST(SUM(CASE WHEN r.meter_id = :meter_id THEN r.used END) AS BIGINT),
       CAST(COALESCE(SUM(CASE WHEN r.meter_id <> :meter_id THEN r.used END), 0) AS BIGINT)
FROM meter_reading r
JOIN meter m ON m.property_id = r.property_id AND m.id = r.meter_id
WHERE r.property_id = :property_id AND (m.id = :meter_id OR m.parent_id = :meter_id) AND r.state IN ('checked', 'billed')
  AND r.read_on BETWEEN :from_on AND :to_on AND r.used IS NOT NULL
