-- A campaign that drains lets nobody in and lets the people under way finish.
alter table campaigns drop constraint campaigns_state_check;
alter table campaigns add constraint campaigns_state_check check (state in ('draft', 'live', 'paused', 'draining', 'stopped'));
-- What is being done to the people under way, some at a time: ended with the campaign, or moved to its version.
alter table campaigns add column unfinished text check (unfinished in ('cancelling', 'moving'));
