-- name: org.login
-- staff id, password hash, locked until, failed count, home property, must change, lang: the person of a login
SELECT s.id, s.password_hash, s.locked_until, s.failed_count, s.home_property_id, s.must_change_password, s.active
FROM staff s
WHERE s.login = :login

-- name: org.login_again
-- the same by id, as it is now, inside the write transaction
SELECT s.id, s.password_hash, s.locked_until, s.failed_count, s.home_property_id, s.must_change_password, s.active
FROM staff s
WHERE s.id = :staff_id {{FOR_UPDATE}}

-- name: org.login_failed
-- counts a failure; no new version, so that it never disturbs somebody editing the person
UPDATE staff SET failed_count = :failed_count, locked_until = CAST(:locked_until AS BIGINT) WHERE id = :staff_id

-- name: org.merchant_login
-- across properties: the merchant's login of a name, columns as in org.login, and its merchant
SELECT m.id, m.password_hash, m.locked_until, m.failed_count, m.property_id, m.must_change_password, m.active, m.merchant_id
FROM merchant_login m
WHERE m.login = :login
ORDER BY m.active DESC, m.id
LIMIT 1

-- name: org.merchant_login_again
-- across properties: the same by id, as it is now, inside the write transaction
SELECT m.id, m.password_hash, m.locked_until, m.failed_count, m.property_id, m.must_change_password, m.active, m.merchant_id
FROM merchant_login m
WHERE m.id = :staff_id {{FOR_UPDATE}}

-- name: org.merchant_login_failed
-- across properties: counts a failure of a merchant's login
UPDATE merchant_login SET failed_count = :failed_count, locked_until = CAST(:locked_until AS BIGINT) WHERE id = :staff_id

-- name: org.login_taken
-- across properties: 1 if the name is in use by anybody else
SELECT 1 FROM staff s WHERE s.login = :login
UNION ALL
SELECT 1 FROM merchant_login m WHERE m.login = :login AND m.id <> :except_id

-- name: org.grants_of_role
-- entity, actions, scope of a role
SELECT g.entity, g.actions, g.scope
FROM role o
JOIN role_grant g ON g.role_id = o.id
WHERE o.code = :code

-- name: org.throttle
-- failures, window, lock of an address
SELECT t.failed_count, t.window_at, t.locked_until FROM login_throttle t WHERE t.address = :address

-- name: org.throttle_set
-- keeps them
INSERT INTO login_throttle (id, version, created_at, updated_at, address, failed_count, window_at, locked_until)
VALUES (:id, 1, :now, :now, :address, :failed_count, :window_at, CAST(:locked_until AS BIGINT))
ON CONFLICT (address) DO UPDATE SET failed_count = excluded.failed_count, window_at = excluded.window_at,
  locked_until = excluded.locked_until, updated_at = excluded.updated_at

-- name: org.first_property
-- across properties: where a person holds a role; the home first, then by id
SELECT p.id
FROM property p
JOIN staff s ON s.id = :staff_id
WHERE p.active = 1 AND EXISTS (SELECT 1 FROM staff_role r WHERE r.property_id = p.id AND r.staff_id = s.id)
ORDER BY CASE WHEN p.id = s.home_property_id THEN 0 ELSE 1 END, p.id

-- name: org.session_add
-- a session
INSERT INTO session (id, version, created_at, created_by, updated_at, updated_by, token_digest, staff_id, merchant_login_id,
                     chosen_property_id, csrf_digest, seen_at, expires_at, address, agent)
VALUES (:id, 1, :now, :account_id, :now, :account_id, :token_digest, CAST(:staff_id AS BIGINT), CAST(:merchant_login_id AS BIGINT),
        CAST(:property_id AS BIGINT), :csrf_digest, :now,
        :expires_at, CAST(:address AS TEXT), CAST(:agent AS TEXT))

-- name: org.session
-- session and its person, if both are alive; a merchant's has no person
SELECT e.id, e.staff_id, e.chosen_property_id, s.lang, s.must_change_password, e.seen_at, e.csrf_digest, e.merchant_login_id
FROM session e
LEFT JOIN staff s ON s.id = e.staff_id AND s.active = 1
WHERE e.token_digest = :token_digest AND e.expires_at > :now AND e.seen_at > :idle_since
  AND (s.id IS NOT NULL OR e.merchant_login_id IS NOT NULL)

-- name: org.session_merchant
-- across properties: a merchant's login that may be used: merchant, property, must change
SELECT m.merchant_id, m.property_id, m.must_change_password
FROM merchant_login m
WHERE m.id = :id AND m.active = 1

-- name: org.session_touch
-- remembers that it was used
UPDATE session SET seen_at = :now WHERE id = :id AND seen_at < :now

-- name: org.session_choose
-- the property that the person works in now
UPDATE session SET chosen_property_id = :property_id, updated_at = :now WHERE id = :id

-- name: org.session_of_token
-- id, person or merchant's login of a token
SELECT e.id, e.staff_id, e.merchant_login_id FROM session e WHERE e.token_digest = :token_digest

-- name: org.session_end
-- ends one session
DELETE FROM session WHERE id = :id

-- name: org.sessions_end
-- ends an account's sessions but one
DELETE FROM session WHERE (staff_id = :staff_id OR merchant_login_id = :staff_id) AND id <> :except_id

-- name: org.sessions_sweep
-- forgets what ended
DELETE FROM session WHERE expires_at <= :now OR seen_at <= :idle_since

