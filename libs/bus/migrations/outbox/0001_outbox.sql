-- Messages that were committed and wait for the broker. A row belongs to its holder until lease_until; later
-- any instance may take it.
create table bus_outbox (
  id text primary key,
  holder text not null,
  lease_until bigint not null,
  routing_key text not null,
  body text not null,
  content_type text not null,
  message_id text not null,
  sent_at bigint not null,
  headers text not null
);
