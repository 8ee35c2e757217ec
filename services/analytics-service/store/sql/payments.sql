-- Facts of payments. Each row holds the whole payment.

-- name: insert_payments
insert into analytics_payments
  (tutor_id, at, payment_id, part, student_id, payer_id, method, processed_at, processed, processed_currency,
  failed_at, failed, failed_currency, refunded_at, refunded, refunded_currency, last_part)
select r.tutor_id, r.at, r.payment_id, r.part, r.student_id, r.payer_id, r.method, r.processed_at, r.processed,
  r.processed_currency, r.failed_at, r.failed, r.failed_currency, r.refunded_at, r.refunded, r.refunded_currency,
  r.last_part
from rows(:items: tutor_id text, at bigint, payment_id text, part bigint, student_id text, payer_id text,
  method text, processed_at bigint, processed bigint, processed_currency text, failed_at bigint, failed bigint,
  failed_currency text, refunded_at bigint, refunded bigint, refunded_currency text, last_part bigint) as r

-- name: delete_payments
delete from analytics_payments where (tutor_id, at, payment_id, part) in (
  select r.tutor_id, r.at, r.payment_id, r.part from rows(:items: tutor_id text, at bigint, payment_id text, part bigint) as r)

-- All of them, a page after another.
-- name: payments_after
select tutor_id, at, payment_id, part, student_id, payer_id, method, processed_at, processed, processed_currency,
  failed_at, failed, failed_currency, refunded_at, refunded, refunded_currency, last_part from analytics_payments
where (tutor_id, at, payment_id, part) > (:tutor_id, :at, :payment_id, :part) order by tutor_id, at, payment_id, part limit :limit

-- name: payments_of_tutor
select tutor_id, at, payment_id, part, student_id, payer_id, method, processed_at, processed, processed_currency,
  failed_at, failed, failed_currency, refunded_at, refunded, refunded_currency, last_part from analytics_payments
where tutor_id = :tutor_id and at >= :from and at < :until

-- PostgreSQL is led to the index: see lessons.sql.
-- name: payments_of_students
select tutor_id, at, payment_id, part, student_id, payer_id, method, processed_at, processed, processed_currency,
  failed_at, failed, failed_currency, refunded_at, refunded, refunded_currency, last_part from
-- @sqlite
  analytics_payments where student_id in (select value from list(:ids)) and at >= :from and at < :until
-- @postgres
  list(:ids) as l cross join lateral (
    select * from analytics_payments as t where t.student_id = l.value and t.at >= :from and t.at < :until offset 0) as t
-- @both

-- name: payments_of_payer
select tutor_id, at, payment_id, part, student_id, payer_id, method, processed_at, processed, processed_currency,
  failed_at, failed, failed_currency, refunded_at, refunded, refunded_currency, last_part from analytics_payments
where payer_id = :payer_id and at >= :from and at < :until

-- name: payments_of_school
select tutor_id, at, payment_id, part, student_id, payer_id, method, processed_at, processed, processed_currency,
  failed_at, failed, failed_currency, refunded_at, refunded, refunded_currency, last_part from analytics_payments
where at >= :from and at < :until
