-- Who was considered for a campaign and did not enter, and why: one row a person, campaign and reason, written at most once an
-- hour. Nothing that changes is in an index, so that a row is updated in place. Kept 90 days after it last happened.
create table considered (
  shop integer not null references shops,
  campaign bigint not null,
  customer bigint not null,
  why text not null,                          -- campaigns/entry.ts NotEntered
  first_at bigint not null,
  last_at bigint not null,
  times integer not null,                     -- hours in which it happened
  data text not null,                         -- what decided it (JSON)
  primary key (shop, campaign, why, customer)
) with (fillfactor = 85);
create index considered_customer on considered (shop, customer);

-- What decided about a message, for the sentence that says why: the earlier messages that filled a cap, the weightier one (JSON).
alter table decisions add column data text;
