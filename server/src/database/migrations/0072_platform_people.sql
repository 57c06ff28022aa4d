-- Orders of a platform by the member who placed them: who is to be forgotten is found in them.
create index platform_records_member on platform_records (shop, substring(row from '"memberId":"([^"]*)"'))
  where resource = 'orders';
