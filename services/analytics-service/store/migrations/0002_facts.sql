-- Facts: what is known of each thing after all events of it. Rows lie in the order in which a tutor's period is read
-- and again, whole, in that of a student's. ids of persons are '' where nobody is named.

create table analytics_places (              -- a student in a lesson
  tutor_id text {{postgres_only}}collate "C"{{end}} not null,
  at bigint not null,                        -- whose day counts
  lesson_id text {{postgres_only}}collate "C"{{end}} not null,
  student_id text {{postgres_only}}collate "C"{{end}} not null,
  status bigint not null,                    -- 0 scheduled, 1 completed, 2 cancelled, 3 missed
  attendance text not null,
  rating bigint,                             -- in millionths
  price bigint, price_currency text,
  charged boolean not null,
  first_at bigint not null,                  -- the least and the greatest `at` of the lesson's places
  last_at bigint not null,
  subject text not null,
  topic text not null,                       -- personal
  type text not null,
  scheduled_at bigint,
  minutes bigint not null,
  pay bigint, pay_currency text,             -- of the lesson as a whole
  primary key (tutor_id, at, lesson_id, student_id)
) {{sqlite_only}}without rowid{{end}};
create index analytics_places_of_student on analytics_places (student_id, at{{sqlite_only}}, tutor_id, lesson_id, status,
  attendance, rating, price, price_currency, charged, first_at, last_at, subject, topic, type, scheduled_at, minutes, pay,
  pay_currency{{end}});
create index analytics_places_by_time on analytics_places (at);

create table analytics_payments (            -- one row for each part of a payment; each holds the whole payment
  tutor_id text {{postgres_only}}collate "C"{{end}} not null,
  at bigint not null,                        -- of this part
  payment_id text {{postgres_only}}collate "C"{{end}} not null,
  part bigint not null,                      -- 0 processed, 1 failed, 2 refunded
  student_id text {{postgres_only}}collate "C"{{end}} not null,
  payer_id text {{postgres_only}}collate "C"{{end}} not null,
  method text not null,
  processed_at bigint, processed bigint, processed_currency text,
  failed_at bigint, failed bigint, failed_currency text,
  refunded_at bigint, refunded bigint, refunded_currency text,
  last_part bigint not null,
  primary key (tutor_id, at, payment_id, part)
) {{sqlite_only}}without rowid{{end}};
create index analytics_payments_of_student on analytics_payments (student_id, at);
create index analytics_payments_of_payer on analytics_payments (payer_id, at);
create index analytics_payments_by_time on analytics_payments (at);

create table analytics_homework (            -- one row for each student of an assignment; each holds the whole assignment
  tutor_id text {{postgres_only}}collate "C"{{end}} not null,
  at bigint not null,                        -- assigned_at; 0: never assigned
  homework_id text {{postgres_only}}collate "C"{{end}} not null,
  student_id text {{postgres_only}}collate "C"{{end}} not null,
  student_ids text not null,                 -- JSON list
  lesson_id text not null,
  subject text not null,
  description text not null,                 -- personal
  assigned_at bigint,
  due_day text, due_at bigint,
  submitted_at bigint,
  submitted_by text not null,                -- JSON list
  grade bigint,
  overdue boolean not null,
  primary key (tutor_id, at, homework_id, student_id)
) {{sqlite_only}}without rowid{{end}};
create index analytics_homework_of_student on analytics_homework (student_id, at);
create index analytics_homework_by_time on analytics_homework (at);
create index analytics_homework_submitted on analytics_homework (submitted_at) where submitted_at is not null;

create table analytics_accesses (            -- of materials; seq is that of the event
  seq {{postgres_only}}bigint{{end}}{{sqlite_only}}integer{{end}} primary key,
  at bigint not null,
  material_id text {{postgres_only}}collate "C"{{end}} not null,
  title text not null,
  subject text not null,
  user_id text {{postgres_only}}collate "C"{{end}} not null,
  student_id text {{postgres_only}}collate "C"{{end}} not null,
  tutor_id text {{postgres_only}}collate "C"{{end}} not null,
  use bigint not null                        -- 0 upload, 1 share, 2 view, 3 download
);
create index analytics_accesses_of_user on analytics_accesses (user_id, at) where user_id <> '';
create index analytics_accesses_of_student on analytics_accesses (student_id, at) where student_id <> '';
create index analytics_accesses_of_tutor on analytics_accesses (tutor_id, at) where tutor_id <> '';
create index analytics_accesses_by_time on analytics_accesses (at);

create table analytics_logins (              -- seq is that of the event
  at bigint not null,
  seq bigint not null,
  user_id text {{postgres_only}}collate "C"{{end}} not null,
  role text not null,
  platform text not null,
  primary key (at, seq)
) {{sqlite_only}}without rowid{{end}};

create table analytics_people (
  id text {{postgres_only}}collate "C"{{end}} primary key,
  full_name text not null,                   -- personal
  timezone text not null,                    -- personal
  language text not null,
  roles text not null,                       -- JSON list
  registered_at bigint
) {{sqlite_only}}without rowid{{end}};
create index analytics_people_by_registration on analytics_people (registered_at) where registered_at is not null;

-- kind: child (other is a child of person), tutor (other is a tutor of person), as the person's own events say.
create table analytics_relations (
  person_id text {{postgres_only}}collate "C"{{end}} not null,
  kind text {{postgres_only}}collate "C"{{end}} not null,
  other_id text {{postgres_only}}collate "C"{{end}} not null,
  position bigint not null,                  -- as in the event's list
  primary key (person_id, kind, other_id)
) {{sqlite_only}}without rowid{{end}};
create index analytics_relations_by_other on analytics_relations (other_id, kind);
