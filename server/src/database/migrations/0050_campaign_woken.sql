-- When the campaign last went on after a pause (UTC ms): waits that ran out before then run out at that moment.
alter table campaigns add column woken_at bigint;
