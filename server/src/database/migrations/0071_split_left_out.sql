-- People of the segment who are on neither list, because they get no advertising at all (the hold-out of the whole shop).
alter table outside_splits add column left_out integer not null default 0;
