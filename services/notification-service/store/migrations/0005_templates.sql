-- oldest-program: 0.1.0
-- Texts that a school or a tutor has written in place of the built-in ones. Every version stays; the built-in texts
-- themselves are files of the program, so that an upgrade never touches what somebody has written.

-- Held while texts are changed: one change at a time.
create table notification_template_changes (
  one bigint primary key check (one = 1),
  change bigint not null
);
insert into notification_template_changes (one, change) values (1, 0);

create table notification_templates (
  owner text not null default '',            -- '' is the school, else a tutor's user id
  name text not null,                        -- a notification type, or a name of the school's own
  audience text not null,
  channel text not null default '',          -- '' is any
  language text not null,
  version bigint not null,                   -- 1, 2 … of this text
  removed boolean not null default false,    -- from here on the built-in text again
  source text not null default '',           -- Jinja2; personal
  built_in text not null default '',         -- digest of the built-in text at that time
  sample text not null default '',           -- JSON: what a text with a name of its own is called with; personal
  note text not null default '',             -- personal
  author text not null default '',           -- user id; personal
  restored bigint not null default 0,        -- the version it repeats
  created_at bigint not null,
  active_at bigint not null,                 -- in force from then on
  withdrawn boolean not null default false,  -- was planned, and never comes
  change bigint not null,                    -- of notification_template_changes
  primary key (owner, name, audience, channel, language, version)
);
create index notification_templates_by_change on notification_templates (change);
create index notification_templates_by_name on notification_templates (name, created_at);
