-- Consent: the exact words people agreed to, files of consents and refusals, and what falls due.

-- Immutable: the id is a hash of the text, so that a changed text is another wording.
create table consent_wordings (
  shop integer not null references shops,
  id text not null,
  name text not null,                         -- how the team calls it
  language text not null,
  text text not null,
  made_at bigint not null,
  made_by text not null,
  retired_at bigint,                          -- no form should use it any more; the proof stays
  primary key (shop, id)
);

-- A file is looked at first, then applied by somebody who attests it by name. Both files are sealed: they hold addresses.
create table consent_imports (
  shop integer not null references shops,
  id bigint generated always as identity,
  kind text not null check (kind in ('consents', 'optOut080', 'oldTool')),
  file_name text not null,
  file_hash text not null,
  state text not null default 'looked_at' check (state in ('looked_at', 'applying', 'done')),
  consents_from text not null default '',     -- where consents were given, for lines that do not say
  counts text not null,                       -- JSON: what the file does
  sealed_file text,                           -- until it is applied or a day old
  sealed_refused text,                        -- CSV of the lines that did nothing
  actor text not null,
  made_at bigint not null,
  attested_by text,
  sentence text,
  applied_at bigint,
  primary key (shop, id)
);

create index consents_result_due on consents (shop, result_notice_due_at) where result_notice_due_at is not null;
create index consents_reconfirm_due on consents (shop, reconfirm_due_at) where reconfirm_due_at is not null;
create index consent_events_hash on consent_events (shop, contact_hash) where contact_hash is not null;
