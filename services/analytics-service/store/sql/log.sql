-- The first statement of every transaction that takes events in: others wait here until it ends.
-- name: begin_batch
update analytics_ingest set batch = batch + 1 where id = 1 returning batch, erased

-- name: append_events
insert into analytics_event_log (source, id, type, moment, received_at, entity, data)
select r.source, r.id, r.type, r.moment, :received_at, r.entity, r.data
from rows(:items: source text, id text, same_words text, type text, moment bigint, entity text, data text) as r
where r.same_words = '' or not exists (select 1 from analytics_event_log as known
  where known.source = r.source and known.id = r.same_words and known.received_at > :remembered_since)
on conflict (source, id) do nothing
returning seq, source, id

-- name: events_of_entities
select seq, source, id, type, moment, data from analytics_event_log
where entity in (select value from list(:entities)) and entity <> '' and seq < :before

-- Events that may mention a person: their id stands somewhere in the text.
-- name: events_with
select seq, source, id, type, moment, data from analytics_event_log
-- @sqlite
where instr(data, :part) > 0
-- @postgres
where strpos(data, :part) > 0
-- @both

-- name: rewrite_events
update analytics_event_log set entity = r.entity, data = r.data
from rows(:items: seq bigint, entity text, data text) as r where analytics_event_log.seq = r.seq

-- name: entities_after
select distinct entity from analytics_event_log where entity > :after and entity <> '' order by entity limit :limit

-- Events that are facts of their own.
-- name: lone_events_after
select seq, source, id, type, moment, data from analytics_event_log
where seq > :after and entity = '' order by seq limit :limit

-- name: tombstones
select id_hash, pseudonym from analytics_tombstones

-- name: add_tombstones
insert into analytics_tombstones (id_hash, pseudonym, erased_at)
select r.id_hash, r.pseudonym, :now from rows(:items: id_hash text, pseudonym text) as r

-- name: count_erased
update analytics_ingest set erased = erased + :count where id = 1
