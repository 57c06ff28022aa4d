-- The hold-out's share under which the arm was drawn: people are compared within it. Null: drawn before it was recorded.
alter table assignments add column share double precision check (share > 0 and share <= 1);
