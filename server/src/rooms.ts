/**
 * The ladder, as data: a room may import from rooms on lower levels only (plain files and the types of services),
 * never from its own level. Checked by the ladder test; ARCHITECTURE.md's diagram is made from it.
 */
export const ladder = [
  ['lib'],
  ['statistics', 'engines', 'database', 'warehouse', 'web', 'vault'],
  ['jobs', 'shops'],
  ['customers', 'consent', 'catalog', 'coupons', 'experiments', 'channels', 'images'],
  ['events'],
  ['orders', 'connect'],
  ['facts', 'first-purchase'],
  ['segments', 'recommendations'],
  ['messages'],
  ['campaigns'],
  ['onsite'],
  ['proof', 'insight', 'privacy'],
  ['reports'],
  ['running'],
  ['http'],
  ['wiring'],
  ['cli'],
  ['main'],
] as const

export type Room = (typeof ladder)[number][number]
