-- Home counts what left by day.
create index outbox_sent on outbox (shop, sent_at) where sent_at is not null;
-- The campaign report finds a campaign's people who were, or would have been, sent a message.
create index decisions_would_send on decisions (shop, campaign, customer, at) where would_send;
