-- name: insert_thing
insert into thing (id, name, size, weight, done) values (:id, :name, :size, :weight, :done)

-- name: insert_things
insert into thing (id, size, done)
select r.id, r.size, r.done from rows(:items: id text, size bigint, done boolean) as r where true
on conflict (id) do update set size = excluded.size

-- name: select_thing
select id, name, size, weight, done from thing where id = :id

-- name: count_things
select count(*) as n from thing

-- name: ids_in
select id from thing where id in (select value from list(:ids)) order by id

-- name: rename_thing
update thing set name = :name where id = :id returning name, size

-- name: claim_things
update thing set done = true where id in (
  select id from thing where not done order by size limit :limit /*skip locked*/)
returning id

-- name: insert_part
insert into part (thing_id, size) values (:thing, :size)

-- name: find_by_lower_name
select id from thing where rb_lower(name) = :name

-- name: add_to_size
update thing set size = size + cast(:by as bigint) where id = :id

-- name: count_long
with recursive counter(n) as (select 1 union all select n + 1 from counter where n < 300000)
select count(*) as n from counter

-- name: count_forever
with recursive counter(n) as (select 1 union all select n + 1 from counter) select count(*) as n from counter
