-- Random splits in campaigns: the arm each person was given first, for reports and for splits that learn. The person's own state
-- knows it too (customer_state, section campaigns); this is where it can be counted.
create table split_arms (
  shop integer not null references shops,
  campaign bigint not null,
  split integer not null,                     -- id of the step
  customer bigint not null,
  arm text not null,
  even boolean not null,                      -- drawn by the shares that were set, so it may be compared
  at bigint not null,
  reached_at bigint,                          -- the goal, within its window
  primary key (shop, campaign, split, customer)
);
create index split_arms_customer on split_arms (shop, customer);

-- How splits that learn share people out now.
create table split_shares (
  shop integer not null references shops,
  campaign bigint not null,
  split integer not null,
  arm text not null,
  share double precision not null,
  computed_at bigint not null,
  primary key (shop, campaign, split, arm)
);

-- What the shop's server answered a webhook (JSON text, bounded), for the flow that asked.
alter table outbox add column answer text;

-- A message that was refused while it waited is told to the flow that asked for it; those of before are told to nobody.
update outbox set announced_at = created_at where state = 'refused' and announced_at is null;
drop index outbox_unannounced;
create index outbox_unannounced on outbox (shop, id)
  where announced_at is null and (state in ('sent', 'unconfirmed', 'failed') or state = 'refused' and enrolment is not null);
