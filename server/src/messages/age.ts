import { hourMs } from '../lib/duration.ts'
import type { Json, JsonObject } from '../lib/json.ts'

/** Traits that shops keep birth dates in, the first that can be read counts. */
const birthTraits = ['birth_date', 'birthday', 'birthdate', 'date_of_birth', 'birthDate'] as const
const seoulOffsetMs = 9 * hourMs
const grownUpAt = 14

/**
 * Whether the birth date among the traits is that of somebody under 14, whose consent needs a guardian's (PIPA article 22-2).
 * Years are counted in full, by Korea's calendar. No date, or one without a year, says nothing: false.
 */
export function isUnder14(traits: JsonObject, now: number): boolean {
  const born = birthDateOf(traits)
  if (!born) return false
  const today = new Date(now + seoulOffsetMs)
  const years = today.getUTCFullYear() - born.year
  const [month, day] = [today.getUTCMonth() + 1, today.getUTCDate()]
  const hadBirthday = month > born.month || (month === born.month && day >= born.day)
  // Nobody is born tomorrow: such a date is a mistake and says nothing.
  const age = hadBirthday ? years : years - 1
  return age >= 0 && age < grownUpAt
}

type BirthDate = { readonly year: number; readonly month: number; readonly day: number }

function birthDateOf(traits: JsonObject): BirthDate | undefined {
  for (const trait of birthTraits) {
    const born = readDate(traits[trait])
    if (born) return born
  }
  return undefined
}

/** `2015-03-02`, with other marks between, eight digits, or a time after it. */
function readDate(value: Json | undefined): BirthDate | undefined {
  const text = typeof value === 'number' ? String(value) : value
  if (typeof text !== 'string') return undefined
  const found = /^\s*(\d{4})[-./년 ]*(\d{1,2})[-./월 ]*(\d{1,2})(?!\d)/u.exec(text)
  if (!found) return undefined
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  const isDate = year >= 1900 && month >= 1 && month <= 12 && day >= 1 && day <= 31
  return isDate ? { year, month, day } : undefined
}
