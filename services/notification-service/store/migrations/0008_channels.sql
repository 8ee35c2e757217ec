-- oldest-program: 0.1.0
-- What operators have stopped, and which processes work on this database.

create table notification_channel_pauses (
  channel text primary key,
  since bigint not null,
  paused_by text not null,                   -- personal
  reason text not null,
  until_at bigint                            -- null: until somebody resumes it
);

create table notification_instances (
  id text primary key,                       -- as in leases
  alive_until bigint not null,               -- moved on while it lives
  sharing boolean not null,                  -- takes from the limits that all instances share
  reports text not null default '{}'         -- JSON: what the providers told it, by channel
);
