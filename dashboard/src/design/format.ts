import type { Language } from '../app/language.ts'

const locale = { ko: 'ko-KR', en: 'en-GB' } as const
const plain = {
  ko: new Intl.NumberFormat('ko-KR'),
  en: new Intl.NumberFormat('en-GB'),
} as const

/** 3412 -> `3,412`. */
export function count(value: number, language: Language): string {
  return plain[language].format(value)
}

/** 3412 -> `3,412명` / `3,412 people`, 1 -> `1 person`. */
export function people(value: number, language: Language): string {
  if (language === 'ko') return `${count(value, 'ko')}명`
  return `${count(value, 'en')} ${value === 1 ? 'person' : 'people'}`
}

/** 3412 -> `3,412건` / `3,412`. */
export function cases(value: number, language: Language): string {
  return language === 'ko' ? `${count(value, 'ko')}건` : count(value, 'en')
}

/** 962 -> `962통` / `962`: messages. */
export function mails(value: number, language: Language): string {
  return language === 'ko' ? `${count(value, 'ko')}통` : count(value, 'en')
}

/** A share 0..1 as `12.3 %`; one decimal always, so that columns line up. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

/** A difference of shares as `+1.8%p` / `+1.8 pp`; the sign is always there. */
export function points(difference: number, language: Language): string {
  return `${signed(difference * 100)}${language === 'ko' ? '%p' : ' pp'}`
}

/** `-0.3~+3.9%p` / `-0.3 to +3.9 pp`. */
export function pointsRange(low: number, high: number, language: Language): string {
  const [from, to] = [signed(low * 100), signed(high * 100)]
  return language === 'ko' ? `${from}~${to}%p` : `${from} to ${to} pp`
}

function signed(value: number): string {
  const text = Math.abs(value).toFixed(1)
  if (text === '0.0') return '0.0'
  return `${value < 0 ? '-' : '+'}${text}`
}

/** The price of one message, which may be less than a unit: `8.4원`, `₩8.4`, `£0.042`. */
export function unitMoney(amount: number, currency: string, language: Language): string {
  if (currency === 'KRW') {
    const digits = plain[language].format(Math.round(amount * 100) / 100)
    return language === 'ko' ? `${digits}원` : `₩${digits}`
  }
  return new Intl.NumberFormat(locale[language], {
    style: 'currency',
    currency,
    maximumFractionDigits: 4,
  }).format(amount)
}

/** An amount in currency units, whole: `12,345,000원`, `₩12,345,000`, `£12.30`. */
export function money(amount: number, currency: string, language: Language): string {
  if (currency === 'KRW') {
    const whole = Math.round(amount)
    if (language === 'ko') return `${plain.ko.format(whole)}원`
    return `${whole < 0 ? '-' : ''}₩${plain.en.format(Math.abs(whole))}`
  }
  return new Intl.NumberFormat(locale[language], { style: 'currency', currency }).format(amount)
}

/** The same with its sign, for differences: `+1,200원`. */
export function moneyChange(amount: number, currency: string, language: Language): string {
  return `${amount > 0 ? '+' : ''}${money(amount, currency, language)}`
}

/** An amount short enough for an axis or a big number: `1,234만 원`, `3.2억 원`, `₩12.3M`. */
export function shortMoney(amount: number, currency: string, language: Language): string {
  if (currency === 'KRW' && language === 'ko') return shortWon(amount)
  const short = new Intl.NumberFormat('en-US', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    notation: 'compact',
    minimumFractionDigits: 0,
    maximumFractionDigits: 1,
  })
  return short.format(amount)
}

function shortWon(amount: number): string {
  const size = Math.abs(amount)
  if (size >= 1e8) return `${trimmed(amount / 1e8)}억 원`
  // Under 100,000 won a whole 만 would round 15,000 to 20,000.
  if (size >= 1e5) return `${plain.ko.format(Math.round(amount / 1e4))}만 원`
  if (size >= 1e4) return `${trimmed(amount / 1e4)}만 원`
  return `${plain.ko.format(Math.round(amount))}원`
}

function trimmed(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : 1
  return value.toFixed(digits).replace(/\.0$/, '')
}

