/** Longest search that is told apart, characters. */
const queryLimit = 100

/** Words of a search as they are told apart: composed, lower case, one space between; '' for what is too short to say anything. */
export function foldQuery(words: string): string {
  const folded = words
    .normalize('NFC')
    .toLowerCase()
    .replace(/\s+/gu, ' ')
    .trim()
    .slice(0, queryLimit)
  return [...folded].length < 2 ? '' : folded.toWellFormed()
}
