import { unreachable } from '../../lib/assert.ts'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import type { Flow } from '../campaign.ts'
import { pageSentence } from '../page/page-sentence.ts'
import type { PersonTest } from '../person-test.ts'
import { scheduleSentence } from '../schedule-sentence.ts'
import { chainOf, type MessageStep } from '../steps/message.ts'
import type { Step } from '../steps/table.ts'
import type { WaitUntilStep } from '../steps/wait-until.ts'
import type { Watch } from '../watch.ts'
import { eventWords } from './event-words.ts'
import type { Language } from './playbook.ts'

/** One step of a flow drawn small; `lanes` are the ways that part from it, each with its own steps. */
export type PictureStep = {
  readonly kind: Step['kind'] | 'trigger' | 'goal'
  readonly text: string
  readonly lanes: readonly { readonly name: string; readonly steps: readonly PictureStep[] }[]
}

type Voice = {
  readonly language: Language
  /** What segments are called, by id. */
  readonly segments: ReadonlyMap<number, string>
  /** IANA name of the shop's zone. */
  readonly zone: string
}

/** The picture of a flow: read from its tree alone, so that it shows what the flow does. */
export function pictureOf(flow: Flow, voice: Voice): readonly PictureStep[] {
  return [
    { kind: 'trigger', text: triggerWords(flow, voice), lanes: [] },
    ...flow.steps.map((step) => drawn(step, voice)),
    { kind: 'goal', text: goalWords(flow, voice), lanes: [] },
  ]
}

function drawn(step: Step, voice: Voice): PictureStep {
  return { kind: step.kind, text: stepWords(step, voice), lanes: lanesOf(step, voice) }
}

function lanesOf(step: Step, voice: Voice): PictureStep['lanes'] {
  const lane = (name: string, steps: readonly Step[]) => ({
    name,
    steps: steps.map((one) => drawn(one, voice)),
  })
  const ko = voice.language === 'ko'
  switch (step.kind) {
    case 'branch':
      return [
        ...step.paths.map(({ name, steps }) => lane(name, steps)),
        lane(ko ? '나머지' : 'Everyone else', step.otherwise),
      ]
    case 'split': {
      const whole = step.arms.reduce((sum, { share }) => sum + share, 0)
      const percent = (share: number) => (whole > 0 ? Math.round((share / whole) * 100) : 0)
      return step.arms.map(({ name, share, steps }) => lane(`${name} ${percent(share)}%`, steps))
    }
    case 'wait_for':
      return [
        lane(watchWords(step.watch, voice), step.happened),
        lane(
          ko
            ? `${spanWords(step.minutes, voice)} 동안 없으면`
            : `Not in ${spanWords(step.minutes, voice)}`,
          step.timedOut,
        ),
      ]
    default:
      return []
  }
}

function triggerWords({ trigger, audience }: Flow, voice: Voice): string {
  const { language } = voice
  const of = audience === undefined ? '' : segmentWords(audience, voice)
  const within = (what: string) => (of === '' ? what : `${what} (${of})`)
  switch (trigger.kind) {
    case 'event':
      return within(eventWords(trigger.event, language))
    case 'segment':
      return watchWords(trigger, voice)
    case 'schedule':
      return within(scheduleSentence(trigger.schedule, language, voice.zone))
    case 'anniversary':
      return within(language === 'ko' ? `해마다 ${trigger.trait}` : `Every ${trigger.trait}`)
    case 'api':
      return language === 'ko' ? '우리 서버가 부르면' : 'Called by your server'
    case 'page':
      return within(pageSentence(trigger, language))
    default:
      return unreachable(trigger)
  }
}

function goalWords({ goal }: Flow, voice: Voice): string {
  const what = eventWords(goal.event, voice.language)
  const span = spanWords(goal.windowHours * 60, voice)
  return voice.language === 'ko' ? `목표: ${span} 안에 ${what}` : `Goal: ${what} within ${span}`
}

/** One step in a few words. */
export function stepWords(step: Step, voice: Voice): string {
  const ko = voice.language === 'ko'
  switch (step.kind) {
    case 'wait': {
      const span = spanWords(step.minutes, voice)
      if (step.byGoods)
        return ko ? `상품마다 (보통 ${span}) 기다림` : `Wait by product (usually ${span})`
      return ko ? `${span} 기다림` : `Wait ${span}`
    }
    case 'wait_until':
      return untilWords(step.until, voice)
    case 'wait_for': {
      const [what, span] = [watchWords(step.watch, voice), spanWords(step.minutes, voice)]
      return ko ? `${what}: ${span}까지 기다림` : `Wait for ${what}, ${span} at most`
    }
    case 'branch':
      return step.paths.map(({ when }) => testWords(when, voice)).join(' · ')
    case 'split':
      return ko ? '나눠서 비교' : 'Share out and compare'
    case 'message':
      return messageWords(step, voice)
    case 'coupon':
      return ko ? '쿠폰 발급' : 'Give a coupon'
    case 'set_trait':
      return ko ? `고객 정보 적기: ${step.trait}` : `Note ${step.trait}`
    case 'list':
      return ko ? '목록에 담기' : 'Put on a list'
    case 'webhook':
      return ko ? '우리 서버 부르기' : 'Call your server'
    case 'goto':
      return ko ? '앞 단계로' : 'Back to an earlier step'
    case 'exit':
      return ko ? '여기서 끝' : 'End here'
    default:
      return unreachable(step)
  }
}

