-- Keys that came with a shop from another installation: hashes of addresses and signatures of links were made with them, and the
-- addresses of people who were forgotten are known by nothing else. Sealed with this installation's own secret.
create table carried_keys (
  purpose text primary key,
  sealed text not null
);
