-- Locked until the caller's transaction ends.
-- name: next_template_change
update notification_template_changes set change = change + 1 where one = 1 returning change

-- name: templates_changed_since
select owner, name, audience, channel, language, version, removed, source, built_in, sample, note, author, restored,
  created_at, active_at, withdrawn, change
from notification_templates where change > :change order by change

-- At the start of a program: what is in force or planned.
-- name: templates_in_use
select owner, name, audience, channel, language, version, removed, source, built_in, sample, note, author, restored,
  created_at, active_at, withdrawn, change
from (select t.*, row_number() over (partition by owner, name, audience, channel, language
                                     order by active_at desc, version desc) as place
      from notification_templates t where not withdrawn and active_at <= :now) as r
where place = 1
union all
select owner, name, audience, channel, language, version, removed, source, built_in, sample, note, author, restored,
  created_at, active_at, withdrawn, change
from notification_templates where not withdrawn and active_at > :now

-- '*' is every one.
-- name: template_versions
select owner, name, audience, channel, language, version, removed, source, built_in, sample, note, author, restored,
  created_at, active_at, withdrawn, change
from notification_templates
where name = :name and owner = :owner and :audience in ('*', audience) and :channel in ('*', channel)
  and :language in ('*', language)
order by created_at desc, version desc, audience, channel, language limit :limit offset :offset

-- name: templates_of_owner
select owner, name, audience, channel, language, version, removed, source, built_in, sample, note, author, restored,
  created_at, active_at, withdrawn, change
from notification_templates where owner = :owner order by name, audience, channel, language, version

-- name: last_template_version
select coalesce(max(version), 0) as version from notification_templates
where owner = :owner and name = :name and audience = :audience and channel = :channel and language = :language

-- name: withdraw_planned_templates
update notification_templates set withdrawn = true, change = :change
where owner = :owner and name = :name and audience = :audience and channel = :channel and language = :language
  and active_at > :now and not withdrawn

-- name: add_template_version
insert into notification_templates
  (owner, name, audience, channel, language, version, removed, source, built_in, sample, note, author, restored,
   created_at, active_at, change)
values (:owner, :name, :audience, :channel, :language, :version, :removed, :source, :built_in, :sample, :note, :author,
        :restored, :created_at, :active_at, :change)

-- name: erase_templates_counted
update notification_template_changes set change = change + 1
where one = 1 and exists (select 1 from notification_templates where owner = :user_id or author = :user_id)

-- A tutor's own texts go, with what they say; texts of the school stay without their author.
-- name: erase_templates
update notification_templates set source = '', sample = '', note = '', withdrawn = true,
  change = (select c.change from notification_template_changes c where c.one = 1)
where owner = :user_id and owner <> ''

-- name: erase_template_authors
update notification_templates set author = '' where author = :user_id
