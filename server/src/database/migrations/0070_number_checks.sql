-- When our numbers and the shop's were last laid side by side, and when they were last the same.
create table number_checks (
  shop integer not null references shops,
  period text not null,                       -- yesterday, week, month
  checked_at bigint not null,
  matched_at bigint,                          -- the last time that nothing differed
  differences integer not null,
  primary key (shop, period)
);
