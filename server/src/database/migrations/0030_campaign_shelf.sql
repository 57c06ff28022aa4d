-- Where a campaign lies in the list: in a folder of the shop's naming, or put away. What runs can't be put away.
alter table campaigns
  add column folder text,
  add column archived_at bigint;
