-- Cells and the names of their counters.

-- name: add_names
insert into analytics_names (name) select value from list(:names) where true returning number, name

-- name: names_after
select number, name from analytics_names where number > :number order by number limit :limit

-- name: numbers_of_names
select number, name from analytics_names where name in (select value from list(:names))

-- name: names_of_numbers
select number, name from analytics_names
where number in (select r.number from rows(:numbers: number bigint) as r)

-- name: forget_names
delete from analytics_names where name in (select value from list(:names))

-- name: cells_at
select quarter, day, counters from analytics_cells
where (quarter, day) in (select r.quarter, r.day from rows(:slots: quarter bigint, day bigint) as r)

-- The sums and trends of whole days, and quarter-hours.
-- name: cells_of_period
select quarter, day, counters from analytics_cells
where quarter in (96, 97) and day >= :first and day <= :last
union all
select quarter, day, counters from analytics_cells
where (quarter, day) in (select r.quarter, r.day from rows(:slots: quarter bigint, day bigint) as r)

-- name: cells_after
select quarter, day, counters from analytics_cells
where (quarter, day) > (:quarter, :day) order by quarter, day limit :limit

-- name: put_cells
insert into analytics_cells (quarter, day, counters)
select r.quarter, r.day, r.counters from rows(:items: quarter bigint, day bigint, counters text) as r
where true
on conflict (quarter, day) do update set counters = excluded.counters

-- name: delete_cells
delete from analytics_cells
where (quarter, day) in (select r.quarter, r.day from rows(:slots: quarter bigint, day bigint) as r)

-- name: counting
select counting from analytics_ingest where id = 1

-- name: set_counting
update analytics_ingest set counting = :counting where id = 1

-- name: clear_cells
delete from analytics_cells
