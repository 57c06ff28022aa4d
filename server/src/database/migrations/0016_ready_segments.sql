-- Which ready definition a segment was made from, so that it is not offered a second time; the marketer may have changed it since.
alter table segments add column ready text;
create index segments_ready on segments (shop, ready) where ready is not null;
