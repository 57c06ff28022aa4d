-- Messages that left more than a week after they were made (campaigns that send slowly, or were paused): caps count them too, though
-- the person's newest messages do not name them. Almost none, so the index is small.
create index outbox_late on outbox (shop, customer, sent_at) where sent_at > created_at + 604800000;
