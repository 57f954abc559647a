-- Statements of the rent roll import (domain/lease). Parameters are :name; see docs/sql-subset.md.

-- name: lease_import.floors
-- Floors of a building, or of all (building_id NULL): id, building, code, name, level.
SELECT f.id, f.building_id, f.code, f.name, f.seq
FROM floor f
WHERE f.property_id = :property_id
  AND (CAST(:building_id AS BIGINT) IS NULL OR f.building_id = CAST(:building_id AS BIGINT))
ORDER BY f.id

-- name: lease_import.buildings
-- All buildings: id, code, name.
SELECT b.id, b.code, b.name FROM building b WHERE b.property_id = :property_id ORDER BY b.id

-- name: lease_import.merchants
-- Merchants of that name which were not merged into others: id, credit code.
SELECT m.id, m.credit_code
FROM merchant m
WHERE m.property_id = :property_id AND m.name = :name AND m.state <> 'merged'
ORDER BY m.id
LIMIT 3

-- name: lease_import.contact
-- Contact of a merchant by one of the numbers, or by the name: id.
SELECT c.id
FROM contact c
WHERE c.property_id = :property_id
  AND c.merchant_id = :merchant_id
  AND c.active = 1
  AND (c.mobile = CAST(:mobile AS TEXT) OR c.phone = CAST(:phone AS TEXT) OR c.name = CAST(:name AS TEXT))
ORDER BY c.id
LIMIT 1
