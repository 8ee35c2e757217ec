-- oldest-program: 0.1.0
-- What analytics says by itself: events that follow from facts, and alerts. And the tickets of its event streams.

-- One row: up to which batch the students it has changed have been looked at.
create table analytics_watch (
  id bigint primary key,                     -- 1
  seen bigint not null
);
insert into analytics_watch (id, seen) select 1, batch from analytics_ingest where id = 1;

-- Students whom an import has touched: what is so since then is no news. Kept until they have been looked at.
create table analytics_quiet (
  student_id text {{postgres_only}}collate "C"{{end}} primary key,
  version bigint not null
) {{sqlite_only}}without rowid{{end}};

-- Balances that are low, or have been.
create table analytics_low_balances (
  student_id text {{postgres_only}}collate "C"{{end}} not null,
  currency text {{postgres_only}}collate "C"{{end}} not null,
  low boolean not null,
  times bigint not null,                     -- how often it became so
  primary key (student_id, currency)
) {{sqlite_only}}without rowid{{end}};

-- Homework that is not handed in, and the moment at which it will be said that it is overdue.
create table analytics_deadlines (
  homework_id text {{postgres_only}}collate "C"{{end}} primary key,
  student_id text not null,                  -- one of its students: their index finds the fact
  due bigint not null,
  done boolean not null                      -- said, or no news when it was learned
) {{sqlite_only}}without rowid{{end}};
create index analytics_deadlines_by_due on analytics_deadlines (due) where not done;

create table analytics_used_tickets (
  ticket_hash text primary key,
  expires_at bigint not null
);

create table analytics_alerts (              -- rules
  id text {{postgres_only}}collate "C"{{end}} primary key,
  owner_id text {{postgres_only}}collate "C"{{end}} not null,   -- who made it, and who is told
  tutor_id text {{postgres_only}}collate "C"{{end}} not null,   -- whose figures; '': the school's
  name text not null,                        -- personal
  metric text not null,
  comparison text not null,
  threshold bigint not null,                 -- in hundredths
  period text not null,
  days bigint not null,                      -- of a period of days; else 0
  currency text not null,                    -- of money; '': the one with most payments
  cooldown bigint not null,                  -- microseconds
  enabled boolean not null,
  created_at bigint not null,
  updated_at bigint not null,
  announced_at bigint,                       -- the last time
  evaluated_at bigint,
  value bigint,                              -- in hundredths; null: there was nothing to compare
  raised boolean not null                    -- whether the last value was beyond the threshold
);
create index analytics_alerts_of_owner on analytics_alerts (owner_id);
