-- name: count_messages
insert into notification_counters (hour, channel, type, status, amount)
select r.hour, r.channel, r.type, r.status, r.amount
from rows(:items: hour bigint, channel text, type text, status text, amount bigint) as r
where true
on conflict (hour, channel, type, status) do update set amount = notification_counters.amount + excluded.amount

-- name: count_latencies
insert into notification_latencies (hour, bucket, amount)
select r.hour, r.bucket, r.amount from rows(:items: hour bigint, bucket bigint, amount bigint) as r
where true
on conflict (hour, bucket) do update set amount = notification_latencies.amount + excluded.amount

-- name: counters_between
select channel, type, status, cast(sum(amount) as bigint) as amount from notification_counters
where hour >= :since and hour < :until group by channel, type, status order by channel, type, status

-- name: counts_of_user
select channel, type, status, count(*) as amount from notification_messages
where user_id = :user_id and created_at >= :since and created_at < :until
  and status in ('sent', 'delivered', 'failed', 'cancelled', 'suppressed', 'unknown')
group by channel, type, status order by channel, type, status

-- name: latencies_between
select bucket, cast(sum(amount) as bigint) as amount from notification_latencies
where hour >= :since and hour < :until group by bucket order by bucket

-- Newest first.
-- name: latencies_of_user
select sent_at - event_at as latency from notification_messages
where user_id = :user_id and sent_at is not null and created_at >= :since and created_at < :until
order by created_at desc limit :limit

-- What is not the first hour of its UTC day.
-- name: take_hours
delete from notification_counters where hour < :before and hour % 86400000000 <> 0
returning hour, channel, type, status, amount

-- name: take_latency_hours
delete from notification_latencies where hour < :before and hour % 86400000000 <> 0
returning hour, bucket, amount

-- Each part by an index of its own, without a look at the rows.
-- name: queue_sizes
select 'pending' as status, count(*) as amount from notification_messages where queued
union all select 'sending', count(*) from notification_messages where lease_until is not null
union all select 'scheduled', count(*) from notification_messages where status = 'scheduled'
union all select 'deferred', count(*) from notification_messages where status = 'deferred'
