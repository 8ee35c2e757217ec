-- oldest-program: 0.1.0
-- «Why did it not come»: an event is asked for by its id alone.
create index notification_events_by_id on notification_events (id);
