-- Staff and the office (PostgreSQL customers.internal): counts and reports leave them out.
alter table customers add column if not exists internal Bool;
