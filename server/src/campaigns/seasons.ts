import { movingDays } from './season-table.ts'

type Both = { readonly ko: string; readonly en: string }

/** A time of the year that shops sell by. */
export type Season = {
  readonly id: string
  readonly name: Both
  /** A day people look forward to, or a stretch of weeks. */
  readonly kind: 'day' | 'span'
  /** People buy for somebody else, so parcels must arrive before the day. */
  readonly gift: boolean
  /** What texts are about: `{{ season.theme }}`. */
  readonly theme: Both
  /** A day of remembrance: an advertisement for it would offend. */
  readonly noPromotion: boolean
  /** Its dates are told anew each year; what the table says is the usual. */
  readonly yearlyNotice: boolean
  /** A day off for everybody, every year. */
  readonly holiday: boolean
}

/** The days of a season in one year, both included, `2026-11-22`; on a day they are the same. */
export type SeasonDays = { readonly from: string; readonly to: string }

type Told = {
  readonly name: Both
  readonly theme: Both
  /** `02-14`, `04-01/05-10`, the name of a column of the table of moving days, or nothing where each year must be told. */
  readonly days: string
  readonly is?: readonly ('gift' | 'noPromotion' | 'yearlyNotice' | 'holiday')[]
}

const both = (ko: string, en: string): Both => ({ ko, en })

