-- What a campaign says, compiled when it is published: immutable and named by its hash, so that a message can be drawn
-- again exactly as it was sent.
create table contents (
  shop integer not null references shops,
  id text not null,
  channel text not null,
  purpose text not null check (purpose in ('advertising', 'informational')),
  body text not null,                         -- JSON, messages/content.ts CompiledEmail
  created_at bigint not null,
  primary key (shop, id)
);

alter table outbox
  add column enrolment bigint,
  add column content_id text,
  add column precedence_class text,
  add column precedence_weight integer,
  add column detail text,                     -- the provider's own words when it did not take the message
  add column announced_at bigint;             -- its receipt has become a happening
create index outbox_unannounced on outbox (shop, id)
  where announced_at is null and state in ('sent', 'unconfirmed', 'failed');
create index outbox_state on outbox (shop, state, id);
create index decisions_recent on decisions (shop, id);

-- The arm a person met first and goes on playing, also when `arm` says mixed.
alter table assignments add column first_arm text not null check (first_arm in ('treatment', 'holdout'));

create index assignments_customer on assignments (shop, customer);

-- The test inbox takes a message once, whatever is tried again.
create unique index inbox_message on inbox (shop, message) where message is not null;
