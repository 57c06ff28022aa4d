-- Short links of text messages. The code is all that a reader's phone knows, so it is the key: the one table whose rows are
-- not found by shop (docs/decisions/0019-text-messages.md). No personal data: whose link it is, the message knows.
create table short_links (
  code text collate "C" primary key,
  shop integer not null references shops,
  message bigint,                             -- null: a test send
  link integer not null,                      -- place of the address among those of the message
  url text,                                   -- test sends only; others keep theirs with the message
  expires_at bigint not null,
  check ((message is null) = (url is not null))
);
create index short_links_ended on short_links (expires_at);
