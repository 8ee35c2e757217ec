-- oldest-program: 0.1.0
-- Who is told: people, how to reach them, how they are related. Columns with personal data are marked «personal».

create table notification_people (
  id text primary key,
  full_name text not null default '',        -- personal
  roles text not null default '[]',          -- JSON list of student, parent, tutor, admin
  language text not null default '',
  address_form text not null default '',
  timezone text not null default '',
  is_minor boolean,                          -- personal
  preferences text not null default '{}',    -- JSON: what the person has switched
  changed_at bigint not null                 -- moment of the newest event or call that changed this row
);

create table notification_addresses (
  user_id text not null,
  channel text not null,
  address text not null,                     -- personal
  suspended boolean not null default false,
  reason text not null default '',
  changed_at bigint not null,
  primary key (user_id, channel)
);
create index notification_addresses_by_address on notification_addresses (channel, address);

-- kind: parent (person is a parent of other), tutor (person is a tutor of other)
create table notification_relations (
  person_id text not null,
  kind text not null,
  other_id text not null,
  primary key (person_id, kind, other_id)
);
create index notification_relations_by_other on notification_relations (other_id, kind);

create table notification_consents (
  user_id text not null,
  purpose text not null,
  given boolean not null,
  changed_at bigint not null,
  details text not null default '{}',        -- JSON: who gave it, by which channel, version of the text
  primary key (user_id, purpose)
);

-- One-time tokens that connect a chat with a person; only their hashes are kept.
create table notification_link_tokens (
  token_hash text primary key,
  user_id text not null,
  expires_at bigint not null,
  used_at bigint
);
create index notification_link_tokens_by_user on notification_link_tokens (user_id);

-- Keyed hashes of erased ids: later events must not bring a person back.
create table notification_tombstones (
  id_hash text primary key,
  erased_at bigint not null
);
