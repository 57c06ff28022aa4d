import { survivorSql } from '../warehouse/survivor.ts'
import type { AsOf } from './query.ts'
import { amongSql } from './sampling.ts'
import { notRole, rolesOf, type SequenceLeaf, stepRole, withoutRole } from './sequence-leaf.ts'
import type { SqlParameters } from './sql-parameters.ts'
import { filterSql } from './test-sql.ts'

type Asking = { readonly parameters: SqlParameters; readonly asOf: AsOf }
/** from: the times in the arrays are milliseconds since this one, UTC ms. */
type Counting = Asking & { readonly from: number }
/** A sequence and the column that answers it. */
export type SequenceColumn = { readonly leaf: SequenceLeaf; readonly column: string }

/** Times that no happening has: before all of them and after all of them. */
const never = '-9000000000000000'
const farOff = '9000000000000000'

/**
 * One row a person who is in some of the sequences: a column each, 1 for who is in. `keyed` tells sequences of one
 * product apart from the others, as they look at each product of a person alone; the sequences must all be of that kind.
 *
 * The happenings of a person become arrays in the order of (at, position), and each step is a few passes over whole arrays:
 * "the newest one before me that reached the step before" is a fill from the left, moved on by one; "the next one that takes
 * me back" a fill from the right. That is linear in the happenings, where a lambda that looks into an array would be square.
 */
export function sequencesSql(sequences: readonly SequenceColumn[], keyed: boolean, asking: Asking) {
  const from = asking.asOf.now - Math.max(...sequences.map(({ leaf }) => reachOf(leaf)))
  const counting = { ...asking, from }
  const arrays = arraysSql(sequences, keyed, counting)
  const longest = Math.max(...sequences.map(({ leaf }) => leaf.steps.length))
  let sql = `select person, ${sequences
    .map(
      ({ column }) =>
        `arrayMap(item -> toInt64(bitShiftRight(item, 80)), ${column}) as ${column}_at,
        arrayMap(item -> toUInt16(bitAnd(item, 65535)), ${column}) as ${column}_roles`,
    )
    .join(', ')} from (${arrays})`
  for (let step = 0; step < longest; step++) {
    const reached = sequences
      .filter(({ leaf }) => step < leaf.steps.length)
      .map((one) => `${reachedSql(one, step, asking)} as ${one.column}_${step}`)
    sql = `select *, ${reached.join(', ')} from (${sql})`
  }
  const answers = sequences.map((one) => ({ ...one, sql: answerSql(one, counting) }))
  const held = answers.map(({ column }) => `${column} > 0`).join(' or ')
  return `select person, ${answers
    .map(({ column, sql: answer }) => `${keyed ? `max(${answer})` : answer} as ${column}`)
    .join(', ')} from (${sql})${keyed ? ` group by person having ${held}` : ` where ${held}`}`
}

/**
 * Each person's, or each person's and product's, happenings in order, a column a sequence. One is a number: its time in the
 * highest bits, then its position, then its roles; a tuple of the three takes twice as long to gather and to sort. Who lacks
 * some step of every sequence is left out before anything is sorted.
 */
function arraysSql(
  sequences: readonly SequenceColumn[],
  keyed: boolean,
  { parameters, asOf, from }: Counting,
): string {
  const names = [...new Set(sequences.flatMap(({ leaf }) => leaf.events))]
  const roles = sequences.map(
    ({ leaf, column }) => `${rolesSql(leaf, parameters, asOf.now)} as ${column}_roles`,
  )
  const rows = `select ${survivorSql('customer')} as person, toUnixTimestamp64Milli(at) - ${parameters.integer(from)} as ms, position,
      ${keyed ? `arrayJoin(${productsSql}) as product, ` : ''}${roles.join(', ')} from events
    where shop = {shop:UInt32}${amongSql(asOf.among, parameters)} and name in ${parameters.texts(names)}${reachSql(sequences, names, { parameters, asOf })}
      and position <= {position:UInt64} and at <= ${parameters.time(asOf.now)}`
  const items = sequences.map(({ column }) => {
    const item = `bitShiftLeft(toUInt128(ms), 80) + bitShiftLeft(toUInt128(position), 16) + ${column}_roles`
    return `arraySort(groupArrayIf(${item}, ${column}_roles > 0)) as ${column}`
  })
  const whole = sequences.map(({ leaf, column }) => {
    const steps = leaf.steps.reduce((all, _, step) => all | stepRole(step), 0)
    return `bitAnd(groupBitOr(${column}_roles), ${steps}) = ${steps}`
  })
  return `select person, ${items.join(', ')} from (${rows}) group by person${keyed ? ', product' : ''}
    having ${whole.join(' or ')}`
}

