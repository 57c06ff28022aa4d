import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import { pageSentence } from '../../../../server/src/campaigns/page/page-sentence.ts'
import type { PersonTest } from '../../../../server/src/campaigns/person-test.ts'
import { scheduleSentence } from '../../../../server/src/campaigns/schedule-sentence.ts'
import { chainOf } from '../../../../server/src/campaigns/steps/message.ts'
import type { Step } from '../../../../server/src/campaigns/steps/table.ts'
import type { Watch } from '../../../../server/src/campaigns/watch.ts'
import { josa } from '../../../../server/src/messages/filters.ts'
import { inLanguage, type Language, words } from '../../app/language.ts'
import { lasting } from '../../design/format.ts'
import { eventNoun } from '../../events/noun.ts'
import { propertyNoun } from '../../segments/property-names.ts'
import type { Sources } from '../../segments/sources.ts'
import { stepAt } from '../flow-edit.ts'
import { firstWords } from './first-words.ts'

/** What each kind of step is called, and what it is for. */
export const kindNames = words({
  wait: { ko: '기다리기', en: 'Wait' },
  wait_until: { ko: '정한 때까지 기다리기', en: 'Wait until' },
  wait_for: { ko: '행동을 기다리기', en: 'Wait for something' },
  branch: { ko: '조건으로 나누기', en: 'Branch' },
  split: { ko: 'A/B로 나누기', en: 'A/B split' },
  message: { ko: '메시지 보내기', en: 'Send a message' },
  coupon: { ko: '쿠폰 주기', en: 'Give a coupon' },
  set_trait: { ko: '고객 정보 적기', en: 'Set a trait' },
  list: { ko: '명단에 넣고 빼기', en: 'Lists' },
  webhook: { ko: '우리 서버 부르기', en: 'Call your server' },
  goto: { ko: '다른 단계로 가기', en: 'Go to a step' },
  exit: { ko: '여기서 끝내기', en: 'End here' },
})

export const kindSays = words({
  wait: { ko: '몇 분, 몇 시간, 며칠', en: 'Minutes, hours, days' },
  wait_until: { ko: '오전 10시, 월요일, 생일, 정한 날', en: '10:00, a weekday, a date' },
  wait_for: {
    ko: '누르거나 사면 바로, 아니면 정한 시간 뒤',
    en: 'A click or an order, or time-out',
  },
  branch: { ko: '금액, 세그먼트, 고객 정보에 따라 다르게', en: 'By cart, segment, traits' },
  split: { ko: '무작위로 나눠서 어느 쪽이 나은지 비교', en: 'At random, to compare' },
  message: { ko: '이메일, 문자, 카카오톡, 푸시, 상점 화면', en: 'Mail, text, Kakao, push, page' },
  coupon: { ko: '그 고객만 쓰는 쿠폰을 발급', en: 'A personal coupon' },
  set_trait: { ko: '등급, 관심사처럼 우리만 보는 정보', en: 'A tag only you see' },
  list: { ko: '손으로 관리하는 명단에 더하거나 빼기', en: 'Add to or take off a list' },
  webhook: { ko: '값을 보내고 답을 받아 다음 단계에서 쓰기', en: 'Send values, use the answer' },
  goto: { ko: '앞 단계부터 다시, 또는 건너뛰기', en: 'Repeat or skip' },
  exit: { ko: '이 길의 고객은 여기서 나가요', en: 'People leave here' },
})

