-- A page lets its visitor in on an occasion: a page view, a visit, a day, once.
alter table enrolments drop constraint enrolments_entry_kind_check;
alter table enrolments add constraint enrolments_entry_kind_check check (entry_kind in ('person', 'cart', 'product', 'page')) not valid;
