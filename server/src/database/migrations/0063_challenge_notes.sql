-- What a campaign's team noted of its hypothesis, when the hypothesis was last written, and the link that opens the report to
-- strangers.
create table challenge_notes (
  shop integer not null references shops,
  campaign bigint not null,
  note text not null,                         -- JSON, proof/challenge/note.ts
  proposed_at bigint,
  share_nonce text,
  share_until bigint,
  primary key (shop, campaign)
);
