-- name: begin_import
insert into notification_imports (list, imported_at) select r.list, r.imported_at
from rows(:items: list text, imported_at bigint) as r
where true
on conflict (list) do update set imported_at = excluded.imported_at

-- name: all_people
select id from notification_people order by id

-- name: imported_people
select row_key, user_id, version, content from notification_imported_people
where row_key in (select value from list(:keys))

-- name: upsert_imported_people
insert into notification_imported_people (row_key, user_id, version, content)
select r.row_key, r.user_id, r.version, r.content
from rows(:items: row_key text, user_id text, version bigint, content text) as r
where true
on conflict (row_key) do update set user_id = excluded.user_id, version = excluded.version, content = excluded.content

-- name: imported_lessons
select lesson_id, row_key, tutor_id, students, starts_at, cancelled, version, content
from notification_imported_lessons
where (starts_at > :now and not cancelled) or lesson_id in (select value from list(:ids))

-- name: upsert_imported_lessons
insert into notification_imported_lessons
  (lesson_id, row_key, tutor_id, students, starts_at, cancelled, version, content)
select r.lesson_id, r.row_key, r.tutor_id, r.students, r.starts_at, r.cancelled, r.version, r.content
from rows(:items: lesson_id text, row_key text, tutor_id text, students text, starts_at bigint, cancelled boolean,
          version bigint, content text) as r
where true
on conflict (lesson_id) do update set row_key = excluded.row_key, tutor_id = excluded.tutor_id,
  students = excluded.students, starts_at = excluded.starts_at, cancelled = excluded.cancelled,
  version = excluded.version, content = excluded.content