-- name: org.has_role_in
-- 1 if the person holds a role in the property
SELECT 1 FROM staff_role r JOIN property p ON p.id = r.property_id AND p.active = 1
WHERE r.property_id = :property_id AND r.staff_id = :staff_id LIMIT 1

-- name: org.department_of
-- department of a person's post in a property
SELECT p.department_id
FROM staff s
JOIN post p ON p.id = s.post_id AND p.property_id = :property_id
WHERE s.id = :staff_id

-- name: org.grants
-- entity, actions, scope of a person's roles in a property
SELECT g.entity, g.actions, g.scope
FROM staff_role r
JOIN role_grant g ON g.role_id = r.role_id
WHERE r.property_id = :property_id AND r.staff_id = :staff_id

-- name: org.unmasks
-- confidential fields that a person's roles in a property see
SELECT u.field
FROM staff_role r
JOIN role_unmask u ON u.role_id = r.role_id
WHERE r.property_id = :property_id AND r.staff_id = :staff_id

-- name: org.powers
-- giver and powers of the delegations to a person that are in force
SELECT d.from_staff_id, d.powers
FROM delegation d
JOIN staff s ON s.id = d.from_staff_id AND s.active = 1
WHERE d.property_id = :property_id AND d.to_staff_id = :staff_id AND d.active = 1
  AND d.from_on <= :today AND d.to_on >= :today
ORDER BY d.id

-- name: org.people
-- staff id, post id: everybody employed in the property or holding a role there
SELECT s.id, CASE WHEN s.home_property_id = :property_id THEN s.post_id END
FROM staff s
WHERE s.home_property_id = :property_id
   OR EXISTS (SELECT 1 FROM staff_role r WHERE r.property_id = :property_id AND r.staff_id = s.id)
ORDER BY s.id

-- name: org.posts
-- post id, department id, post above
SELECT p.id, p.department_id, p.reports_to_id FROM post p WHERE p.property_id = :property_id ORDER BY p.id

-- name: org.reach_clear
-- forgets the derived rows of the property
DELETE FROM staff_reach WHERE property_id = :property_id

-- name: org.me
-- login, name, lang, home, post and department of a person
SELECT s.login, s.name, s.lang, s.must_change_password, p.id, p.code, p.name, p.name_en, d.id, d.name, d.name_en
FROM staff s
LEFT JOIN post p ON p.id = s.post_id AND p.property_id = :property_id
LEFT JOIN department d ON d.property_id = p.property_id AND d.id = p.department_id
WHERE s.id = :staff_id

-- name: org.properties_of
-- across properties: id and name of those where a person holds a role
SELECT p.id, p.name
FROM property p
WHERE p.active = 1 AND EXISTS (SELECT 1 FROM staff_role r WHERE r.property_id = p.id AND r.staff_id = :staff_id)
ORDER BY p.code

-- name: org.roles_of
-- code and names of a person's roles in a property
SELECT o.code, o.name, o.name_en
FROM staff_role r
JOIN role o ON o.id = r.role_id
WHERE r.property_id = :property_id AND r.staff_id = :staff_id
ORDER BY o.code

-- name: org.notifications
-- a person's notifications, newest first
SELECT n.id, n.kind, n.entity, n.record_id, n.zh, n.en, n.created_at, n.read_at
FROM notification n
WHERE n.property_id = :property_id AND n.staff_id = :staff_id
ORDER BY n.created_at DESC, n.id DESC
LIMIT 100

-- name: org.unread
-- how many are unread
SELECT COUNT(*) FROM notification n
WHERE n.property_id = :property_id AND n.staff_id = :staff_id AND n.read_at IS NULL

-- name: org.notification_read
-- marks one of a person's notifications as read, or all of them with id 0
UPDATE notification SET read_at = :now
WHERE property_id = :property_id AND staff_id = :staff_id AND read_at IS NULL AND (CAST(:id AS BIGINT) = 0 OR id = :id)

-- name: org.notification_mine
-- 1 if the notification is this person's
SELECT 1 FROM notification n WHERE n.property_id = :property_id AND n.id = :id AND n.staff_id = :staff_id

-- name: org.views
-- saved lists of an entity: own ones and shared ones
SELECT v.id, v.name, v.query, v.shared, v.staff_id, s.name
FROM list_view v
LEFT JOIN staff s ON s.id = v.staff_id
WHERE v.property_id = :property_id AND v.entity = :entity AND (v.staff_id = :staff_id OR v.shared = 1)
ORDER BY CASE WHEN v.staff_id = :staff_id THEN 0 ELSE 1 END, v.name

-- name: org.view_of_name
-- id of a person's saved list of that name
SELECT v.id FROM list_view v
WHERE v.property_id = :property_id AND v.staff_id = :staff_id AND v.entity = :entity AND v.name = :name

-- name: org.calendar
-- whose calendar a digest opens
SELECT s.id, s.home_property_id FROM staff s WHERE s.calendar_token = :digest AND s.active = 1

-- name: org.grant_find
-- id of a role's line for an entity and scope
SELECT g.id FROM role_grant g WHERE g.role_id = :role_id AND g.entity = :entity AND g.scope = :scope

-- name: org.unmask_find
-- id of a role's confidential field
SELECT u.id FROM role_unmask u WHERE u.role_id = :role_id AND u.field = :field

-- name: org.people_of_role
-- active people who hold the role of this code in this property
SELECT s.id
FROM role o
JOIN staff_role r ON r.role_id = o.id AND r.property_id = :property_id
JOIN staff s ON s.id = r.staff_id
WHERE o.code = :code AND s.active = 1
ORDER BY s.id
