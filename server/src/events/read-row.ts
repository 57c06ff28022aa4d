import type { Position } from '../lib/brand.ts'
import type { Happening, HappeningKind } from './happening.ts'
import { fromLogRow, type LogRow } from './logged.ts'

/** A happening read from the log, before anybody knows whom it belongs to. */
export type Read = Happening & { readonly position: Position }

/**
 * Reads a row of the log. One that nobody can read (damaged on disk, written by hand) keeps its place and its name, belongs to
 * nobody and says so: a single row must not stop the line or history.
 */
export function readRow(row: LogRow & { readonly position: number }): Read {
  const position = row.position as Position
  try {
    return { ...fromLogRow(row), position }
  } catch {
    return {
      kind: row.kind as HappeningKind,
      name: row.name,
      at: row.at,
      receivedAt: row.receivedAt,
      messageId: '',
      ids: { verified: false },
      body: { properties: { unreadable: true } },
      position,
    }
  }
}
