-- Durable queues of the embedded bus: one row for each message in each queue.

-- name: insert_message
insert into bus_message (queue, id, routing_key, body, content_type, message_id, sent_at, headers)
values (:queue, :id, :routing_key, :body, :content_type, :message_id, :sent_at, :headers)

-- name: read_messages
select id, routing_key, body, content_type, message_id, sent_at, headers
from bus_message
where queue = :queue
order by id
limit :most

-- name: delete_messages
delete from bus_message where queue = :queue and id in (select value from list(:ids))

-- name: read_bindings
select queue, binding_key from bus_binding order by queue, binding_key

-- name: forget_bindings
delete from bus_binding where queue = :queue

-- name: remember_binding
insert into bus_binding (queue, binding_key) values (:queue, :binding_key)
on conflict (queue, binding_key) do nothing

-- Where the database lies; a server's has no file of ours.
-- name: database_file
-- @sqlite
select file from pragma_database_list where name = 'main'
-- @postgres
select '' as file
-- @both
