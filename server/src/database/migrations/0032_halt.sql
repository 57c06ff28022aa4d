-- While it is set nothing leaves the shop by any channel; what is queued waits and is decided anew afterwards.
alter table shops add column halted_at bigint, add column halted_by text;
