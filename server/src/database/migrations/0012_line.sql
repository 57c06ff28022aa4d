-- The line leaves out whoever is set aside, at every look for due work.
create index line_failures_open on line_failures (shop, customer) where resolved_at is null;
-- History writes the aliases of each block.
create index aliases_position on aliases (shop, position);
