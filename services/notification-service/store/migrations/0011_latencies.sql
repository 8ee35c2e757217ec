-- oldest-program: 0.1.0
-- How long messages took, from the event to the provider's yes: per UTC hour (older: per day) and bucket of 5 %.
create table notification_latencies (
  hour bigint not null,
  bucket bigint not null,
  amount bigint not null,
  primary key (hour, bucket)
);
