-- Facts of a person (facts/catalogue.ts) beside the traits, flattened by the same function (events/flatten.ts); `lists` are
-- traits that are arrays of scalars.
alter table customers
  add column lists Map(String, Array(String)),
  add column fact_texts Map(String, String),
  add column fact_folded Map(String, String),
  add column fact_numbers Map(String, Decimal(18, 4)),
  add column fact_flags Map(String, Bool),
  add column fact_times Map(String, DateTime64(3, 'UTC')),
  add column fact_lists Map(String, Array(String));