const text = words({
  wait: { ko: (time: string) => `${time} 기다려요`, en: (time: string) => `Wait ${time}` },
  waitByGoods: {
    ko: (time: string) => `상품마다 다르게, 보통 ${time} 기다려요`,
    en: (time: string) => `Wait by product, usually ${time}`,
  },
  atOnce: { ko: '기다리지 않아요', en: 'At once' },
  untilTime: {
    ko: (days: string, time: string) => `다음 ${days}${time}까지`,
    en: (days: string, time: string) => `Until the next ${days}${time}`,
  },
  untilDate: {
    ko: (date: string, time: string) => `${date} ${time}까지`,
    en: (date: string, time: string) => `Until ${date} ${time}`,
  },
  untilTrait: {
    ko: (path: string, offset: string, time: string) => `${path}${offset} ${time}까지`,
    en: (path: string, offset: string, time: string) => `Until ${path}${offset} ${time}`,
  },
  before: { ko: (n: number) => ` ${n}일 전`, en: (n: number) => ` − ${n} days` },
  after: { ko: (n: number) => ` ${n}일 뒤`, en: (n: number) => ` + ${n} days` },
  waitFor: {
    ko: (what: string, time: string) => `${josa(what, '을/를')} ${time} 기다려요`,
    en: (what: string, time: string) => `Wait for ${what}, ${time} at most`,
  },
  branch: { ko: (ways: string) => ways, en: (ways: string) => ways },
  otherwise: { ko: '나머지 모두', en: 'Everyone else' },
  happened: {
    ko: (what: string) => `${josa(what, '이/가')} 있으면`,
    en: (what: string) => `If: ${what}`,
  },
  timedOut: { ko: (time: string) => `${time} 동안 없으면`, en: (time: string) => `Not in ${time}` },
  coupon: { ko: (name: string) => `‘${name}’ 쿠폰`, en: (name: string) => `Coupon “${name}”` },
  choose: { ko: '아직 고르지 않았어요', en: 'Not chosen yet' },
  aSegment: { ko: '세그먼트', en: 'a segment' },
  quoted: { ko: (name: string) => `‘${name}’`, en: (name: string) => `“${name}”` },
  trait: {
    ko: (path: string, value: string) => `${path} = ${value}`,
    en: (path: string, value: string) => `${path} = ${value}`,
  },
  noTrait: { ko: (path: string) => `${path} 지우기`, en: (path: string) => `Remove ${path}` },
  listAdd: { ko: (name: string) => `‘${name}’에 넣기`, en: (name: string) => `Add to “${name}”` },
  listRemove: {
    ko: (name: string) => `‘${name}’에서 빼기`,
    en: (name: string) => `Take off “${name}”`,
  },
  goto: {
    ko: (what: string) => `‘${what}’부터 이어가요`,
    en: (what: string) => `Go on at “${what}”`,
  },
  exit: { ko: '이 길은 여기서 끝나요', en: 'This way ends here' },
  noAddress: { ko: '주소를 아직 적지 않았어요', en: 'No address yet' },
  entered: {
    ko: (name: string) => `‘${name}’ 들어오기`,
    en: (name: string) => `entering “${name}”`,
  },
  left: { ko: (name: string) => `‘${name}’ 나가기`, en: (name: string) => `leaving “${name}”` },
  enters: {
    ko: (name: string) => `${name}에 들어오면 시작해요`,
    en: (name: string) => `Begins with: entering ${name}`,
  },
  leaves: {
    ko: (name: string) => `${name}에서 나가면 시작해요`,
    en: (name: string) => `Begins with: leaving ${name}`,
  },
  email: { ko: '이메일', en: 'E-mail' },
  sms: { ko: '문자', en: 'Text' },
  kakao: { ko: '카카오톡', en: 'Kakao' },
  web_push: { ko: '웹 푸시', en: 'Push' },
  webhook: { ko: '웹훅', en: 'Webhook' },
  onsite: { ko: '온사이트', en: 'On site' },
  anniversary: {
    ko: (path: string, offset: string, time: string) => `해마다 ${path}${offset} ${time}`,
    en: (path: string, offset: string, time: string) => `Every ${path}${offset} at ${time}`,
  },
  api: { ko: '우리 서버가 API로 부르면', en: 'When your server calls the API' },
  does: {
    ko: (what: string) => `${josa(what, '이/가')} 일어나면 시작해요`,
    en: (what: string) => `Begins with: ${what}`,
  },
})

export type Voice = {
  readonly language: Language
  readonly sources: Sources
  readonly pools: readonly { readonly id: number; readonly name: string }[]
  readonly zone: string
}

const spanOf = (minutes: number, language: Language) => lasting(minutes * 60_000, language)
const weekdayNames = { ko: '월화수목금토일', en: 'MTWTFSS' } as const

/** What a watch looks out for, as a noun. */
export function watchNoun(watch: Watch, { language, sources }: Voice): string {
  const said = inLanguage(text, language)
  if (watch.kind === 'event') return eventNoun(watch.event, language)
  return said[watch.on](segmentName(watch.segment, sources) ?? said.choose)
}

/** The name of a segment; undefined when none is chosen. */
export function segmentName(id: number, { segments }: Sources): string | undefined {
  if (id <= 0) return undefined
  return segments.find((one) => one.id === id)?.name ?? `#${id}`
}

/** How somebody gets in, in one sentence. */
export function triggerSentence({ trigger }: Pick<Flow, 'trigger'>, voice: Voice): string {
  const { language, sources, zone } = voice
  const said = inLanguage(text, language)
  switch (trigger.kind) {
    case 'event':
      return said.does(eventNoun(trigger.event, language))
    case 'segment': {
      const name = segmentName(trigger.segment, sources)
      const crosses = trigger.on === 'entered' ? said.enters : said.leaves
      return crosses(name === undefined ? said.aSegment : said.quoted(name))
    }
    case 'schedule':
      return scheduleSentence(trigger.schedule, language, zone)
    case 'anniversary':
      return said.anniversary(
        propertyNoun(trigger.trait, language),
        offsetWords(trigger.offsetDays, language),
        trigger.time,
      )
    case 'api':
      return said.api
    case 'page':
      return pageSentence(trigger, language)
  }
}

