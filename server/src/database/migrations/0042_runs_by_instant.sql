-- A run belongs to an instant: it calls everybody whose clocks show the time of its schedule then, whatever their zones are
-- called. Two runs of one instant would walk the same people twice.
delete from campaign_runs one using campaign_runs other
where other.shop = one.shop and other.campaign = one.campaign and other.due_at = one.due_at and other.id < one.id;
alter table campaign_runs drop column zone;
create unique index campaign_runs_instant on campaign_runs (shop, campaign, due_at);
