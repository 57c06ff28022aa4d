-- The amounts above which people of a campaign's comparison count as the cap (statistics/winsor.ts): worked out once from what
-- was paid before the campaign first decided, and never again. Currency units; null: nothing is capped.
create table comparison_caps (
  shop integer not null references shops,
  campaign bigint not null,
  window_ms bigint not null,
  currency text not null,
  spent double precision,                     -- in a span as long as the window
  spent_before double precision,              -- in 90 days
  made_at bigint not null,
  primary key (shop, campaign, window_ms, currency)
);
