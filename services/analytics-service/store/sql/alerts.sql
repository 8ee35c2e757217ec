-- Rules of alerts, and what they last found.

-- name: insert_alert
insert into analytics_alerts
  (id, owner_id, tutor_id, name, metric, comparison, threshold, period, days, currency, cooldown, enabled, created_at,
  updated_at, raised)
values (:id, :owner_id, :tutor_id, :name, :metric, :comparison, :threshold, :period, :days, :currency, :cooldown,
  :enabled, :now, :now, false)

-- A rule that asks something else begins anew.
-- name: update_alert
update analytics_alerts set tutor_id = :tutor_id, name = :name, metric = :metric, comparison = :comparison,
  threshold = :threshold, period = :period, days = :days, currency = :currency, cooldown = :cooldown, enabled = :enabled,
  updated_at = :now,
  announced_at = case when :anew then null else announced_at end,
  evaluated_at = case when :anew then null else evaluated_at end,
  value = case when :anew then null else value end,
  raised = case when :anew then false else raised end
where id = :id

-- name: delete_alert
delete from analytics_alerts where id = :id

-- name: alert
select id, owner_id, tutor_id, name, metric, comparison, threshold, period, days, currency, cooldown, enabled,
  created_at, updated_at, announced_at, evaluated_at, value, raised from analytics_alerts where id = :id

-- The newest first; of one owner, or of all ('').
-- name: alerts_page
select id, owner_id, tutor_id, name, metric, comparison, threshold, period, days, currency, cooldown, enabled,
  created_at, updated_at, announced_at, evaluated_at, value, raised from analytics_alerts
where (owner_id = :owner_id or :owner_id = '') and (created_at, id) < (cast(:before as bigint), :before_id)
order by created_at desc, id desc limit :limit offset :offset

-- name: enabled_alerts
select id, owner_id, tutor_id, name, metric, comparison, threshold, period, days, currency, cooldown, enabled,
  created_at, updated_at, announced_at, evaluated_at, value, raised from analytics_alerts where enabled order by id

-- Of one owner, or all ('').
-- name: count_alerts
select count(*) as n from analytics_alerts where owner_id = :owner_id or :owner_id = ''

-- A rule that has been changed since is evaluated anew.
-- name: record_alert
update analytics_alerts set evaluated_at = :now, value = :value, raised = :raised
where id = :id and updated_at = :updated_at

-- Of instances that find the same, one takes it.
-- name: claim_alert
update analytics_alerts set announced_at = :now
where id = :id and updated_at = :updated_at and enabled and (announced_at is null or announced_at <= :now - cooldown)
returning id

-- name: forget_alerts
delete from analytics_alerts where owner_id in (select value from list(:ids)) or tutor_id in (select value from list(:ids))
