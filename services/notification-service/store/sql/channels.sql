-- name: channel_pauses
select channel, since, paused_by, reason, until_at from notification_channel_pauses

-- A pause that holds is changed, and remembers when it began.
-- name: pause_channel
insert into notification_channel_pauses (channel, since, paused_by, reason, until_at)
values (:channel, :now, :paused_by, :reason, :until)
on conflict (channel) do update set paused_by = excluded.paused_by, reason = excluded.reason,
  until_at = excluded.until_at,
  since = case when notification_channel_pauses.until_at <= excluded.since then excluded.since
               else notification_channel_pauses.since end

-- name: resume_channel
delete from notification_channel_pauses where channel = :channel

-- name: forget_who_paused
update notification_channel_pauses set paused_by = '' where paused_by = :user_id

-- name: waiting_by_channel
select channel, priority, count(*) as amount, min(due_at) as oldest from notification_messages
where queued and due_at <= :now group by channel, priority

-- name: under_way_by_channel
select channel, count(*) as amount from notification_messages
where lease_until is not null and status = 'sending' group by channel

-- name: beat
insert into notification_instances (id, alive_until, sharing, reports)
values (:id, :alive_until, :sharing, :reports)
on conflict (id) do update set alive_until = excluded.alive_until, sharing = excluded.sharing,
  reports = excluded.reports

-- name: live_instances
select id, sharing, reports from notification_instances where alive_until > :now

-- name: remove_instances
delete from notification_instances where id = :id or alive_until < :dead_before
