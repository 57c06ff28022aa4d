-- Files of consents are looked at and applied by a worker: how far it came, who asked for it, why it could not.
alter table consent_imports
  add column applied_by text,                 -- the member's name in the audit log
  add column begun_at bigint,                 -- what has no date was said then, however often the work breaks off
  add column sealed_shown text,               -- JSON: the first of the lines that do nothing
  add column total integer,                   -- words to write (while it is looked at: 100); null before the work begins
  add column done integer not null default 0,
  add column problem text,
  add column leased_by text,
  add column leased_until bigint;
alter table consent_imports drop constraint consent_imports_state_check;
alter table consent_imports add constraint consent_imports_state_check
  check (state in ('looking', 'looked_at', 'applying', 'done', 'failed'));
create index consent_imports_applying on consent_imports (id) where state in ('looking', 'applying');
