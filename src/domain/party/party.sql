-- name: party.by_phone
-- merchants with a contact of this phone number: merchant, contact, name, role, owner; the primary contact first
-- (+ 0: no index is to be followed for the order, which would mean all contacts; there are one or two of a number)
SELECT m.id, m.name, c.id, c.name, c.role, m.owner_id, s.name
FROM contact c
JOIN merchant m ON m.property_id = c.property_id AND m.id = c.merchant_id
LEFT JOIN staff s ON s.id = m.owner_id
WHERE c.property_id = :property_id AND (c.mobile = :phone OR c.phone = :phone) AND m.state <> 'merged'
ORDER BY c.active + 0 DESC, c.is_primary DESC, c.id

-- name: party.known_leads
-- leads of a merchant: id, name, stage, owner; open ones first, the newest first
SELECT l.id, l.name, l.stage, l.owner_id, s.name, l.last_contact_at
FROM lead l
LEFT JOIN staff s ON s.id = l.owner_id
WHERE l.property_id = :property_id AND l.merchant_id = :merchant_id
ORDER BY CASE WHEN l.stage IN ('signed', 'lost') THEN 1 ELSE 0 END, l.id DESC
LIMIT 20

-- name: party.known_inquiries
-- number of calls and visits from a phone, and the last time
SELECT COUNT(*), MAX(i.at)
FROM inquiry i
WHERE i.property_id = :property_id AND (i.phone = :phone OR i.merchant_id = CAST(:merchant_id AS BIGINT))

-- name: party.by_code
-- merchants with this credit code
SELECT m.id, m.name, s.name
FROM merchant m
LEFT JOIN staff s ON s.id = m.owner_id
WHERE m.property_id = :property_id AND m.credit_code = :credit_code AND m.state <> 'merged'

-- name: party.names
-- names of :low to :high characters, to be compared in C
SELECT m.id, m.name, s.name
FROM merchant m
LEFT JOIN staff s ON s.id = m.owner_id
WHERE m.property_id = :property_id AND m.state <> 'merged' AND length(m.name) BETWEEN :low AND :high

-- name: party.lease_count
-- leases that bind a merchant
SELECT COUNT(*) FROM lease l WHERE l.property_id = :property_id AND l.merchant_id = :merchant_id AND l.state <> 'void'

-- name: party.primary_contacts
-- other primary contacts of a merchant
SELECT c.id
FROM contact c
WHERE c.property_id = :property_id AND c.merchant_id = :merchant_id AND c.is_primary = 1 AND c.id <> :own_id

-- name: party.contact_numbers
-- another active contact of the merchant with one of these numbers
SELECT c.name
FROM contact c
WHERE c.property_id = :property_id AND c.merchant_id = :merchant_id AND c.id <> :own_id AND c.active = 1
  AND (c.mobile = CAST(:mobile AS TEXT) OR c.phone = CAST(:phone AS TEXT))
LIMIT 1

-- name: party.brand_pair
-- entry of a brand at a merchant
SELECT x.id FROM merchant_brand x WHERE x.property_id = :property_id AND x.merchant_id = :merchant_id AND x.brand_id = :brand_id

-- name: party.category_codes
-- code of a category and of the one above it
SELECT k.code, p.code FROM category k LEFT JOIN category p ON p.id = k.parent_id WHERE k.id = :category_id

-- name: party.phones_of
-- numbers of a merchant's contacts
SELECT c.mobile, c.phone
FROM contact c
WHERE c.property_id = :property_id AND c.merchant_id = :merchant_id AND c.active = 1
ORDER BY c.is_primary DESC, c.id

-- name: party.class_rules
-- rules of classification in their order: words, category
SELECT r.words, r.category_id FROM class_rule r WHERE r.property_id = :property_id AND r.active = 1 ORDER BY r.seq, r.id
