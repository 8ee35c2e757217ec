-- What came in: events taken from the bus, calls accepted over HTTP, what could not be understood.

create table notification_events (
  source text not null,
  id text not null,
  type text not null,
  moment bigint not null,
  received_at bigint not null,
  data text not null,                        -- JSON in normal form; personal
  primary key (source, id)
);
create index notification_events_by_age on notification_events (received_at);

-- Events accepted over HTTP: the promise that they reach the bus is in the outbox, this keeps them from coming twice.
create table notification_accepted_events (
  source text not null,
  id text not null,
  accepted_at bigint not null,
  primary key (source, id)
);
create index notification_accepted_events_by_age on notification_accepted_events (accepted_at);

create table notification_lessons (
  id text primary key,
  tutor_id text not null default '',
  students text not null default '{}',       -- JSON: id → still takes part
  scheduled_at bigint,
  cancelled boolean not null default false,
  is_over boolean not null default false,
  details text not null default '{}',        -- JSON: subject, topic … as events gave them; personal
  decided_at bigint not null,
  decided_by text not null default ''
);

create table notification_dead_letters (
  id text primary key,
  queue text not null,
  reason text not null,
  routing_key text not null default '',
  message_id text not null default '',
  headers text not null default '[]',
  body text not null,                        -- personal
  received_at bigint not null
);
create index notification_dead_letters_by_age on notification_dead_letters (received_at, id);

create table notification_idempotency (
  id text primary key,                       -- digest of caller, route and the caller's key
  fingerprint text not null,                 -- digest of the request
  status bigint not null default 0,          -- 0: still in flight
  content_type text not null default '',
  answer text not null default '',           -- personal
  created_at bigint not null
);
create index notification_idempotency_by_age on notification_idempotency (created_at);
