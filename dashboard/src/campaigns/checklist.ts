import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { stepsOf } from '../../../server/src/campaigns/flow-map.ts'
import { metricOf } from '../../../server/src/campaigns/goal-metric.ts'
import { chainOf } from '../../../server/src/campaigns/steps/message.ts'
import { labelProblems, senderProblems } from '../../../server/src/messages/compose.ts'
import { josa } from '../../../server/src/messages/filters.ts'
import { type NamedRule, named, law as rules } from '../../../server/src/messages/law.ts'
import type { MessageContent } from '../../../server/src/messages/message-content.ts'
import { firstText } from '../../../server/src/messages/onsite/texts.ts'
import type { Sender } from '../../../server/src/shops/shop.ts'
import type { MessageProblem } from '../api/previews.ts'
import { inLanguage, type Language, words } from '../app/language.ts'
import { eventNoun } from '../events/noun.ts'
import type { Place } from './flow/editing.ts'
import { type FlowProblem, problemsIn, problemWords } from './flow/problem-words.ts'
import { metricNames } from './metric-words.ts'
import { isOnPageOnly } from './on-page.ts'
import { unready } from './unready.ts'

const text = words({
  audience: { ko: '들어오는 고객', en: 'Audience' },
  message: { ko: '메시지', en: 'Message' },
  law: { ko: '법', en: 'Law' },
  goal: { ko: '목표', en: 'Goal' },
  holdout: { ko: '대조군', en: 'Hold-out' },
  audienceOk: { ko: '누가 들어오는지 정했어요.', en: 'It is clear who enters.' },
  messageOk: { ko: '보낼 내용이 있어요.', en: 'There is something to send.' },
  messageMissing: {
    ko: '내용을 적어 주세요. 비어 있으면 보낼 수 없어요.',
    en: 'Write something; an empty message cannot be sent.',
  },
  lawOk: {
    ko: '(광고) 표시, 보내는 사람, 수신거부 방법이 저절로 들어가요. 동의하지 않은 고객에게는 보내지 않아요.',
    en: 'The (광고) label, the sender and the way to opt out are added for you. Nobody without consent is messaged.',
  },
  lawInfoOk: {
    ko: '정해진 안내라서 동의 없이 보내고 (광고)를 붙이지 않아요. 켠 사람의 이름이 남아요.',
    en: 'A notice of the closed list: no consent and no label needed. The name of whoever switches it on is kept.',
  },
  lawCallOk: {
    ko: '상점의 서버로 가는 호출이라 사람에게 닿지 않아요.',
    en: 'A call to the shop’s server reaches no person.',
  },
  lawPageOk: {
    ko: '상점의 화면에서만 보여주고 아무것도 보내지 않아요. 그래서 수신동의와 밤 시간은 따지지 않아요.',
    en: 'It is shown on the shop’s own pages and nothing is transmitted: consent and the night do not matter.',
  },
  messagePage: { ko: '보여줄 내용이 있어요.', en: 'There is something to show.' },
  goalPage: {
    ko: (what: string, by: string) =>
      `${josa(what, '이/가')} 일어난 고객에게는 보여주지 않아요. 결과는 ${josa(by, '으로/로')} 평가해요.`,
    en: (what: string, by: string) => `No longer shown after: ${what}. Judged by: ${by}.`,
  },
  holdoutPage: {
    ko: (share: string) => `${share}에게는 일부러 보여주지 않고 비교해요.`,
    en: (share: string) => `${share} do not see it, on purpose, and are compared.`,
  },
  goalOk: {
    ko: (what: string, by: string) =>
      `${josa(what, '이/가')} 일어난 고객에게는 보내지 않아요. 결과는 ${josa(by, '으로/로')} 평가해요.`,
    en: (what: string, by: string) => `No more messages after: ${what}. Judged by: ${by}.`,
  },
  holdoutOk: {
    ko: (share: string) => `${share}는 일부러 보내지 않고 비교해요.`,
    en: (share: string) => `${share} are left out on purpose and compared.`,
  },
  holdoutNone: {
    ko: '대조군이 없으면 메시지 덕분인지 알 수 없어요. 10 %를 권해요.',
    en: 'Without a hold-out nobody can tell what the message did. 10 % is advised.',
  },
})

export type Check = {
  readonly key: 'audience' | 'message' | 'law' | 'goal' | 'holdout'
  readonly name: string
  readonly ok: boolean
  /** Keeps the campaign from going live while it is not ok. */
  readonly needed: boolean
  readonly says: string
  /** Where it is put right, when that is another page. */
  readonly to?: string
  /** Where in the flow it is put right. */
  readonly at?: Place | undefined
  /** The rule that it breaks. */
  readonly rule?: NamedRule | undefined
}

const ofLaw: ReadonlySet<string> = new Set([
  'sender_missing',
  'sender_hidden',
  'label_imitated',
  'opt_out_missing',
  'looks_like_advertising',
])
const isOfLaw = (code: string) => ofLaw.has(code)

