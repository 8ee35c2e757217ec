-- Queues of the embedded bus; dead letters of queue q are the rows of queue q.dead.
create table bus_message (
  queue text not null,
  id text not null,
  routing_key text not null,
  body text not null,
  content_type text not null,
  message_id text not null,
  sent_at bigint not null,
  headers text not null,
  primary key (queue, id)
){{sqlite_only}} without rowid{{end}};

-- What each queue wants, remembered so that messages published before its consumer starts are kept for it.
create table bus_binding (
  queue text not null,
  binding_key text not null,
  primary key (queue, binding_key)
);
