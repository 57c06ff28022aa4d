import { reasonLine } from './reason-line.ts'

type Line = { readonly ko: string; readonly en: string }

/** What was, said as it would be; in this order. */
const korean = [
  ['보내지 않았어요', '보내지 않아요'],
  ['양보했어요', '양보해요'],
] as const
const english = [
  [/^Not sent: it was night/, 'Would not be sent: it is night'],
  [/^Not sent: /, 'Would not be sent: '],
  [/ was reached\b/, ' is reached'],
  [/ could not be drawn\b/, ' cannot be drawn'],
  [/it would have been sent now/, 'it would be sent now'],
] as const

/** The line of a decision that nobody made: what would come of it now, not what came of it. For previews. */
export function wouldBeLine(reason: string): Line {
  return asWouldBe(reasonLine(reason))
}

/** A line that says what was, said as it would be. */
export function asWouldBe(line: Line): Line {
  const ko = korean.reduce((text, [was, is]) => text.replace(was, is), line.ko)
  const en = english.reduce((text, [was, is]) => text.replace(was, is), line.en)
  return { ko: ko.replace('보냈다면 이때 보냈을 거예요', '대조군이 아니면 이때 보내요'), en }
}
