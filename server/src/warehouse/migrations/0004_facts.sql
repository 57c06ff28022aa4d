-- Facts of a person (facts/catalogue.ts) beside the traits, flattened by the same function (events/flatten.ts); `lists` are
-- traits that are arrays of scalars.
alter table customers
  add column if not exists lists Map(String, Array(String)),
  add column if not exists fact_texts Map(String, String),
  add column if not exists fact_folded Map(String, String),
  add column if not exists fact_numbers Map(String, Decimal(18, 4)),
  add column if not exists fact_flags Map(String, Bool),
  add column if not exists fact_times Map(String, DateTime64(3, 'UTC')),
  add column if not exists fact_lists Map(String, Array(String));
