-- Wrong passwords by address and hour; a limit on guessing that every process shares.
create table sign_in_failures (
  who bytea not null,
  hour bigint not null,
  failures integer not null,
  primary key (who, hour)
);
