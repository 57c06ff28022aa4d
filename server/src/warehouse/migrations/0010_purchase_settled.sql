-- Up to which version each customer of these rules has exactly one row in purchase_lives: what lies there is read without merging
-- it by customer again. 0: not known.
alter table purchase_lives_built add column if not exists settled UInt64 default 0;
