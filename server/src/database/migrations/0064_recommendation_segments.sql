-- Segments whose buying recipes ask for (way `popular_in_segment`), and when one asked last.
create table recommendation_segments (
  shop integer not null references shops,
  segment bigint not null,
  asked_at bigint not null,
  primary key (shop, segment)
);
