-- What the text provider last told of the shop's account.
create table text_accounts (
  shop integer primary key references shops,
  asked_at bigint not null,
  answered_at bigint,
  failures integer not null default 0,        -- since the last answer
  error text,
  balance_won double precision,               -- null where the provider sends a bill afterwards
  opt_outs integer                            -- numbers in its 080 list; null where it has none to read
);

-- Whom the provider's 080 list named, so that a refusal is acted upon once however often it is listed.
create table text_opt_outs (
  shop integer not null references shops,
  contact_hash bytea not null,
  told_at bigint not null,                    -- as the provider dates it; 0 where it does not
  seen_at bigint not null,
  primary key (shop, contact_hash)
);