/** In the order of the year. Dates of the Republic of Korea; names and themes may be used in texts as they are. */
const told = {
  new_year: {
    name: both('신정', "New Year's Day"),
    theme: both('새해 첫', 'first of the year'),
    days: '01-01',
    is: ['holiday'],
  },
  seollal: {
    name: both('설날', 'Seollal'),
    theme: both('설', 'Lunar New Year'),
    days: 'seollal',
    is: ['gift', 'holiday'],
  },
  valentines_day: {
    name: both('밸런타인데이', "Valentine's Day"),
    theme: both('초콜릿', 'chocolate'),
    days: '02-14',
    is: ['gift'],
  },
  daeboreum: {
    name: both('정월대보름', 'Jeongwol Daeboreum'),
    theme: both('부럼', 'first full moon'),
    days: 'daeboreum',
  },
  samiljeol: {
    name: both('삼일절', 'Independence Movement Day'),
    theme: both('삼일절', 'Independence Movement Day'),
    days: '03-01',
    is: ['noPromotion', 'holiday'],
  },
  new_term_spring: {
    name: both('3월 새학기', 'Spring term'),
    theme: both('새학기 준비', 'back to school'),
    days: '03-01/03-31',
  },
  samgyeopsal_day: {
    name: both('삼겹살데이', 'Samgyeopsal Day'),
    theme: both('삼겹살', 'pork belly'),
    days: '03-03',
  },
  white_day: {
    name: both('화이트데이', 'White Day'),
    theme: both('사탕', 'sweets'),
    days: '03-14',
    is: ['gift'],
  },
  spring_outing: {
    name: both('봄나들이', 'Spring outings'),
    theme: both('봄나들이', 'spring outing'),
    days: '04-01/05-10',
  },
  black_day: {
    name: both('블랙데이', 'Black Day'),
    theme: both('짜장면', 'black noodles'),
    days: '04-14',
  },
  childrens_day: {
    name: both('어린이날', "Children's Day"),
    theme: both('어린이날', "Children's Day"),
    days: '05-05',
    is: ['gift', 'holiday'],
  },
  parents_day: {
    name: both('어버이날', "Parents' Day"),
    theme: both('감사', 'thank-you'),
    days: '05-08',
    is: ['gift'],
  },
  teachers_day: {
    name: both('스승의날', "Teachers' Day"),
    theme: both('감사', 'thank-you'),
    days: '05-15',
    is: ['gift'],
  },
  coming_of_age_day: {
    name: both('성년의날', 'Coming-of-Age Day'),
    theme: both('성년', 'coming-of-age'),
    days: 'coming_of_age_day',
    is: ['gift'],
  },
  couples_day: {
    name: both('부부의날', "Couples' Day"),
    theme: both('부부', 'couple'),
    days: '05-21',
    is: ['gift'],
  },
  buddhas_birthday: {
    name: both('부처님오신날', "Buddha's Birthday"),
    theme: both('연등', 'lanterns'),
    days: 'buddhas_birthday',
    is: ['holiday'],
  },
  memorial_day: {
    name: both('현충일', 'Memorial Day'),
    theme: both('현충일', 'Memorial Day'),
    days: '06-06',
    is: ['noPromotion', 'holiday'],
  },
  summer_holiday: {
    name: both('여름휴가', 'Summer holidays'),
    theme: both('여름휴가', 'summer holiday'),
    days: '07-10/08-20',
  },
  chobok: {
    name: both('초복', 'Chobok'),
    theme: both('보양식', 'summer vigour'),
    days: 'chobok',
  },
  constitution_day: {
    name: both('제헌절', 'Constitution Day'),
    theme: both('제헌절', 'Constitution Day'),
    days: '07-17',
    is: ['noPromotion', 'holiday'],
  },
  jungbok: {
    name: both('중복', 'Jungbok'),
    theme: both('보양식', 'summer vigour'),
    days: 'jungbok',
  },
  malbok: {
    name: both('말복', 'Malbok'),
    theme: both('보양식', 'summer vigour'),
    days: 'malbok',
  },
  liberation_day: {
    name: both('광복절', 'Liberation Day'),
    theme: both('광복절', 'Liberation Day'),
    days: '08-15',
    is: ['noPromotion', 'holiday'],
  },
  chilseok: {
    name: both('칠석', 'Chilseok'),
    theme: both('칠석', 'Chilseok'),
    days: 'chilseok',
    is: ['gift'],
  },
  new_term_autumn: {
    name: both('9월 새학기', 'Autumn term'),
    theme: both('새학기 준비', 'back to school'),
    days: '09-01/09-30',
  },
  chuseok: {
    name: both('추석', 'Chuseok'),
    theme: both('추석', 'Chuseok'),
    days: 'chuseok',
    is: ['gift', 'holiday'],
  },
  foundation_day: {
    name: both('개천절', 'National Foundation Day'),
    theme: both('개천절', 'National Foundation Day'),
    days: '10-03',
    is: ['noPromotion', 'holiday'],
  },
  hangul_day: {
    name: both('한글날', 'Hangul Day'),
    theme: both('한글', 'Hangul'),
    days: '10-09',
    is: ['holiday'],
  },
  halloween: {
    name: both('할로윈', 'Halloween'),
    theme: both('할로윈', 'Halloween'),
    days: '10-31',
  },
  korea_sale_festa: {
    name: both('코리아세일페스타', 'Korea Sale FESTA'),
    theme: both('세일', 'sale'),
    days: '11-01/11-14',
    is: ['yearlyNotice'],
  },
  kimjang: {
    name: both('김장', 'Kimjang'),
    theme: both('김장', 'kimchi making'),
    days: '11-10/12-15',
  },
  pepero_day: {
    name: both('빼빼로데이', 'Pepero Day'),
    theme: both('과자', 'biscuit sticks'),
    days: '11-11',
    is: ['gift'],
  },
  singles_day: {
    name: both('광군제', "Singles' Day"),
    theme: both('광군제', "Singles' Day"),
    days: '11-11',
  },
  suneung: {
    name: both('수능', 'Suneung, the university entrance exam'),
    theme: both('수험생 응원', 'for those who sit the exam'),
    days: '',
    is: ['gift', 'yearlyNotice'],
  },
  black_friday: {
    name: both('블랙프라이데이', 'Black Friday'),
    theme: both('블랙프라이데이', 'Black Friday'),
    days: 'black_friday',
  },
  cyber_monday: {
    name: both('사이버먼데이', 'Cyber Monday'),
    theme: both('사이버먼데이', 'Cyber Monday'),
    days: 'cyber_monday',
  },
  christmas: {
    name: both('크리스마스', 'Christmas'),
    theme: both('크리스마스', 'Christmas'),
    days: '12-25',
    is: ['gift', 'holiday'],
  },
} as const satisfies Readonly<Record<string, Told>>

export type SeasonId = keyof typeof told
export const seasonIds = Object.keys(told) as readonly SeasonId[]

/** A season of the table. */
export function seasonOf(id: SeasonId): Season {
  const { name, theme, days, is = [] }: Told = told[id]
  return {
    id,
    name,
    theme,
    kind: days.includes('/') ? 'span' : 'day',
    gift: is.includes('gift'),
    noPromotion: is.includes('noPromotion'),
    yearlyNotice: is.includes('yearlyNotice'),
    holiday: is.includes('holiday'),
  }
}

/** When a season is in a year; undefined outside 2024 to 2040 and where only a yearly notice tells. */
export function seasonDays(id: SeasonId, year: number): SeasonDays | undefined {
  const { days } = told[id]
  const moving = movingDays(year)
  if (!moving || days === '') return undefined
  const [from = '', to = from] = days.split('/')
  const on = (day: string) => `${year}-${moving[day as keyof typeof moving] ?? day}`
  return { from: on(from), to: on(to) }
}