/** How far back a sequence looks: its window and all of its gaps, in milliseconds. */
function reachOf(leaf: SequenceLeaf): number {
  return leaf.windowMs + Math.max(...rolesOf(leaf).map(({ reachMs }) => reachMs))
}

/** The products that an event names, each once: as sequence-leaf.ts has it. */
export const productsSql = `arrayDistinct(arrayFilter(id -> id != '', arrayPushBack(products.product_id, product_id)))`

/** The roles of an event in a sequence as of `now`, 0 when it has none or is too old for them. */
export function rolesSql(leaf: SequenceLeaf, parameters: SqlParameters, now: number): string {
  const bits = rolesOf(leaf).map(({ role, pattern, reachMs }) => {
    const all = [
      `name = ${parameters.text(pattern.event)}`,
      `at > ${parameters.time(now - leaf.windowMs - reachMs)}`,
      ...(pattern.where ? [filterSql(pattern.where, parameters)] : []),
    ]
    return `if(${all.join(' and ')}, ${role}, 0)`
  })
  return `toUInt16(${bits.join(' + ')})`
}

/** Leaves out, before they are grouped, happenings that are too old for every role of their name. */
function reachSql(
  sequences: readonly SequenceColumn[],
  names: readonly string[],
  { parameters, asOf }: Asking,
): string {
  const parts = names.map((name) => {
    const reaches = sequences.flatMap(({ leaf }) =>
      rolesOf(leaf)
        .filter(({ pattern }) => pattern.event === name)
        .map(({ reachMs }) => leaf.windowMs + reachMs),
    )
    const after = parameters.time(asOf.now - Math.max(...reaches))
    return `(name = ${parameters.text(name)} and at > ${after})`
  })
  return ` and (${parts.join(' or ')})`
}

/** Which happenings reach a step: 1 or 0 each. */
function reachedSql(
  { leaf, column }: SequenceColumn,
  step: number,
  { parameters }: Asking,
): string {
  const is = `bitAnd(role, ${stepRole(step)}) > 0`
  if (step === 0) return `arrayMap(role -> ${is}, ${column}_roles)`
  const { withinMs, without } = leaf.steps[step] as SequenceLeaf['steps'][number]
  const before = before_(column, `${column}_${step - 1}`)
  const follows = `${is} and ms <= before + ${parameters.integer(withinMs)}`
  if (!without)
    return `arrayMap((role, ms, before) -> ${follows}, ${column}_roles, ${column}_at, ${before})`
  const reachedAt = place(`${column}_${step - 1}`)
  const withoutAt = place(
    `arrayMap(role -> bitAnd(role, ${withoutRole(step)}) > 0, ${column}_roles)`,
  )
  return `arrayMap((role, ms, before, reached, without) -> ${follows} and without <= reached,
    ${column}_roles, ${column}_at, ${before}, ${reachedAt}, ${withoutAt})`
}

/** For each happening the time of the newest one before it that reached a step. */
function before_(column: string, reached: string): string {
  const times = `arrayMap((ms, reached) -> if(reached, ms, ${never}), ${column}_at, ${reached})`
  return `arrayShiftRight(arrayFill(ms -> ms != ${never}, ${times}), 1, toInt64(${never}))`
}

/** For each happening the place in the order of the newest one before it that has the flag; 0 for none. */
function place(flags: string): string {
  const places = `arrayMap((flag, place) -> if(flag, place, 0), ${flags}, arrayEnumerate(${flags}))`
  return `arrayShiftRight(arrayFill(place -> place > 0, ${places}), 1)`
}

/** Whether some happening ends a run that nothing took back, long enough ago. An older one than the window has no role. */
function answerSql({ leaf, column }: SequenceColumn, counting: Counting): string {
  const { parameters, asOf, from } = counting
  const last = `${column}_${leaf.steps.length - 1}`
  if (!leaf.not) return `has(${last}, 1)`
  const { withinMs } = leaf.not
  const latest = parameters.integer(asOf.now - withinMs - from)
  const times = `arrayMap((ms, role) -> if(bitAnd(role, ${notRole}) > 0, ms, ${farOff}), ${column}_at, ${column}_roles)`
  const next = `arrayShiftLeft(arrayReverseFill(ms -> ms != ${farOff}, ${times}), 1, toInt64(${farOff}))`
  return `arrayExists((ms, reached, next) -> reached and ms <= ${latest} and next > ms + ${parameters.integer(withinMs)},
    ${column}_at, ${last}, ${next})`
}
