-- name: approval.flows
-- flow id, condition, revision: active flows of an entity, the preferred code first, then by priority
SELECT f.id, f.condition, f.revision
FROM flow f
WHERE f.property_id = :property_id AND f.subject_entity = :entity AND f.active = 1
ORDER BY CASE WHEN f.code = CAST(:code AS TEXT) THEN 0 ELSE 1 END, f.priority DESC NULLS LAST, f.id

-- name: approval.steps
-- step id: steps of a flow in their order
SELECT s.id
FROM flow_step s
WHERE s.property_id = :property_id AND s.flow_id = :flow_id
ORDER BY s.seq

-- name: approval.by_role
-- staff id: active people who hold a role in this property
SELECT s.id
FROM staff_role r
JOIN staff s ON s.id = r.staff_id
WHERE r.property_id = :property_id AND r.role_id = :role_id AND s.active = 1
ORDER BY s.id

-- name: approval.by_role_code
-- staff id: active people who hold the role of this code in this property
SELECT s.id
FROM role o
JOIN staff_role r ON r.role_id = o.id AND r.property_id = :property_id
JOIN staff s ON s.id = r.staff_id
WHERE o.code = :code AND s.active = 1
ORDER BY s.id

-- name: approval.by_post
-- staff id: active people who hold a post
SELECT s.id
FROM post p
JOIN staff s ON s.post_id = p.id
WHERE p.property_id = :property_id AND p.id = :post_id AND s.active = 1
ORDER BY s.id

-- name: approval.post_of
-- post above the post that a person holds; no row if the person holds none in this property
SELECT p.reports_to_id
FROM staff s
JOIN post p ON p.id = s.post_id AND p.property_id = :property_id
WHERE s.id = :staff_id

-- name: approval.post_above
-- post above a post
SELECT p.reports_to_id
FROM post p
WHERE p.property_id = :property_id AND p.id = :post_id

-- name: approval.staff_active
-- 1 if the person is active
SELECT s.active FROM staff s WHERE s.id = :staff_id

-- name: approval.delegates
-- staff id: to whom a person has given the power to approve on this day
SELECT d.to_staff_id
FROM delegation d
JOIN staff s ON s.id = d.to_staff_id AND s.active = 1
WHERE d.property_id = :property_id AND d.from_staff_id = :from_id AND d.active = 1
  AND d.from_on <= :today AND d.to_on >= :today
  AND (' ' || d.powers || ' ') LIKE '% approval %' ESCAPE '!'
ORDER BY d.to_staff_id

-- name: approval.running
-- id of the running approval of a record
SELECT a.id
FROM approval a
WHERE a.property_id = :property_id AND a.subject_entity = :entity AND a.subject_id = :subject_id
  AND a.state = 'running'
ORDER BY a.id

-- name: approval.rounds
-- how often a record was submitted before
SELECT COUNT(*)
FROM approval a
WHERE a.property_id = :property_id AND a.subject_entity = :entity AND a.subject_id = :subject_id

-- name: approval.of_record
-- id: all approvals of a record, newest first
SELECT a.id
FROM approval a
WHERE a.property_id = :property_id AND a.subject_entity = :entity AND a.subject_id = :subject_id
ORDER BY a.started_at DESC, a.id DESC

-- name: approval.lock
-- the approval's row, locked: decisions on one approval follow each other
SELECT a.id
FROM approval a
WHERE a.property_id = :property_id AND a.id = :id {{FOR_UPDATE}}

-- name: approval.tasks
-- task id: tasks of an approval in order of step and place; seq 0 for all steps
SELECT t.id
FROM approval_task t
WHERE t.property_id = :property_id AND t.approval_id = :approval_id
  AND (CAST(:seq AS BIGINT) = 0 OR t.seq = :seq)
ORDER BY t.seq, t.place, t.created_at, t.id

-- name: approval.may_decide_for
-- on-behalf task owners: people whose power to approve this person holds on this day
SELECT d.from_staff_id
FROM delegation d
WHERE d.property_id = :property_id AND d.to_staff_id = :staff_id AND d.active = 1
  AND d.from_on <= :today AND d.to_on >= :today
  AND (' ' || d.powers || ' ') LIKE '% approval %' ESCAPE '!'
ORDER BY d.from_staff_id

-- name: approval.inbox
-- approval id: those with an open task that a person may decide, own or by delegation, oldest due first; own requests are left out
SELECT a.id
FROM approval_task t
JOIN approval a ON a.property_id = t.property_id AND a.id = t.approval_id
WHERE t.property_id = :property_id AND t.state = 'open' AND a.state = 'running' AND a.drafter_id <> :me
  AND (t.staff_id = :me
       OR t.staff_id IN (SELECT g.from_staff_id FROM delegation g
                         WHERE g.property_id = :property_id AND g.to_staff_id = :me
                           AND g.active = 1 AND g.from_on <= :today AND g.to_on >= :today
                           AND (' ' || g.powers || ' ') LIKE '% approval %' ESCAPE '!'))
GROUP BY a.id
ORDER BY MIN(t.due_at) NULLS LAST, MIN(t.opened_at), a.id

-- name: approval.done
-- approval id: those that the person decided, newest first
SELECT t.approval_id
FROM approval_task t
WHERE t.property_id = :property_id AND t.staff_id = :me AND t.state = 'done'
GROUP BY t.approval_id
ORDER BY MAX(t.decided_at) DESC, t.approval_id DESC
LIMIT 100

-- name: approval.sent
-- approval id: those that the person asked for, newest first
SELECT a.id
FROM approval a
WHERE a.property_id = :property_id AND a.drafter_id = :me
ORDER BY a.started_at DESC, a.id DESC
LIMIT 100

-- name: approval.took_part
-- 1 if the person had a task of this approval that was opened, or whose power was used
SELECT 1
FROM approval_task t
WHERE t.property_id = :property_id AND t.approval_id = :approval_id AND t.opened_at IS NOT NULL
  AND (t.staff_id = :me OR t.on_behalf_of_id = :me)
LIMIT 1

-- name: approval.overdue
-- task id: open tasks past their time that were not reminded since :since
SELECT t.id
FROM approval_task t
JOIN approval a ON a.property_id = t.property_id AND a.id = t.approval_id
WHERE t.property_id = :property_id AND t.state = 'open' AND a.state = 'running' AND t.due_at <= :now
  AND (t.reminded_at IS NULL OR t.reminded_at <= :since)
ORDER BY t.due_at, t.id

-- name: approval.open_of_staff
-- task id: open and waiting tasks of a person in running approvals
SELECT t.id
FROM approval_task t
JOIN approval a ON a.property_id = t.property_id AND a.id = t.approval_id
WHERE t.property_id = :property_id AND a.state = 'running' AND t.state IN ('open', 'waiting')
  AND t.staff_id = :staff_id
ORDER BY t.id

-- name: approval.givers_turning
-- staff id: people whose delegation of approvals begins today or ended yesterday
SELECT DISTINCT d.from_staff_id
FROM delegation d
WHERE d.property_id = :property_id AND (d.from_on = :today OR d.to_on = :yesterday)
ORDER BY d.from_staff_id
