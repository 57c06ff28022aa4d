-- The one way into the log (docs: event-line protocol, step 1), as a function so that a batch is one round trip and one
-- commit. Given are parallel arrays, one entry a happening, in order. Answers the ordinals (from 1) that were new, or
-- null when all of them were. ids and bodies are JSON texts joined by the record separator U+001E, which JSON must escape: as
-- arrays their quotes would be escaped and read again, three times the work. Positions are dense: the row lock of log_heads is taken once per shop, in order of shop, and
-- held for the insert and the commit only.
create function append_happenings(
  shops integer[], keys text[], kinds text[], names text[], ats bigint[], received bigint[],
  imports text[], ids text, bodies text
) returns integer[] language plpgsql as $$
declare
  fresh integer[];
  here record;
  top bigint;
begin
  with given as (
    select u.shop, substring(sha256(convert_to(u.key, 'UTF8')) for 16) as id_hash,
           u.n::integer as n, (u.at / 86400000)::integer as day
    from unnest(shops, keys, received) with ordinality as u(shop, key, at, n)
  ), once as materialized (
    -- The same id twice in one batch: the first counts. The order also keeps two batches from locking each other.
    select distinct on (shop, id_hash) shop, id_hash, n, day from given order by shop, id_hash, n
  ), inserted as (
    insert into message_ids (shop, id_hash, received_day)
    select shop, id_hash, day from once order by shop, id_hash
    on conflict do nothing
    returning shop, id_hash
  )
  select array_agg(once.n order by once.n) into fresh
  from once join inserted using (shop, id_hash);
  if fresh is null then
    return '{}';
  end if;

  for here in
    select u.shop, count(*) as amount
    from unnest(shops) with ordinality as u(shop, n) where u.n = any (fresh)
    group by u.shop order by u.shop
  loop
    insert into log_heads as h (shop, head) values (here.shop, here.amount)
    on conflict (shop) do update set head = h.head + excluded.head
    returning head into top;
    insert into log (shop, position, day, kind, name, at, received_at, ids, body, import_id)
    select u.shop, top - here.amount + row_number() over (order by u.n), (u.received / 86400000)::integer,
           u.kind, u.name, u.at, u.received, u.ids, u.body, u.import_id
    from rows from (
      unnest(shops), unnest(kinds), unnest(names), unnest(ats), unnest(received), unnest(imports),
      string_to_table(ids, E'\x1e'), string_to_table(bodies, E'\x1e')
    ) with ordinality as u(shop, kind, name, at, received, import_id, ids, body, n)
    where u.shop = here.shop and u.n = any (fresh);
    perform pg_notify('danggol_log', here.shop::text);
  end loop;
  return case when cardinality(fresh) = cardinality(shops) then null else fresh end;
end
$$;
