-- A second member's word on campaigns above the shop's limits. It is about one draft: another draft is not approved by it.
create table campaign_approvals (
  shop integer not null references shops,
  id bigint generated always as identity,
  campaign bigint not null,
  draft text not null,                        -- hash of the draft
  state text not null check (state in ('asked', 'approved', 'declined')),
  people integer,                             -- how large it was then; null: nobody could say
  coupon_cost bigint,                         -- ten-thousandths; null: no end of them
  note text not null,
  asked_by text not null,                     -- member:12, key:3
  asked_at bigint not null,
  decided_by text,
  decided_at bigint,
  decision_note text,
  primary key (shop, id)
);
create index campaign_approvals_campaign on campaign_approvals (shop, campaign, id);