/** `3일 전`; nothing for the day itself. */
function offsetWords(days: number, language: Language): string {
  const said = inLanguage(text, language)
  if (days === 0) return ''
  return days < 0 ? said.before(-days) : said.after(days)
}

/** What a step does, short enough for the head of its card. */
export function stepSentence(step: Step, flow: Pick<Flow, 'steps'>, voice: Voice): string {
  const { language, sources } = voice
  const said = inLanguage(text, language)
  switch (step.kind) {
    case 'wait':
      if (step.byGoods) return said.waitByGoods(spanOf(step.minutes, language))
      return step.minutes === 0 ? said.atOnce : said.wait(spanOf(step.minutes, language))
    case 'wait_until':
      return untilSentence(step.until, language)
    case 'wait_for':
      return said.waitFor(watchNoun(step.watch, voice), spanOf(step.minutes, language))
    case 'branch':
      return said.branch([...step.paths.map(({ name }) => name), said.otherwise].join(' · '))
    case 'split':
      return sharesOf(step.arms)
        .map(({ name, percent }) => `${name} ${percent} %`)
        .join(' · ')
    case 'message':
      return `${chainOf(step)
        .map(({ content }) => said[content.channel])
        .join(' → ')}: ${firstWords(step)}`
    case 'coupon':
      if (step.pool <= 0) return said.choose
      return said.coupon(voice.pools.find(({ id }) => id === step.pool)?.name ?? `#${step.pool}`)
    case 'set_trait':
      if (step.trait === '') return said.choose
      return step.value === null
        ? said.noTrait(step.trait)
        : said.trait(step.trait, String(step.value))
    case 'list': {
      const name = sources.lists.find(({ id }) => id === step.list)?.name
      if (name === undefined) return said.choose
      return step.does === 'add' ? said.listAdd(name) : said.listRemove(name)
    }
    case 'webhook':
      return step.content.url || said.noAddress
    case 'goto': {
      const to = stepAt(flow, step.to)
      return said.goto(to ? inLanguage(kindNames, language)[to.kind] : `#${step.to}`)
    }
    case 'exit':
      return said.exit
  }
}

function untilSentence(
  until: Extract<Step, { kind: 'wait_until' }>['until'],
  language: Language,
): string {
  const said = inLanguage(text, language)
  switch (until.kind) {
    case 'time': {
      const days = (until.weekdays ?? [])
        .toSorted((a, b) => a - b)
        .map((day) => weekdayNames[language][day - 1])
        .join('·')
      return said.untilTime(
        days === '' ? '' : `${days}${language === 'ko' ? '요일' : ''} `,
        until.time,
      )
    }
    case 'date':
      return said.untilDate(until.date, until.time)
    default:
      return said.untilTrait(
        until.path ? propertyNoun(until.path, language) : said.choose,
        offsetWords(until.offsetDays, language),
        until.time,
      )
  }
}

/** The rows inside a step in words, in the order of lanesOf. */
export function laneNames(step: Step, voice: Voice): readonly string[] {
  const said = inLanguage(text, voice.language)
  switch (step.kind) {
    case 'branch':
      return [...step.paths.map(({ name }) => name), said.otherwise]
    case 'split':
      return sharesOf(step.arms).map(({ name, percent }) => `${name} · ${percent} %`)
    case 'wait_for':
      return [
        said.happened(watchNoun(step.watch, voice)),
        said.timedOut(spanOf(step.minutes, voice.language)),
      ]
    default:
      return []
  }
}

/** Arms with their share of all people, whole percents. */
function sharesOf(arms: Extract<Step, { kind: 'split' }>['arms']) {
  const whole = arms.reduce((sum, { share }) => sum + share, 0)
  return arms.map(({ name, share }) => ({
    name,
    percent: whole > 0 ? Math.round((share / whole) * 100) : 0,
  }))
}

/** The questions of a path as lines: one for each that is asked. */
export function linesOfTest(test: PersonTest): {
  readonly join: 'all' | 'any'
  readonly lines: readonly PersonTest[]
} {
  return test.kind === 'all' || test.kind === 'any'
    ? { join: test.kind, lines: test.of }
    : { join: 'all', lines: [test] }
}