/** Change against a period before, as a share; undefined where there was (next to) nothing to compare with. */
export function changeOf(now: number, before: number): number | undefined {
  if (before === 0) return undefined
  const share = (now - before) / Math.abs(before)
  return Math.abs(share) < 5 ? share : undefined
}

/** `+12.3 %`, `-4.0 %`, `0.0 %`. */
export function change(share: number): string {
  return `${signed(share * 100)} %`
}

type When = { readonly timeZone: string; readonly language: Language }

function parts(at: number, timeZone: string) {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  return Object.fromEntries(format.formatToParts(at).map((part) => [part.type, part.value]))
}

const weekdays: Readonly<Record<string, string>> = {
  Mon: '월',
  Tue: '화',
  Wed: '수',
  Thu: '목',
  Fri: '금',
  Sat: '토',
  Sun: '일',
}
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** `11월 22일 (일)` / `Sun 22 Nov`; with the year when it is not the year of `now`. */
export function day(at: number, { timeZone, language }: When, now?: number): string {
  const p = parts(at, timeZone)
  const other = now !== undefined && parts(now, timeZone).year !== p.year
  if (language === 'ko') {
    const date = `${Number(p.month)}월 ${Number(p.day)}일 (${weekdays[p.weekday ?? ''] ?? ''})`
    return other ? `${p.year}년 ${date}` : date
  }
  const date = `${p.weekday} ${Number(p.day)} ${months[Number(p.month) - 1] ?? ''}`
  return other ? `${date} ${p.year}` : date
}

/** `11월 22일 (일) 14:05` / `Sun 22 Nov 14:05`. */
export function dayAndTime(at: number, when: When, now?: number): string {
  const p = parts(at, when.timeZone)
  return `${day(at, when, now)} ${p.hour}:${p.minute}`
}

/** `14:05:09`. */
export function clock(at: number, timeZone: string): string {
  const p = parts(at, timeZone)
  return `${p.hour}:${p.minute}:${p.second}`
}

/** `14:05`. */
export function hourAndMinute(at: number, timeZone: string): string {
  return clock(at, timeZone).slice(0, 5)
}

/** How long ago, for lists that move: `방금`, `3분 전`, `2시간 전`, `5일 전`. */
export function ago(at: number, now: number, language: Language): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000))
  if (seconds < 10) return language === 'ko' ? '방금' : 'just now'
  if (seconds < 60) return language === 'ko' ? `${seconds}초 전` : `${seconds} s ago`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return language === 'ko' ? `${minutes}분 전` : `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return language === 'ko' ? `${hours}시간 전` : `${hours} h ago`
  const days = Math.floor(hours / 24)
  return language === 'ko' ? `${count(days, 'ko')}일 전` : `${count(days, 'en')} days ago`
}

/** A wait in words: 3600000 -> `1시간` / `1 hour`; 90000 -> `1분 30초` / `1 min 30 s`. */
export function lasting(durationMs: number, language: Language): string {
  const units = [
    { ms: 86_400_000, ko: '일', en: ['day', 'days'] },
    { ms: 3_600_000, ko: '시간', en: ['hour', 'hours'] },
    { ms: 60_000, ko: '분', en: ['min', 'min'] },
    { ms: 1_000, ko: '초', en: ['s', 's'] },
  ] as const
  const said: string[] = []
  let rest = Math.round(durationMs / 1000) * 1000
  for (const unit of units) {
    const amount = Math.floor(rest / unit.ms)
    if (amount === 0 || said.length === 2) continue
    rest -= amount * unit.ms
    said.push(
      language === 'ko' ? `${amount}${unit.ko}` : `${amount} ${unit.en[amount === 1 ? 0 : 1]}`,
    )
  }
  return said.length > 0 ? said.join(' ') : language === 'ko' ? '바로' : 'at once'
}

/** A name with its honorific as Korean screens say it: `김하늘님`; nobody's name -> `이름 모를 고객`. */
export function personName(name: string | null, language: Language): string {
  if (name) return name
  return language === 'ko' ? '이름 모를 고객' : 'Unnamed visitor'
}

/** Who did something, as Korean sentences say it: `김하늘님`, once where the name ends so already. */
export function nameNim(name: string): string {
  return name.endsWith('님') ? name : `${name}님`
}
