-- A subscription that renewed itself: reports may leave it out.
alter table orders add column renewal boolean not null default false;