/** The checklist beside the editor: each line green, or what to do. */
export function checklist({
  flow,
  problems,
  sender,
  refused,
  language,
}: {
  readonly flow: Flow
  /** Everything that is missing in the flow. */
  readonly problems: readonly FlowProblem[]
  readonly sender: Sender | undefined
  /** Everything that keeps its messages from being published, as the server says it. */
  readonly refused: readonly MessageProblem[]
  readonly language: Language
}): readonly Check[] {
  const said = inLanguage(text, language)
  const messages = stepsOf(flow).flatMap((step) => (step.kind === 'message' ? [step] : []))
  const contents = messages.flatMap((step) => chainOf(step).map(({ content }) => content))
  const unwritten = messages.find((step) =>
    chainOf(step).some(({ content }) => wordsOf(content).trim() === ''),
  )
  const inEntry = problemsIn(problems, 'trigger')[0]
  const inGoal = problemsIn(problems, 'goal')[0]
  const inSteps = [...problemsIn(problems, 'steps'), ...problemsIn(problems, 'conditions')][0]
  const label = contents.flatMap((one) => labelProblems(wordsOf(one)))
  const hasMail = contents.some((one) => one.channel === 'email')
  const missing = sender && hasMail ? senderProblems(sender, flow.nature) : []
  const law = [...label, ...missing, ...refused.filter((one) => isOfLaw(one.code))][0]
  const unreadyStep = messages.find((step) => chainOf(step).some(({ content }) => unready(content)))
  const empty =
    unreadyStep && chainOf(unreadyStep).flatMap(({ content }) => unready(content) ?? [])[0]
  const wrong = empty ?? refused.find((one) => !isOfLaw(one.code))
  const share = `${Math.round(flow.holdoutShare * 100)} %`
  const onPage = isOnPageOnly(flow)
  const heldOut = onPage ? said.holdoutPage : said.holdoutOk
  const aim = (say: typeof said.goalOk) =>
    say(eventNoun(flow.goal.event, language), inLanguage(metricNames, language)[metricOf(flow)])
  return [
    {
      key: 'audience',
      name: said.audience,
      needed: true,
      ok: inEntry === undefined,
      says: inEntry ? problemWords(inEntry, language) : said.audienceOk,
      at: inEntry && 'trigger',
    },
    {
      key: 'message',
      name: said.message,
      needed: true,
      ok: !unwritten && !inSteps && wrong === undefined,
      says: empty
        ? empty[language]
        : unwritten
          ? said.messageMissing
          : inSteps
            ? problemWords(inSteps, language)
            : (wrong?.[language] ?? (onPage ? said.messagePage : said.messageOk)),
      at:
        unreadyStep?.id ??
        unwritten?.id ??
        (inSteps ? placeOfProblem(inSteps) : stepOfProblem(wrong)),
      ...placeOf(wrong),
    },
    {
      key: 'law',
      name: said.law,
      needed: true,
      ok: law === undefined,
      says: law ? law[language] : lawful(said, flow, contents),
      rule: law && (law.rule ?? named(missing.length > 0 ? rules.sender : rules.label)),
      at: stepOfProblem(law),
      ...(missing.length > 0 ? { to: '/settings/sender' } : placeOf(law)),
    },
    {
      key: 'goal',
      name: said.goal,
      needed: true,
      ok: inGoal === undefined,
      says: inGoal ? problemWords(inGoal, language) : aim(onPage ? said.goalPage : said.goalOk),
      at: inGoal && 'goal',
    },
    {
      key: 'holdout',
      name: said.holdout,
      needed: false,
      ok: flow.holdoutShare > 0,
      says: flow.holdoutShare > 0 ? heldOut(share) : said.holdoutNone,
      at: 'rules',
    },
  ]
}

/** The step a problem of the flow speaks of; a problem of the whole flow has none. */
function placeOfProblem({ field }: FlowProblem): Place | undefined {
  const step = Number(/^steps\.(\d+)/.exec(field)?.[1])
  if (step > 0) return step
  return field.startsWith('conditions') ? 'rules' : undefined
}

function stepOfProblem(problem: object | undefined): Place | undefined {
  return problem && 'step' in problem && typeof problem.step === 'number' ? problem.step : undefined
}

/** Where in the settings a problem is put right, if it is there. */
function placeOf(problem: object | undefined): { readonly to?: string } {
  const code = problem && 'code' in problem ? problem.code : undefined
  if (code === 'shop_address_missing') return { to: '/settings/shop' }
  return code === 'opt_out_missing' ? { to: '/settings/text' } : {}
}

function lawful(
  said: Readonly<Record<'lawOk' | 'lawInfoOk' | 'lawCallOk' | 'lawPageOk', string>>,
  flow: Flow,
  contents: readonly MessageContent[],
): string {
  const isCall = contents.length > 0 && contents.every((one) => one.channel === 'webhook')
  if (isCall) return said.lawCallOk
  if (isOnPageOnly(flow)) return said.lawPageOk
  return flow.nature.purpose === 'informational' ? said.lawInfoOk : said.lawOk
}

/** The words a reader sees first. A call to the shop's server has none, and its address stands for them. */
function wordsOf(content: MessageContent): string {
  switch (content.channel) {
    case 'email':
      return content.subject
    case 'sms':
      return content.text
    case 'kakao':
      return content.kind === 'brand' ? content.text : content.template
    case 'web_push':
      return content.title
    case 'webhook':
      return content.url
    case 'onsite':
      return firstText(content)
  }
}
