-- Of messages due at one instant the older goes first: the order is in the index, or each claim of a blast would sort all that wait.
drop index outbox_claim;
create index outbox_claim on outbox (shop, channel, not_before, id) where state = 'queued';
