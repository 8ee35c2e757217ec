-- name: next_inbox_place
insert into notification_inbox_places (user_id, last) values (:user_id, 1)
on conflict (user_id) do update set last = notification_inbox_places.last + 1
returning last

-- A message tried twice appears once.
-- name: add_to_inbox
insert into notification_inbox (id, user_id, place, type, title, html, plain, about, files, created_at)
values (:id, :user_id, :place, :type, :title, :html, :plain, :about, :files, :now)
on conflict (id) do nothing

-- Newest first.
-- name: inbox_page
select id, place, type, title, html, plain, about, files, created_at, read_at from notification_inbox
where user_id = :user_id and place < :before and (not :unread or read_at is null) and (:type = '' or type = :type)
order by place desc limit :limit offset :offset

-- In their order.
-- name: inbox_after
select id, place, type, title, html, plain, about, files, created_at, read_at from notification_inbox
where user_id = :user_id and place > :after order by place limit :limit

-- name: count_inbox
select count(*) as total from notification_inbox
where user_id = :user_id and (not :unread or read_at is null) and (:type = '' or type = :type)

-- name: inbox_state
select (select count(*) from notification_inbox where user_id = :user_id and read_at is null) as unread,
  coalesce((select max(place) from notification_inbox where user_id = :user_id), 0) as newest

-- The moment of the first reading stays.
-- name: read_in_inbox
update notification_inbox set read_at = coalesce(read_at, :now) where id = :id and user_id = :user_id
returning read_at

-- name: read_all_in_inbox
update notification_inbox set read_at = :now
where user_id = :user_id and read_at is null and place <= :up_to

-- name: erase_inbox_place
delete from notification_inbox_places where user_id = :user_id

-- Also what relatives and tutors have there about the person.
-- name: erase_inbox
delete from notification_inbox where user_id = :user_id
   or id in (select id from notification_messages where student_id = :user_id
             and user_id in (select person_id from notification_relations where other_id = :user_id))

-- name: erase_attachments
delete from notification_attachments where user_id = :user_id

-- name: add_attachment
insert into notification_attachments (set_id, n, user_id, filename, content_type, size, content, created_at)
values (:set_id, :n, :user_id, :filename, :content_type, :size, :content, :now)

-- name: attachments_of_set
select filename, content_type, content from notification_attachments where set_id = :set_id order by n

-- name: attachment_of_message
select m.user_id, a.filename, a.content_type, a.content
from notification_messages m join notification_attachments a on a.set_id = m.attachments
where m.id = :message_id and a.n = :n
