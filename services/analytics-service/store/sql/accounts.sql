-- What students have paid for and not yet used.

-- By student and currency: what was charged, and the last three prices.
-- name: charges_of
select student_id, currency, cast(sum(price) as bigint) as charged,
  max(case when place = 1 then price end) as price_1, max(case when place = 2 then price end) as price_2,
  max(case when place = 3 then price end) as price_3
from (select student_id, price_currency as currency, price,
        row_number() over (partition by student_id, price_currency order by at desc, lesson_id desc) as place
      from analytics_places
      where student_id in (select value from list(:ids)) and charged and price is not null) as p
group by student_id, currency

-- By student and currency: processed less refunded.
-- name: paid_by
select student_id, currency, cast(sum(minor) as bigint) as paid
from (select student_id, processed_currency as currency, processed as minor from analytics_payments
      where student_id in (select value from list(:ids)) and part = 0
      union all
      select student_id, refunded_currency as currency, -refunded as minor from analytics_payments
      where student_id in (select value from list(:ids)) and part = 2) as p
group by student_id, currency

-- Who made the last payment for each.
-- name: last_payers
select student_id, payer_id
from (select student_id, payer_id,
        row_number() over (partition by student_id order by at desc, payment_id desc) as place
      from analytics_payments where student_id in (select value from list(:ids)) and part = 0) as p
where place = 1
