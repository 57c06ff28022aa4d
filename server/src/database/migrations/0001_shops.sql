-- Times are UTC milliseconds (bigint) everywhere; amounts are ten-thousandths of the currency unit (bigint).
create table shops (
  id integer generated always as identity primary key,
  name text not null,
  url text,
  time_zone text not null default 'Asia/Seoul',
  currency text not null default 'KRW',
  language text not null default 'ko',
  sender text not null default '{}',          -- JSON: legalName, fromEmail, contactEmail, phone, address
  settings text not null default '{}',        -- JSON: smtp (password sealed), join-complete pattern ...
  is_demo boolean not null default false,
  created_at bigint not null
);

create table members (
  shop integer not null references shops,
  id bigint generated always as identity,
  email text not null,
  name text not null,
  role text not null check (role in ('owner', 'marketer', 'developer', 'viewer')),
  password_hash text not null,
  created_at bigint not null,
  disabled_at bigint,
  primary key (shop, id),
  unique (shop, email)
);

create table sessions (
  token_hash bytea primary key,
  shop integer not null,
  member bigint not null,
  created_at bigint not null,
  expires_at bigint not null,
  foreign key (shop, member) references members (shop, id) on delete cascade
);

-- One-time links: the first owner, invitations.
create table invitations (
  token_hash bytea primary key,
  shop integer not null references shops,
  role text not null,
  expires_at bigint not null,
  used_at bigint
);

create table api_keys (
  shop integer not null references shops,
  id bigint generated always as identity,
  name text not null,
  scope text not null check (scope in ('browser', 'write', 'admin')),
  key_hash bytea not null unique,
  shown text not null,                        -- browser keys are public and shown whole; others by their first characters
  created_at bigint not null,
  last_used_at bigint,
  revoked_at bigint,
  primary key (shop, id)
);

create table audit_log (
  shop integer not null,
  id bigint generated always as identity,
  at bigint not null,
  actor text not null,                        -- member:12, key:3, system
  act text not null,                          -- campaign.started, customer.viewed ...
  object text not null,
  detail text not null default '{}',
  primary key (shop, id)
);

create table idempotency_keys (
  shop integer not null,
  key text not null,
  request_hash bytea not null,
  status integer not null,
  response text not null,
  created_at bigint not null,
  primary key (shop, key)
);
