import { columnText, wellFormed } from '../lib/text.ts'

/**
 * The assignment key of whoever a device's first happening will bring into being. Pages ask before the line knows them, and
 * draw the same arms.
 */
export function deviceKey(anonymousId: string): string {
  return `d${columnText(wellFormed(anonymousId))}`
}
