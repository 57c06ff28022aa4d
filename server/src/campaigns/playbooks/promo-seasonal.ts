import { assert } from '../../lib/assert.ts'
import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { audienceOf, personalCodes, untilDay } from './parts.ts'
import { seasonPeople } from './people.ts'
import { bare, type ChosenSeason, type Language, type Playbook } from './playbook.ts'
import { daysBetween, dayWords, type SeasonTalk, talksAfter } from './season-plan.ts'
import { type Words, written } from './written.ts'

/** Which messages carry the coupon: a day's a week before, a span's at its opening. */
const withCoupon: readonly SeasonTalk['kind'][] = ['main', 'opening']
/** From a week before until the day; parcels that take long are thought of. */
const couponDays = 10

/** A season by the calendar: teaser, main and last-order day of a day; opening, middle and closing of a span. */
export const promoSeasonal: Playbook = {
  id: 'promo_seasonal',
  family: 'promotion',
  name: { ko: '시즈널리티 기념 (명절·데이)', en: 'Seasonal: feasts and days' },
  about: {
    ko: '명절과 데이에는 2주 전, 1주 전, 도착을 맞출 수 있는 마지막 주문일에 알려요. 나들이·휴가 같은 기간은 시작, 중간, 끝나기 3일 전에 알려요. 1주 전(기간은 시작할 때) 메시지에는 10일 쓸 수 있는 쿠폰을 넣었어요.',
    en: 'A day: two weeks and one week before, and on the last day of orders that arrive. A span: at its opening, its middle and three days before its end. The message of one week before (of a span the first) carries a coupon of ten days.',
  },
  enters: {
    ko: '첫 알림 날, 지난해 같은 시즌에 샀거나 최근 30일 안에 상품을 보거나 산 고객. 한 번 사면 나가요.',
    en: 'On the first day: who bought in the same season last year, or came in the last 30 days. An order lets them out.',
  },
  segments: [seasonPeople],
  asks: ['season'],
  coupon: (language, currency) =>
    personalCodes({
      name: language === 'ko' ? '시즌 쿠폰' : 'Season coupon',
      discount: { kind: 'percent', percent: 10, most: currency === 'KRW' ? 10_000 : 10 },
      validHours: couponDays * 24,
      // One a season; the next one may be near.
      perPerson: { count: 1, days: 3 },
    }),
  flow: (language, made = bare) => {
    const { season, today = '' } = made.answers
    assert(season, 'the season was asked for')
    const talks = talksAfter(season.times, today)
    const [first] = talks
    assert(first, 'there is still something to say of the season')
    const steps = talks.flatMap(({ kind, day }, at) => [
      ...(at === 0 ? [] : [untilDay(at * 2, day)]),
      written(made, language, {
        id: at * 2 + 1,
        words: talk(season, { kind, day }, language),
        url: '{{ link.shop }}',
        ...(at === 0 ? {} : { onNight: 'drop' as const }),
        ...(withCoupon.includes(kind) && made.pool !== 'none' ? { coupon: 'own' as const } : {}),
      }),
    ])
    return Flow.parse({
      trigger: { kind: 'schedule', schedule: { kind: 'once', at: `${first.day}T10:00` } },
      ...audienceOf(made, seasonPeople.key),
      exits: ['Order Completed'],
      conditions: ['no_order_since_entry'],
      steps,
      goal: {
        event: 'Order Completed',
        windowHours: Math.max(1, daysBetween(first.day, season.times.stop)) * 24,
      },
      holdoutShare: 0.1,
      reentry: { afterDays: null },
      precedence: precedenceOf('promo_seasonal'),
      nature: { purpose: 'advertising' },
    })
  },
}

function talk(season: ChosenSeason, { kind, day }: SeasonTalk, language: Language): Words {
  return language === 'ko' ? korean(season, kind, day) : english(season, kind, day)
}

/** Only gifts have a last-order day. */
function isGift({ times }: ChosenSeason): boolean {
  return times.kind === 'day' && times.lastOrder !== undefined
}

function korean(season: ChosenSeason, kind: SeasonTalk['kind'], day: string): Words {
  const { days, orderByTime } = season
  const name = season.name.ko
  const goods = isGift(season) ? `${season.theme.ko} 선물` : `${season.theme.ko} 추천 상품`
  const left = `D-${daysBetween(day, days.from)}`
  const words = (subject: string, heading: string, text: string): Words => ({
    subject,
    preheader: `${goods}을 모아 두었어요.`,
    heading,
    text: [text],
    button: '보러 가기',
    short: `{{ customer.name | nim }}, ${subject}`,
  })
  switch (kind) {
    case 'teaser':
      return words(
        `${name} ${left}, ${goods}을 미리 만나 보세요`,
        `${name}까지 ${daysBetween(day, days.from)}일 남았어요`,
        `여유 있을 때 고르실 수 있게 ${goods}을 모아 두었어요.`,
      )
    case 'main':
      return words(
        `${name} ${left}, ${goods} 고르셨나요?`,
        `${name} ${left}`,
        `아직 고르지 못하셨다면 ${goods}을 둘러보세요.`,
      )
    case 'last_order':
      return words(
        `오늘 ${orderByTime}까지 주문하면 ${name} 전에 도착해요`,
        `오늘 ${orderByTime}까지예요`,
        `오늘 ${orderByTime}까지 주문하시면 ${dayWords(days.from, 'ko')} ${name} 전에 받아 보실 수 있어요.`,
      )
    case 'opening':
      return words(
        `${name}, ${goods}을 준비했어요`,
        `${name} 준비하셨나요?`,
        `${dayWords(days.from, 'ko')}부터 ${dayWords(days.to, 'ko')}까지, ${goods}을 모아 두었어요.`,
      )
    case 'middle':
      return words(
        `${name}, 아직 준비하지 못하셨나요?`,
        `${goods}을 둘러보세요`,
        `지금 많이 찾는 ${goods}을 모아 두었어요.`,
      )
    case 'closing':
      return words(
        `${name} 기획전이 ${dayWords(days.to, 'ko')}에 끝나요`,
        `${dayWords(days.to, 'ko')}까지예요`,
        `눈여겨보신 ${goods}이 있다면 끝나기 전에 만나 보세요.`,
      )
  }
}

function english(season: ChosenSeason, kind: SeasonTalk['kind'], day: string): Words {
  const { days, orderByTime } = season
  const name = season.name.en
  const goods = isGift(season) ? `${season.theme.en} gifts` : `${season.theme.en} picks`
  const left = daysBetween(day, days.from)
  const words = (subject: string, text: string): Words => ({
    subject,
    preheader: `Our ${goods}.`,
    heading: subject,
    text: [text],
    button: 'Have a look',
    short: subject,
  })
  switch (kind) {
    case 'teaser':
      return words(`${left} days to ${name}`, `Time enough to choose: here are our ${goods}.`)
    case 'main':
      return words(`${name} is ${left} days away`, `If you have not chosen yet, see our ${goods}.`)
    case 'last_order':
      return words(
        `Order by ${orderByTime} today and it arrives before ${name}`,
        `Orders until ${orderByTime} today arrive before ${dayWords(days.from, 'en')}.`,
      )
    case 'opening':
      return words(
        `Ready for ${name}?`,
        `From ${dayWords(days.from, 'en')} to ${dayWords(days.to, 'en')}: our ${goods}.`,
      )
    case 'middle':
      return words(`Still getting ready for ${name}?`, `What many look for now: our ${goods}.`)
    case 'closing':
      return words(
        `${name}: until ${dayWords(days.to, 'en')}`,
        `If something caught your eye, have it before the end.`,
      )
  }
}
