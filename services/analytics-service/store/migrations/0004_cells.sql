-- oldest-program: 0.1.0
-- What is counted of facts, so that a question about the school reads a few rows at any length of history.

-- Numbers that stand for words and people in cells. A number is never given twice.
create table analytics_names (
  number {{postgres_only}}bigint generated always as identity{{end}}{{sqlite_only}}integer{{end}} primary key {{sqlite_only}}autoincrement{{end}},
  name text {{postgres_only}}collate "C"{{end}} not null unique  -- "@7" is a person, "=Физика" a word
);

create table analytics_cells (
  quarter bigint not null,                   -- of an hour of the day, UTC; 96: the whole day, 97: its trends
  day bigint not null,                       -- since 1970, UTC
  counters text not null,                    -- domain/cells
  primary key (quarter, day)
) {{sqlite_only}}without rowid{{end}};
{{postgres_only}}
-- They are packed already.
alter table analytics_cells alter column counters set storage external;
{{end}}
-- By which rules cells have been counted; 0: not yet, so the service counts them when it starts.
alter table analytics_ingest add column counting bigint not null default 0;

-- What cells cannot tell: which scheduled lessons have ended, and how students were rated who came at different times.
create index analytics_places_scheduled on analytics_places (at, (scheduled_at + minutes * 60000000)) where status = 0;
create index analytics_places_straddling on analytics_places (at)
  where first_at / 900000000 <> last_at / 900000000 or (first_at < 0) <> (last_at < 0);
