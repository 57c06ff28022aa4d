/**
 * A name for those who need not know it: 김*늘, 김*, 남궁**, A***. Korean names keep the family name and, of three letters, the
 * last; others their first letter. null stays null.
 */
export function maskName(name: string | null): string | null {
  if (name === null) return null
  const letters = [...name.trim()]
  const [first = ''] = letters
  const korean = letters.every((letter) => /\p{Script=Hangul}/u.test(letter))
  if (!korean) return `${first}***`
  if (letters.length === 3) return `${first}*${letters[2]}`
  if (letters.length === 4) return `${letters.slice(0, 2).join('')}**`
  return `${first}${'*'.repeat(Math.max(1, letters.length - 1))}`
}