const channels = {
  email: { ko: '이메일', en: 'E-mail' },
  sms: { ko: '문자', en: 'Text' },
  kakao: { ko: '카카오톡', en: 'KakaoTalk' },
  web_push: { ko: '웹 푸시', en: 'Push' },
  webhook: { ko: '웹훅', en: 'Webhook' },
  onsite: { ko: '온사이트', en: 'On site' },
} as const

/** Every channel in the order in which it is tried, whether a coupon goes along, and the first words as a reader sees them. */
function messageWords(step: MessageStep, { language }: Voice): string {
  const chain = chainOf(step).map(({ content }) => content)
  const how = chain.map(({ channel }) => channels[channel][language]).join(' → ')
  const mail = chain.find((content) => content.channel === 'email')
  const first = chain[0]
  const said = withoutLiquid(mail?.subject ?? (first ? firstWords(first) : ''), language)
  const coupon = step.coupon === undefined ? '' : language === 'ko' ? ' + 쿠폰' : ' + coupon'
  return said === '' ? `${how}${coupon}` : `${how}${coupon}: ${said}`
}

/** What a reader sees of it first; of a picture or of what was approved elsewhere, nothing. */
function firstWords(content: ReturnType<typeof chainOf>[number]['content']): string {
  if ('text' in content) return content.text
  if (content.channel !== 'onsite') return ''
  const [said = ''] = content.parts.flatMap((part) => ('text' in part ? [part.text] : []))
  return said
}

/** A text with its values put as a stranger would read them: the name as 고객님, everything else as a gap. */
function withoutLiquid(text: string, language: Language): string {
  const ko = language === 'ko'
  const plain = text
    .replace(/\{%-?\s*if[\s\S]*?\{%-?\s*endif\s*-?%\}/g, '')
    .replace(/\{\{\s*customer\.name[^}]*\}\}/g, ko ? '고객님' : 'customer')
    .replace(/\{\{\s*coupon\.benefit[^}]*\}\}/g, ko ? '할인' : 'a discount')
    .replace(/\{\{[^}]*\}\}/g, '○○')
    .replace(/\s+/g, ' ')
    .trim()
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

function untilWords(until: WaitUntilStep['until'], { language }: Voice): string {
  const ko = language === 'ko'
  switch (until.kind) {
    case 'time':
      return ko ? `${until.time}까지 기다림` : `Until ${until.time}`
    case 'date':
      return ko ? `${until.date} ${until.time}까지 기다림` : `Until ${until.date} ${until.time}`
    default:
      return ko ? `${until.path} ${until.time}까지 기다림` : `Until ${until.path} ${until.time}`
  }
}

function watchWords(
  watch:
    | Watch
    | { readonly kind: 'segment'; readonly segment: number; readonly on: 'entered' | 'left' },
  voice: Voice,
): string {
  if (watch.kind === 'event') return eventWords(watch.event, voice.language)
  const name = segmentWords(watch.segment, voice)
  if (voice.language === 'ko')
    return watch.on === 'entered' ? `${name}에 들어옴` : `${name}에서 나감`
  return watch.on === 'entered' ? `entering ${name}` : `leaving ${name}`
}

function testWords(test: PersonTest, voice: Voice): string {
  const ko = voice.language === 'ko'
  switch (test.kind) {
    case 'all':
    case 'any':
      return test.of.map((one) => testWords(one, voice)).join(ko ? ', ' : ', ')
    case 'not':
      return ko ? `${testWords(test.of, voice)} 아님` : `not ${testWords(test.of, voice)}`
    case 'segment':
      return segmentWords(test.segment, voice)
    case 'trait':
    case 'answer':
      return test.path
    case 'trigger':
      return ko ? '들어온 이벤트에 따라' : 'by the event'
    case 'cart':
      return ko ? '장바구니 금액에 따라' : 'by the value of the cart'
    default:
      return unreachable(test)
  }
}

function segmentWords(id: number, { segments, language }: Voice): string {
  return segments.get(id) ?? (language === 'ko' ? '세그먼트' : 'a segment')
}

/** `1시간`, `2일`, `24시간 30분`. */
function spanWords(minutes: number, { language }: Voice): string {
  const ms = minutes * minuteMs
  const units = [
    [dayMs, '일', 'day'],
    [hourMs, '시간', 'hour'],
    [minuteMs, '분', 'minute'],
  ] as const
  if (ms === 0) return language === 'ko' ? '바로' : 'nothing'
  let left = ms
  const parts = units.flatMap(([unit, ko, en]) => {
    const amount = Math.floor(left / unit)
    left -= amount * unit
    if (amount === 0) return []
    return [language === 'ko' ? `${amount}${ko}` : `${amount} ${en}${amount === 1 ? '' : 's'}`]
  })
  return parts.join(' ')
}
