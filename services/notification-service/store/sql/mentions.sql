-- Rows that may mention a person: their id stands somewhere in the text.
-- name: events_with
select source || ' ' || id as key, data as text, source, id, type, moment from notification_events where data like :part
order by moment desc

-- name: empty_events
update notification_events set data = '{}' where source || ' ' || id in (select value from list(:keys))
