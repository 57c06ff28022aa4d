/** One thing to pick. */
export type Choice = {
  readonly value: string
  readonly label: string
  readonly group?: string
  /** Beside it: a number, a state. */
  readonly note?: string
  /** Below it: what it means, an example. */
  readonly says?: string
  /** Other words to find it by. */
  readonly words?: string
}

const initials = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'

function initialsOf(text: string): string {
  let out = ''
  for (const character of text) {
    const code = character.charCodeAt(0) - 0xac00
    out += code >= 0 && code < 11_172 ? initials[Math.floor(code / 588)] : character
  }
  return out
}

function plain(text: string): string {
  return text.normalize('NFC').toLowerCase().replaceAll(/\s+/g, '')
}

/** The choices that fit what was typed, the best first: whole words, parts, Korean initials (ㅈㅂㄱㄴ). */
export function found(choices: readonly Choice[], typed: string): readonly Choice[] {
  const asked = plain(typed)
  if (asked === '') return choices
  const words = typed.normalize('NFC').toLowerCase().split(/\s+/).filter(Boolean)
  return choices
    .map((choice) => ({ choice, rank: rankOf(choice, asked, words) }))
    .filter(({ rank }) => rank < 9)
    .sort((a, b) => a.rank - b.rank)
    .map(({ choice }) => choice)
}

function rankOf(choice: Choice, asked: string, words: readonly string[]): number {
  const label = plain(choice.label)
  if (label === asked) return 0
  if (label.startsWith(asked)) return 1
  if (label.includes(asked)) return 2
  const more = plain(choice.words ?? '')
  if (more.includes(asked)) return 3
  const whole = `${label} ${more} ${plain(choice.says ?? '')}`
  if (words.every((word) => whole.includes(plain(word)))) return 4
  if (/^[ㄱ-ㅎ]+$/.test(asked) && initialsOf(label).includes(asked)) return 5
  return 9
}
