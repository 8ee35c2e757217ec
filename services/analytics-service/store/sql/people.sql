-- name: insert_people
insert into analytics_people (id, full_name, timezone, language, roles, registered_at)
select r.id, r.full_name, r.timezone, r.language, r.roles, r.registered_at
from rows(:items: id text, full_name text, timezone text, language text, roles text, registered_at bigint) as r

-- name: delete_people
delete from analytics_people where id in (select value from list(:ids))

-- name: insert_relations
insert into analytics_relations (person_id, kind, other_id, position)
select r.person_id, r.kind, r.other_id, r.position
from rows(:items: person_id text, kind text, other_id text, position bigint) as r

-- name: delete_relations
delete from analytics_relations where person_id in (select value from list(:ids))

-- name: people_after
select id, full_name, timezone, language, roles, registered_at from analytics_people
where id > :id order by id limit :limit

-- A row for each of a person's relations, or one without.
-- name: people_by_ids
select p.id, p.full_name, p.timezone, p.language, p.roles, p.registered_at, r.kind, r.other_id
from analytics_people as p left join analytics_relations as r on r.person_id = p.id
where p.id in (select value from list(:ids)) order by p.id, r.kind, r.position

-- name: people_of_school
select id, full_name, timezone, language, roles, registered_at from analytics_people order by id

-- name: people_by_roles
select roles, count(*) as people from analytics_people group by roles

-- name: relations_after
select person_id, kind, other_id, position from analytics_relations
where (person_id, kind, position, other_id) > (:person_id, :kind, cast(:position as bigint), :other_id)
order by person_id, kind, position, other_id limit :limit
