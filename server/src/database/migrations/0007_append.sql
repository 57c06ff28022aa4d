-- The one way into the log (docs: event-line protocol, step 1), as a function so that a batch is one round trip and one
-- commit. Given are parallel arrays of one shop, one entry a happening, in order; ids and bodies are JSON texts joined by the
-- record separator U+001E, which JSON must escape: as arrays their quotes would be escaped and read again, three times the
-- work. Answers the ordinals (from 1) that were new, or null when all were. Positions are dense and visible in order: the row
-- lock of log_heads is held from here to the commit. Callers with several shops call in order of shop.
create function append_happenings(
  shop_id integer, keys text[], kinds text[], names text[], ats bigint[], received bigint[],
  imports text[], ids text, bodies text
) returns integer[] language plpgsql as $$
declare
  given integer := cardinality(keys);
  hashes bytea[];
  amount integer;
  fresh integer[];
  top bigint;
begin
  -- Sorted, so that two batches with the same ids wait for each other instead of locking each other.
  with added as (
    insert into message_ids (shop, id_hash, received_day)
    select shop_id, substring(sha256(convert_to(u.key, 'UTF8')) for 16), (u.at / 86400000)::integer
    from unnest(keys, received) as u(key, at) order by 2
    on conflict do nothing
    returning id_hash
  )
  select array_agg(id_hash) into hashes from added;
  amount := coalesce(cardinality(hashes), 0);
  if amount = 0 then
    return '{}';
  end if;
  if amount = given then
    fresh := array(select generate_series(1, given));
  else
    -- The same id twice in one batch: the first counts.
    fresh := array(
      select min(u.n)::integer from unnest(keys) with ordinality as u(key, n)
      where substring(sha256(convert_to(u.key, 'UTF8')) for 16) = any (hashes)
      group by u.key order by 1
    );
  end if;

  insert into log_heads as h (shop, head) values (shop_id, amount)
  on conflict (shop) do update set head = h.head + excluded.head
  returning head into top;
  insert into log (shop, position, day, kind, name, at, received_at, ids, body, import_id)
  select shop_id, top - amount + f.place, (u.received / 86400000)::integer,
         u.kind, u.name, u.at, u.received, u.ids, u.body, u.import_id
  from rows from (
    unnest(kinds), unnest(names), unnest(ats), unnest(received), unnest(imports),
    string_to_table(ids, E'\x1e'), string_to_table(bodies, E'\x1e')
  ) with ordinality as u(kind, name, at, received, import_id, ids, body, n)
  join unnest(fresh) with ordinality as f(n, place) on f.n = u.n;
  perform pg_notify('danggol_log', shop_id::text);
  return case when amount = given then null else fresh end;
end
$$;
