-- How much had happened when a report was worked out: after an import the one made before it is old, however young.
alter table kept_results add column position bigint not null default 0;
