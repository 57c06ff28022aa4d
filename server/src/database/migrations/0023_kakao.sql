-- Alimtalk templates as the provider last listed them. Those it lists no more stay as 'stopped', so that what was published
-- with them can say why it is not sent.
create table kakao_templates (
  shop integer not null references shops,
  profile text not null,
  code text not null,
  name text not null,
  status text not null,
  body text not null,                         -- JSON: carrier.ts KakaoTemplate
  seen_at bigint not null,
  changed_at bigint not null,                 -- when what it says or its status was last seen to differ
  primary key (shop, profile, code)
);

-- When the templates were last read, and what went wrong when they were not; the channels as they were then.
create table kakao_syncs (
  shop integer primary key references shops,
  at bigint not null,
  succeeded_at bigint,
  error text,
  profiles text not null default '[]'         -- JSON: id and name of each channel
);

-- Pictures of Brand Messages, as the provider names them; kept so that they can be shown again.
create table kakao_pictures (
  shop integer not null references shops,
  provider text not null,
  id text not null,
  url text,
  name text not null,
  media text not null,
  bubble text not null,
  bytes bytea not null,
  created_at bigint not null,
  primary key (shop, provider, id)
);
