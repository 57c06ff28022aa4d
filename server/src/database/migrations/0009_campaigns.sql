-- An enrolment keeps its own due time: timers hold only what may wake the line, so a paused campaign has none of them and
-- costs nothing while it rests (docs/decisions/0007-campaigns.md).
alter table enrolments
  add column due bigint,
  add column visit integer not null default 0,
  add column awaiting boolean not null default false,
  add column since bigint not null default 0,
  add column entry_kind text not null default 'person' check (entry_kind in ('person', 'cart', 'product')),
  add column entry_value text not null default '';
create index enrolments_waiting on enrolments (shop, campaign, id) where state = 'active';
create index enrolments_person on enrolments (shop, customer, id);

alter table campaigns add column paused_at bigint;
