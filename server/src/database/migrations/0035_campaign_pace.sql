-- How much of a campaign may leave in an hour: its bucket, and the messages that wait for their place.
create table campaign_pace (
  shop integer not null references shops,
  campaign bigint not null,
  tokens double precision not null,
  filled_at bigint not null,
  primary key (shop, campaign)
);
create index outbox_paced on outbox (shop, campaign, not_before) where state = 'queued' and reason = 'paced';
