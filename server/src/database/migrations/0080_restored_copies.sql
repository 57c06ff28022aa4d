-- Since when the shop stands in a restored copy that nobody has called the one yet; null in the one. The server it was copied from
-- may go on elsewhere, so nothing leaves a copy: no message, no standing file, no call of a webhook, no word to a platform.
alter table shops add column restored_at bigint;
