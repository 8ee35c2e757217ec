-- Messages. A row is its own queue entry: workers claim the due ones, most urgent first.

create table notification_messages (
  id text primary key,
  message_key text not null unique,          -- one message per cause, recipient, type and channel
  event_source text not null default '',
  event_id text not null default '',
  user_id text not null,
  type text not null,
  audience text not null,
  channel text not null default '',          -- '' until a planned message is due
  priority bigint not null,                 -- 0 urgent … 3 low
  status text not null,
  reason text not null default '',
  due_at bigint not null,
  expires_at bigint,                         -- worthless from then on
  queued boolean not null,                   -- waits for a worker from due_at on
  lease_owner text not null default '',
  lease_until bigint,
  attempts bigint not null default 0,
  unanswered bigint not null default 0,     -- tries that ended without an answer
  lesson_id text not null default '',
  student_id text not null default '',       -- the one student it is about
  purpose text not null default 'service',
  correlation_id text not null default '',
  template text not null default '',         -- '' is the type's own
  recipient_address text not null default '', -- given by the caller instead of the directory's; personal
  context text not null default '{}',        -- JSON for the template; personal
  title text not null default '',            -- as sent; personal
  body text not null default '',             -- as sent; personal
  provider_id text not null default '',
  created_at bigint not null,
  event_at bigint not null,                  -- when the event came in: delivery is measured from here
  sent_at bigint
);

create index notification_messages_due on notification_messages (channel, priority, due_at) where queued;
create index notification_messages_leased on notification_messages (lease_until) where lease_until is not null;
create index notification_messages_planned on notification_messages (due_at) where status = 'scheduled';
create index notification_messages_of_user on notification_messages (user_id, created_at, id);
create index notification_messages_of_event on notification_messages (event_source, event_id);
create index notification_messages_of_lesson on notification_messages (lesson_id) where status = 'scheduled';

create table notification_attempts (
  message_id text not null,
  number bigint not null,
  channel text not null,
  started_at bigint not null,
  finished_at bigint not null,
  outcome text not null,
  detail text not null default '',
  worker text not null,
  primary key (message_id, number)
);

-- Changes of state that no attempt explains, with time and reason.
create table notification_history (
  message_id text not null,
  at bigint not null,
  status text not null,
  reason text not null default ''
);
create index notification_history_of_message on notification_history (message_id, at);

-- Counts kept while working: finished messages per UTC hour.
create table notification_counters (
  hour bigint not null,
  channel text not null,
  type text not null,
  status text not null,
  amount bigint not null,
  primary key (hour, channel, type, status)
);

-- Letters that a channel without settings would have sent: the outbox page shows them.
create table notification_outbox_letters (
  id text primary key,
  message_id text not null,
  user_id text not null,
  channel text not null,
  address text not null,                     -- personal
  subject text not null default '',          -- personal
  html text not null,                        -- personal
  plain text not null default '',            -- personal
  sent_at bigint not null
);
create index notification_outbox_letters_by_age on notification_outbox_letters (sent_at, id);
