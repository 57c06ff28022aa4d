import { assert } from '../../lib/assert.ts'
import { Flow } from '../campaign.ts'
import { dayOfText, dayText } from '../day.ts'
import { precedenceOf } from '../precedence.ts'
import { audienceOf, untilDay } from './parts.ts'
import { active } from './people.ts'
import { type Answers, bare, type Language, type Playbook } from './playbook.ts'
import { dayWords } from './season-plan.ts'
import { type Words, written } from './written.ts'

/** An event of some days: told on its first morning, and on its last but one to those who did not buy. */
export const promoPeriod: Playbook = {
  id: 'promo_period',
  family: 'promotion',
  name: { ko: '특정 기간 상품·이벤트 홍보', en: 'A limited period: products, an event' },
  about: {
    ko: '이벤트가 시작하는 날 알리고, 끝나기 하루 전에 아직 사지 않은 고객에게 한 번 더 알려요. 끝난 뒤에는 아무것도 나가지 않아요.',
    en: 'Tells of an event on its first day, and once more a day before it ends to those who did not buy. Nothing leaves after its end.',
  },
  enters: {
    ko: '시작하는 날 활성 고객 세그먼트에 있는 고객 모두. 타깃은 바꿀 수 있어요.',
    en: 'Everyone among the active customers on the first day; choose another target if you like.',
  },
  segments: [active],
  asks: ['event'],
  flow: (language, made = bare) => {
    const event = plannedEvent(made.answers)
    const words = wordsOf(event)[language]
    const reminds = event.reminder > event.begin
    return Flow.parse({
      trigger: {
        kind: 'schedule',
        schedule: { kind: 'once', at: `${dayText(event.begin)}T10:00` },
      },
      ...audienceOf(made, active.key),
      exits: ['Order Completed'],
      conditions: ['no_order_since_entry'],
      steps: [
        written(made, language, { id: 1, words: words.first, url: '{{ link.shop }}' }),
        // An event that is over must not be told of the morning after: what the night would hold is dropped.
        ...(reminds
          ? [
              untilDay(2, dayText(event.reminder)),
              written(made, language, {
                id: 3,
                words: words.last,
                url: '{{ link.shop }}',
                onNight: 'drop',
              }),
            ]
          : []),
      ],
      goal: { event: 'Order Completed', windowHours: (event.to + 2 - event.begin) * 24 },
      holdoutShare: 0.1,
      reentry: { afterDays: null },
      precedence: precedenceOf('promo_period'),
      nature: { purpose: 'advertising' },
    })
  },
}

type Planned = {
  readonly title: string
  /** Days from 1970-01-01. */
  readonly from: number
  readonly to: number
  /** The first morning that is still to come. */
  readonly begin: number
  readonly reminder: number
}

function plannedEvent({ event, today }: Answers): Planned {
  const [from, to] = [dayOfText(event?.from ?? ''), dayOfText(event?.to ?? '')]
  assert(event && from !== undefined && to !== undefined, 'the event was asked for')
  const now = dayOfText(today ?? '') ?? from - 1
  const begin = Math.min(to, Math.max(from, now + 1))
  // What stands in a text as it is must not be read as a template.
  const title = event.title.replaceAll(/[{}]/g, '').trim()
  return { title, from, to, begin, reminder: to - 1 }
}

type Two = { readonly first: Words; readonly last: Words }

function wordsOf({ title, from, to }: Planned): { readonly [L in Language]: Two } {
  const end = { ko: dayWords(dayText(to), 'ko'), en: dayWords(dayText(to), 'en') }
  const span = (language: Language) =>
    `${dayWords(dayText(from), language)} ~ ${dayWords(dayText(to), language)}`
  return {
    ko: {
      first: {
        subject: `${title}, ${span('ko')}`,
        preheader: `${end.ko}까지예요.`,
        heading: title,
        text: [`${span('ko')} 동안 열려요. {{ customer.name | nim }}, 천천히 둘러보세요.`],
        button: '이벤트 보러 가기',
        short: `{{ customer.name | nim }}, ${title}\n${span('ko')}`,
      },
      last: {
        subject: `${title}, ${end.ko}에 끝나요`,
        preheader: '아직 하루가 남았어요.',
        heading: `${end.ko}에 끝나요`,
        text: [`${title}, 하루 남았어요. 눈여겨보신 상품이 있다면 지금 만나 보세요.`],
        button: '이벤트 보러 가기',
        short: `${title}, ${end.ko}에 끝나요.`,
      },
    },
    en: {
      first: {
        subject: `${title}, ${span('en')}`,
        preheader: `Until ${end.en}.`,
        heading: title,
        text: [`It is open from ${span('en')}. Have a look around.`],
        button: 'See the event',
        short: `${title}, ${span('en')}`,
      },
      last: {
        subject: `${title} ends on ${end.en}`,
        preheader: 'One more day.',
        heading: `It ends on ${end.en}`,
        text: [`${title}: one more day. If something caught your eye, now is the time.`],
        button: 'See the event',
        short: `${title} ends on ${end.en}.`,
      },
    },
  }
}
