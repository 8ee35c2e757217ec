-- oldest-program: 0.1.0
-- The inbox of people's apps, files that go with messages, how calendars follow a lesson.

alter table notification_messages add column attachments text not null default '';  -- which set of files goes with it
alter table notification_messages add column parts_sent bigint not null default 0;  -- pieces that have arrived already
create index notification_messages_with_files on notification_messages (attachments) where attachments <> '';
alter table notification_lessons add column sequence bigint not null default 0;     -- how often its schedule was decided

-- Several messages (channels, tries, what goes out instead) share one set.
create table notification_attachments (
  set_id text not null,
  n bigint not null,                         -- from 1
  user_id text not null,
  filename text not null,                    -- personal
  content_type text not null,
  size bigint not null,                      -- bytes
  content text not null,                     -- base64; personal
  created_at bigint not null,
  primary key (set_id, n)
);
create index notification_attachments_of_user on notification_attachments (user_id);
create index notification_attachments_by_age on notification_attachments (created_at);

create table notification_inbox (
  id text primary key,                       -- of its message
  user_id text not null,
  place bigint not null,                     -- counts a person's messages in the order in which they appeared
  type text not null,
  title text not null,                       -- personal
  html text not null,                        -- personal
  plain text not null,                       -- personal
  about text not null default '{}',          -- JSON: lesson_id, student_id …
  files text not null default '[]',          -- JSON: what goes with it; personal
  created_at bigint not null,
  read_at bigint
);
create unique index notification_inbox_of_user on notification_inbox (user_id, place);
create index notification_inbox_by_age on notification_inbox (created_at);
create index notification_inbox_unread on notification_inbox (user_id) where read_at is null;

-- Locked while a place is given: a later place is never seen before an earlier one.
create table notification_inbox_places (
  user_id text primary key,
  last bigint not null
);

-- Tickets of event streams that have opened one.
create table notification_used_tickets (
  ticket_hash text primary key,
  expires_at bigint not null
);
