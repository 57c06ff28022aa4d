-- An order that a file told of by the number that customers read (#1001) goes on under it when its platform tells of it by another id.
alter table platform_records add column told_as text;
create index platform_records_told_as on platform_records (shop, told_as) where told_as is not null;
create index platform_records_number on platform_records (shop, ltrim(substring(row from '"number":"([^"]*)"'), '#'))
  where resource = 'orders' and row is not null;
