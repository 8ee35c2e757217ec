-- Messages that wait for the broker. `bus_outbox` stands for <prefix>_outbox (outbox.cpp).

-- name: insert_outgoing
insert into bus_outbox (id, holder, lease_until, routing_key, body, content_type, message_id, sent_at, headers)
values (:id, :holder, :lease_until, :routing_key, :body, :content_type, :message_id, :sent_at, :headers)

-- name: read_outgoing
select id, holder, lease_until, routing_key, body, content_type, message_id, sent_at, headers
from bus_outbox
where holder = :holder or lease_until < :now
order by id
limit :most

-- name: claim_outgoing
update bus_outbox set holder = :holder, lease_until = :lease_until
where id in (
  select id from bus_outbox
  where holder = :holder or lease_until < :now
  order by id
  limit :most /*skip locked*/)
returning id, holder, lease_until, routing_key, body, content_type, message_id, sent_at, headers

-- name: delete_outgoing
delete from bus_outbox where id in (select value from list(:ids))

-- name: release_outgoing
update bus_outbox set lease_until = 0 where holder = :holder

-- name: count_outgoing
select count(*) as n from bus_outbox
