-- oldest-program: 0.1.0
-- Every event that came in, and what is needed to take events in. Columns with personal data are marked «personal».
-- Ids are compared bytewise: SQLite does so by itself.

create table analytics_event_log (
  seq {{postgres_only}}bigint generated always as identity{{end}}{{sqlite_only}}integer{{end}} primary key, -- in the order of arrival
  source text {{postgres_only}}collate "C"{{end}} not null,
  id text {{postgres_only}}collate "C"{{end}} not null,
  type text not null,
  moment bigint not null,
  received_at bigint not null,
  entity text {{postgres_only}}collate "C"{{end}} not null, -- "lesson:7"; '': the event is a fact of its own, or none
  data text not null                         -- JSON in normal form; personal
);
create unique index analytics_event_log_by_id on analytics_event_log (id, source);
create index analytics_event_log_by_entity on analytics_event_log (entity) where entity <> '';

-- One row. Whoever takes events in changes it first, so that instances follow one another.
create table analytics_ingest (
  id bigint primary key,                     -- 1
  batch bigint not null,                     -- how many there were; new data versions are made of it
  erased bigint not null                     -- how many tombstones there are
);
insert into analytics_ingest (id, batch, erased) values (1, 0, 0);

-- The batch that last changed anything of a scope: school, directory (people and their relations), tutor, student.
create table analytics_versions (
  scope text {{postgres_only}}collate "C"{{end}} not null,
  id text {{postgres_only}}collate "C"{{end}} not null,         -- '' of school and directory
  version bigint not null,
  primary key (scope, id)
) {{sqlite_only}}without rowid{{end}};

-- Keyed hashes of erased ids: events that come later are about the pseudonym.
create table analytics_tombstones (
  id_hash text {{postgres_only}}collate "C"{{end}} primary key,
  pseudonym text not null,
  erased_at bigint not null
);

create table analytics_accepted_events (
  source text not null,
  id text not null,
  accepted_at bigint not null,
  primary key (source, id)
);
create index analytics_accepted_events_by_age on analytics_accepted_events (accepted_at);

create table analytics_dead_letters (
  id text primary key,
  queue text not null,
  reason text not null,
  routing_key text not null default '',
  message_id text not null default '',
  headers text not null default '[]',
  body text not null,                        -- personal
  received_at bigint not null
);
create index analytics_dead_letters_by_age on analytics_dead_letters (received_at, id);

create table analytics_idempotency (
  id text primary key,                       -- digest of caller, route and the caller's key
  fingerprint text not null,                 -- digest of the request
  status bigint not null default 0,          -- 0: still in flight
  content_type text not null default '',
  answer text not null default '',           -- personal
  created_at bigint not null
);
create index analytics_idempotency_by_age on analytics_idempotency (created_at);
