import { hourMs } from '../lib/duration.ts'
import { type Block, writtenBlocks } from './history.store.ts'
import { countRange, deleteRange } from './history-check.store.ts'
import {
  type Desk,
  mark,
  tokenOf,
  write,
  writeAliases,
  writeMirrors,
} from './write-block.service.ts'

/** How far back blocks are counted again when a worker takes the lane. */
const recountMs = 48 * hourMs

/** Counts a block in ClickHouse: whole - mark it; nothing - insert again; some, or too many - delete and insert again. */
export async function settle(desk: Desk, block: Block): Promise<void> {
  const { needs, lane } = desk
  let found = await countBlock(desk, block)
  // The block's own token first: an insert that is still under way somewhere must not count twice.
  if (found === 'nothing') {
    await write(desk, block, tokenOf(desk, block))
    found = await countBlock(desk, block)
  }
  if (found !== 'whole') {
    if (found === 'broken') await deleteRange(needs.warehouse, lane.shop, block)
    // A fresh token now: the old one survived in the deduplication window although its rows are gone.
    await write(desk, block, `${tokenOf(desk, block)}:${lane.epoch}:${needs.clock.now()}`)
  } else {
    // Aliases and mirrors may not have come this far; writing them again does no harm.
    await writeAliases(desk, block)
    await writeMirrors(desk, block)
  }
  await mark(desk, block)
}

async function countBlock(
  { needs, lane }: Desk,
  block: Block,
): Promise<'whole' | 'nothing' | 'broken'> {
  const { rows, first, last } = await countRange(needs.warehouse, lane.shop, block)
  if (rows === 0) return 'nothing'
  const whole =
    rows === block.last - block.first + 1 && first === block.first && last === block.last
  return whole ? 'whole' : 'broken'
}

/** Every block of the last 48 hours is counted again, in halves until the ones that are short stand alone. */
export async function recount(desk: Desk): Promise<void> {
  const { needs, lane } = desk
  const since = needs.clock.now() - recountMs
  await recountRange(desk, await writtenBlocks(needs.db, lane.shop, since))
}

async function recountRange(desk: Desk, blocks: readonly Block[]): Promise<void> {
  const first = blocks[0]
  const last = blocks.at(-1)
  if (!first || !last) return
  const found = await countRange(desk.needs.warehouse, desk.lane.shop, {
    first: first.first,
    last: last.last,
  })
  if (found.rows === last.last - first.first + 1) return
  if (blocks.length === 1) return settle(desk, first)
  const middle = Math.ceil(blocks.length / 2)
  await recountRange(desk, blocks.slice(0, middle))
  await recountRange(desk, blocks.slice(middle))
}
