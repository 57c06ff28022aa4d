-- The image library: each picture once, and the files made of it (docs/decisions/0031-image-library.md).
create table images (
  shop integer not null references shops,
  id bigint generated always as identity,
  key text not null unique,                   -- its name in addresses: keyed hash of shop and bytes
  hash bytea not null,                        -- SHA-256 of the bytes as they were uploaded
  name text not null,
  alt text not null default '',
  tags text[] not null default '{}',
  focus_x double precision not null default 0.5,
  focus_y double precision not null default 0.5,
  media text not null,                        -- as uploaded
  width integer not null,                     -- as uploaded, turned as it is seen
  height integer not null,
  bytes integer not null,
  moving boolean not null,
  uploaded_by text not null,
  created_at bigint not null,
  deleted_at bigint,                          -- out of the library; still served, and gone some days later unless it was sent
  primary key (shop, id),
  unique (shop, hash)
);

-- Files are small (tens to hundreds of kilobytes) and already compressed.
create table image_files (
  shop integer not null,
  image bigint not null,
  file text not null,                         -- letter.jpg
  variant text not null,
  media text not null,
  width integer not null,
  height integer not null,
  bytes bytea not null,
  primary key (shop, image, file),
  foreign key (shop, image) references images (shop, id) on delete cascade
);
alter table image_files alter column bytes set storage external;
