import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { stepsOf } from '../../../server/src/campaigns/flow-map.ts'
import { eventOfTrigger } from '../../../server/src/campaigns/trigger.ts'
import { josa } from '../../../server/src/messages/filters.ts'
import { inLanguage, words } from '../app/language.ts'
import { lasting } from '../design/format.ts'
import { eventNoun } from '../events/noun.ts'
import { segmentName, triggerSentence, type Voice } from './flow/step-words.ts'
import { isOnPageOnly } from './on-page.ts'

const text = words({
  who: { ko: '누구에게', en: 'To whom' },
  whoSays: {
    ko: (what: string) =>
      `지금부터 ${josa(what, '을/를')} 한 고객. 광고 수신에 동의한 고객에게만 보내요.`,
    en: (what: string) => `Everyone with ${what} from now on, if they agreed to advertising.`,
  },
  when: { ko: '언제', en: 'When' },
  whenSays: {
    ko: (wait: string) => `${wait} 기다렸다가, 보내기 직전에 한 번 더 확인해요.`,
    en: (wait: string) => `After ${wait}, with one more look right before sending.`,
  },
  byGoods: {
    ko: (span: string) => `상품마다 다르게, 보통 ${span}`,
    en: (span: string) => `a wait that differs by product, usually ${span}`,
  },
  byGoodsDaily: {
    ko: (span: string) => `상품마다 다르게 (매일 다시 재요), 보통 ${span}`,
    en: (span: string) => `a wait by product, measured anew every day, usually ${span}`,
  },
  atOnce: {
    ko: '바로, 보내기 직전에 한 번 더 확인해요.',
    en: 'At once, with one more look right before sending.',
  },
  entering: {
    ko: (how: string) => `${how}. 광고 수신에 동의한 고객에게만 보내요.`,
    en: (how: string) => `${how}, if they agreed to advertising.`,
  },
  onPage: {
    ko: (how: string) => `${how}. 상점의 화면에서만 보여줘서 수신동의와 상관없어요.`,
    en: (how: string) => `${how}. Shown on the shop’s pages only, whatever they agreed to.`,
  },
  shown: {
    ko: '그 순간 바로, 조건을 한 번 더 확인하고 보여줘요.',
    en: 'At that very moment, with one more look at the conditions.',
  },
  entered: {
    ko: (how: string) => `${how}. 고른 사람의 이름이 남아요.`,
    en: (how: string) => `${how}. Your name is kept with it.`,
  },
  infoSays: {
    ko: (what: string, because: string) =>
      `지금부터 ${josa(what, '을/를')} 한 고객. ‘${because}’ 안내라서 동의 없이 보내고, 고른 사람의 이름이 남아요.`,
    en: (what: string, because: string) =>
      `Everyone with ${what} from now on. Sent without consent as a notice (${because}); your name is kept with it.`,
  },
  callSays: {
    ko: (what: string) => `지금부터 ${josa(what, '을/를')} 한 고객마다 상점의 서버를 한 번 불러요.`,
    en: (what: string) => `Your server is called once for everyone with ${what} from now on.`,
  },
  among: {
    ko: (name: string) => `‘${name}’에 있는 고객만. `,
    en: (name: string) => `Only “${name}”. `,
  },
  everyone: { ko: '광고 수신에 동의한 고객에게만 보내요.', en: 'Those who agreed to advertising.' },
  named: { ko: '고른 사람의 이름이 남아요.', en: 'Your name is kept with it.' },
  runs: {
    ko: (how: string) => `${how}. 보내기 직전에 한 번 더 확인해요.`,
    en: (how: string) => `${how}, with one more look right before sending.`,
  },
  runsAfter: {
    ko: (how: string, wait: string) => `${how} 시작해서 ${wait} 뒤에 보내요.`,
    en: (how: string, wait: string) => `${how}, and ${wait} later the message.`,
  },
})

type Row = readonly [name: string, says: string]
type Asked = {
  readonly flow: Flow
  readonly voice: Voice
  /** What informational messages rest on, in words. */
  readonly because: Readonly<Record<string, string>>
}

/** To whom a campaign speaks and when, in two lines: what is looked over last before it is switched on. */
export function whomAndWhen(asked: Asked): readonly [Row, Row] {
  const { flow, voice } = asked
  const said = inLanguage(text, voice.language)
  const first = flow.steps.findIndex((step) => step.kind !== 'wait')
  const waited = flow.steps
    .slice(0, first < 0 ? undefined : first)
    .reduce((sum, step) => sum + (step.kind === 'wait' ? step.minutes : 0), 0)
  const span = lasting(waited * 60_000, voice.language)
  const byGoods = flow.steps.flatMap((step) => (step.kind === 'wait' ? (step.byGoods ?? []) : []))
  const isDaily = byGoods.some(({ daily }) => daily?.isOn)
  const wait = isDaily ? said.byGoodsDaily(span) : byGoods.length > 0 ? said.byGoods(span) : span
  const how = triggerSentence(flow, voice)
  const audience =
    flow.audience === undefined ? undefined : segmentName(flow.audience, voice.sources)
  const among = audience === undefined ? '' : said.among(audience)
  if (flow.trigger.kind === 'schedule') {
    const isAd = flow.nature.purpose === 'advertising'
    return [
      [said.who, among + (isAd ? said.everyone : said.named)],
      [said.when, waited === 0 ? said.runs(how) : said.runsAfter(how, wait)],
    ]
  }
  return [
    [said.who, among + whomOf(asked, how)],
    [said.when, waited > 0 ? said.whenSays(wait) : isOnPageOnly(flow) ? said.shown : said.atOnce],
  ]
}

function whomOf({ flow, voice, because }: Asked, how: string): string {
  const said = inLanguage(text, voice.language)
  const { nature, trigger } = flow
  if (trigger.kind === 'page' && isOnPageOnly(flow)) return said.onPage(how)
  if (trigger.kind !== 'event')
    return nature.purpose === 'informational' ? said.entered(how) : said.entering(how)
  const what = eventNoun(eventOfTrigger(trigger), voice.language)
  const isCall = stepsOf(flow).every(
    (step) => step.kind !== 'message' || step.content.channel === 'webhook',
  )
  if (isCall) return said.callSays(what)
  return nature.purpose === 'informational'
    ? said.infoSays(what, because[nature.because] ?? '')
    : said.whoSays(what)
}
