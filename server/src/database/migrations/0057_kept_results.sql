-- The newest result of each question a report was asked, so that a page shows one at once, with its time. `asked` is the
-- digest of the question.
create table kept_results (
  shop bigint not null,
  report text not null,
  asked text not null,
  made_at bigint not null,
  took_ms integer not null,
  result text not null,
  primary key (shop, report, asked)
);
create index kept_results_old on kept_results (made_at);
