-- Pictures of text messages (MMS), as the provider names them; kept so that they can be shown again.
create table text_pictures (
  shop integer not null references shops,
  id text not null,
  provider text not null,                     -- inbox: handed to nobody, for practice
  name text not null,
  bytes bytea not null,
  created_at bigint not null,
  primary key (shop, id)
);
