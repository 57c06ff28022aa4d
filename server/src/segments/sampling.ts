import { survivorSql } from '../warehouse/survivor.ts'
import type { SqlParameters } from './sql-parameters.ts'

/**
 * Some of a shop's customers, as ranges of ids: both mirror and events are ordered by customer, so that only the granules of
 * the ranges are read. The newest ids are one range (who came last week is asked for most, and would lie between two ranges
 * or fill one); the older ones lie in `strides` of equal length, of each of which the ids from `skip` on, `width` of them, count.
 */
export type Sample = {
  readonly first: number
  readonly newest: number
  readonly last: number
  readonly stride: number
  readonly skip: number
  readonly width: number
}

/** How large a sample is; shares of 1. */
export type SampleSize = {
  readonly strides: number
  /** Of all ids, those taken from the strides, and the newest. */
  readonly spreadShare: number
  readonly newestShare: number
  /** So few ids are read whole. */
  readonly wholeUpTo: number
}

/**
 * A tenth of the ids. Twice the ranges would read more than half as much again, as each ends in the middle of a granule of every
 * month; half of them would leave too few to judge from how far off the estimate may be.
 */
export const usualSample: SampleSize = {
  strides: 32,
  spreadShare: 0.08,
  newestShare: 0.02,
  wholeUpTo: 20_000,
}

/** The sample among customers with ids of `first` to `last`. */
export function sampleOf(
  { first, last }: { readonly first: number; readonly last: number },
  size: SampleSize = usualSample,
): Sample {
  const ids = last - first + 1
  const newest =
    ids <= size.wholeUpTo ? first : last + 1 - Math.max(1, Math.floor(ids * size.newestShare))
  const older = newest - first
  const stride = Math.max(1, Math.ceil(older / size.strides))
  const width = Math.min(
    stride,
    Math.max(1, Math.round((ids * size.spreadShare) / Math.max(1, Math.ceil(older / stride)))),
  )
  return { first, newest, last, stride, skip: Math.floor((stride - width) / 2), width }
}

/** The ranges of ids, both ends included, in order; the newest ids are the last one. */
export function rangesOf(sample: Sample): readonly (readonly [number, number])[] {
  const { first, newest, last, stride, skip, width } = sample
  const strides = Math.ceil((newest - first) / stride)
  const spread = Array.from({ length: strides }, (_, index): readonly [number, number] => {
    const from = first + index * stride + skip
    return [from, Math.min(from + width, newest) - 1]
  })
  return [...spread.filter(([from, to]) => from <= to), [newest, last]]
}

/**
 * Whether an id is in the sample. The primary index is told the ranges; the rows it leaves are asked by arithmetic, which is
 * the same for any number of ranges.
 */
function sampledSql(column: string, sample: Sample, parameters: SqlParameters): string {
  const { id } = parameters
  const ranges = rangesOf(sample).map(([from, to]) => `${column} between ${id(from)} and ${id(to)}`)
  return `indexHint(${ranges.join(' or ')}) and ${insideSql(column, sample, parameters)}`
}

/** Leaves out of `events` whatever lies outside of the sample; empty without one. */
export function amongSql(sample: Sample | undefined, parameters: SqlParameters): string {
  return sample ? ` and ${sampledSql('customer', sample, parameters)}` : ''
}

function insideSql(column: string, sample: Sample, { id }: SqlParameters): string {
  const { first, newest, last, stride, skip, width } = sample
  const place = `(${column} - ${id(first)}) % ${id(stride)}`
  return `(${column} between ${id(newest)} and ${id(last)}
    or (${column} >= ${id(first)} and ${column} < ${id(newest)} and ${place} >= ${id(skip)} and ${place} < ${id(skip + width)}))`
}

/** In which stride a customer of the sample lies, from 1 on; 0 is among the newest. */
export function strideSql(
  column: string,
  { first, newest, stride }: Sample,
  { id }: SqlParameters,
) {
  return `if(${column} >= ${id(newest)}, 0, 1 + intDiv(${column} - ${id(first)}, ${id(stride)}))`
}

/** Customers who took another one in: a relation of ids. `where` chooses among those taken in. */
export function mergedSql(where = ''): string {
  return `select ${survivorSql('from_customer')} from aliases where shop = {shop:UInt32}${where}`
}

/**
 * Who of the sample is seen whole. What happened to an id that was merged away stays where that id lies: whoever took in
 * somebody outside of the sample is left out, so that of everybody who is looked at the answer is right.
 */
export function seenWholeSql(sample: Sample, parameters: SqlParameters): string {
  return `${sampledSql('customer', sample, parameters)}
    and customer not in (${mergedSql(` and not ${insideSql('from_customer', sample, parameters)}`)})`
}
