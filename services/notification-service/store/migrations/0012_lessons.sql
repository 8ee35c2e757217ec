-- oldest-program: 0.1.0
-- What was decided of a lesson is remembered for each student, and when it ended. `students` holds
-- id → {takes_part, decided_at, decided_by, ended_at, ended_by}; of older rows only whether they take part.
alter table notification_lessons rename column cancelled to called_off;
alter table notification_lessons add column ended_at bigint not null default 0;
alter table notification_lessons add column ended_by text not null default '';
update notification_lessons set ended_at = decided_at, ended_by = decided_by || '~' where is_over;
alter table notification_lessons drop column is_over;
