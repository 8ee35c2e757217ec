-- oldest-program: 0.1.0
-- What is sent later or again and again, and what is sent to many.

alter table notification_messages add column origin text not null default ''; -- 'schedule:<id>' or 'bulk:<id>'
create index notification_messages_of_origin on notification_messages (origin, status) where origin <> '';

-- One row a call that plans ahead. The message of one that comes once stands among the messages already.
create table notification_schedules (
  id text primary key,
  user_id text not null,
  status text not null,                      -- scheduled, done, cancelled
  due_at bigint not null,                    -- of the next message, else when the last one was due
  starts_at bigint not null,
  recurrence text not null default '',       -- RRULE; '' is once
  timezone text not null default '',         -- of the recurrence
  lesson_id text not null default '',        -- moves with this lesson
  offset_minutes bigint not null default 0,  -- before it
  draft text not null,                       -- JSON: what is sent; personal
  made bigint not null default 0,            -- messages of a recurrence so far
  missed bigint not null default 0,          -- occurrences while no service ran
  created_by text not null default '',
  created_at bigint not null
);
create index notification_schedules_due on notification_schedules (status, due_at, id);
create index notification_schedules_of_user on notification_schedules (user_id, due_at);
create index notification_schedules_of_lesson on notification_schedules (lesson_id) where lesson_id <> '';

create table notification_bulks (
  id text primary key,
  status text not null,                      -- planned, running, paused, done, cancelled
  due_at bigint not null,                    -- made from then on
  draft text not null,                       -- JSON: what is sent; personal
  total bigint not null,                     -- recipients
  position bigint not null default 0,        -- messages are made for recipients up to this number
  created_by text not null default '',
  created_at bigint not null,
  finished_at bigint                         -- nothing is to be done any more
);
create index notification_bulks_open on notification_bulks (due_at) where finished_at is null;

create table notification_bulk_recipients (
  bulk_id text not null,
  number bigint not null,                    -- 1 …
  user_id text not null,
  audience text not null,
  reason text not null default '',           -- why there is no message for them
  primary key (bulk_id, number)
);
