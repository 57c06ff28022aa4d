-- The shares under which the arm was drawn (`a:0.75,b:0.25`): people are compared within them. Null: drawn before they were
-- recorded, or by what was learnt.
alter table split_arms add column shares text;
