-- Scores of the night (insight/scores.service.ts): which midnight of a shop is being written, how far, and when it is due again.
create table score_nights (
  shop integer primary key references shops,
  night bigint not null default 0,            -- the shop's midnight, UTC ms; 0: none yet
  position bigint not null default 0,         -- history must hold the log up to here before the night is counted
  after bigint,                               -- customers up to this id are written; null: the night is done
  written bigint not null default 0,
  due_at bigint not null default 0,
  lease_until bigint not null default 0,
  epoch integer not null default 0            -- counts workers that took it
);
