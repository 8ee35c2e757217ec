-- What was imported from a tutor's own lists, as the lists said last: an import says only what has changed since.

-- One row a list. Taken at the beginning of an import, so that a second one waits for its end.
create table notification_imports (
  list text primary key,                     -- people, lessons
  imported_at bigint not null
);

create table notification_imported_people (
  row_key text primary key,                  -- digest of the row's id or name
  user_id text not null,
  version bigint not null,                   -- of the newest event made from the row
  content text not null default '{}'         -- JSON: digests of the cells
);
create index notification_imported_people_by_user on notification_imported_people (user_id);

create table notification_imported_lessons (
  lesson_id text primary key,
  row_key text not null,                     -- digest of the row's id, or of tutor, students and subject
  tutor_id text not null,
  students text not null default '[]',       -- JSON list
  starts_at bigint not null,
  cancelled boolean not null default false,  -- gone from the list
  version bigint not null,
  content text not null default '{}'
);
create index notification_imported_lessons_ahead on notification_imported_lessons (starts_at) where not cancelled;
