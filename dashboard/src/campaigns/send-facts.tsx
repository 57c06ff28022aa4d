import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { stepsOf } from '../../../server/src/campaigns/flow-map.ts'
import { nextRun } from '../../../server/src/campaigns/schedule.ts'
import { chainOf } from '../../../server/src/campaigns/steps/message.ts'
import type { MessageContent } from '../../../server/src/messages/message-content.ts'
import type { Form } from '../../../server/src/messages/price.ts'
import { laneLimits } from '../../../server/src/messages/sending.ts'
import { getFirstSend } from '../api/consents.ts'
import { getEstimate, getLimits, getSpending } from '../api/sending.ts'
import { getText } from '../api/text.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { hourAndMinute, mails, money, people, unitMoney } from '../design/format.ts'
import { channelNames } from '../messages/channel-names.ts'
import { useCouponCost } from './coupon-cost.tsx'
import type { MailDrawn } from './mail-view.tsx'
import { firstMessage } from './shown-message.ts'
import { type Recipients, useRecipients } from './use-recipients.ts'

const text = words({
  cost: { ko: '비용', en: 'Cost' },
  freePage: { ko: '보여주는 데 드는 비용이 없어요.', en: 'Showing it costs nothing.' },
  free: { ko: '한 통마다 드는 비용이 없어요.', en: 'No cost per message.' },
  unit: {
    ko: (form: string, won: string) => `${form} 한 통에 ${won}.`,
    en: (form: string, won: string) => `${won} for each ${form}.`,
  },
  daily: {
    ko: (n: string, won: string) => ` 지난 24시간처럼 ${n}이 들어오면 하루에 많아야 ${won}이에요.`,
    en: (n: string, won: string) => ` With ${n} as in the last 24 hours, ${won} a day at most.`,
  },
  bulk: {
    ko: (n: string, won: string) => ` 지금 세그먼트의 ${n} 모두에게 나가면 많아야 ${won}이에요.`,
    en: (n: string, won: string) => ` To all ${n} of the segment now, ${won} at most.`,
  },
  recipients: { ko: '받는 사람', en: 'Recipients' },
  atOnce: {
    ko: (n: string) =>
      `지금 세그먼트에 ${n}이 있어요. 그중 동의하고 연락처가 있는 분에게만, 보내는 때에 다시 세서 보내요.`,
    en: (n: string) =>
      `${n} in the segment now. Counted anew when it goes, and only those who agreed and can be reached.`,
  },
  noPrice: {
    ko: '단가를 아직 적지 않아 비용을 셀 수 없어요.',
    en: 'Without unit prices the cost is not known.',
  },
  setPrice: { ko: '설정에 단가 적기', en: 'Set the prices' },
  budget: { ko: '이번 달 예산', en: 'Budget of the month' },
  budgetLeft: {
    ko: (left: string, all: string) => `${all} 가운데 ${left} 남았어요. 다 쓰면 광고는 멈춰요.`,
    en: (left: string, all: string) =>
      `${left} of ${all} left. Advertising stops when it is spent.`,
  },
  budgetOver: {
    ko: (left: string) => `${left} 남아서 모두 보내기에는 모자라요. 다 쓰면 광고는 멈춰요.`,
    en: (left: string) =>
      `${left} left, less than all of them cost. Advertising stops when it is spent.`,
  },
  noBudget: { ko: '정해 두지 않았어요.', en: 'None is set.' },
  balance: { ko: '문자 계정 잔액', en: 'Balance for texts' },
  low: {
    ko: (won: string) => `${won}. 부족해지면 기다렸다가 충전된 뒤에 조건을 다시 보고 보내요.`,
    en: (won: string) =>
      `${won}. When it runs out messages wait, and are decided anew once there is more.`,
  },
  today: { ko: '오늘 보낼 수 있는 양', en: 'What fits today' },
  fits: {
    ko: (channel: string, until: string, most: string) =>
      `${channel}: ${until}까지 많아야 ${most}. 나머지는 내일 아침 8시부터 조건을 다시 보고 보내요.`,
    en: (channel: string, until: string, most: string) =>
      `${channel}: at most ${most} until ${until}. The rest is decided anew from 08:00.`,
  },
  paced: {
    ko: (most: string, rate: string) => `${most} (1초에 ${rate}까지)`,
    en: (most: string, rate: string) => `${most} (${rate} a second)`,
  },
  night: {
    ko: (channel: string) =>
      `${channel}: 지금은 밤이라 야간 동의가 없는 고객에게는 내일 아침 8시부터 보내요.`,
    en: (channel: string) =>
      `${channel}: it is night; people without consent to it are messaged from 08:00.`,
  },
  kakaoNight: {
    ko: (channel: string) => `${channel}: 지금은 받지 않는 시각이라 내일 아침 8시부터 보내요.`,
    en: (channel: string) => `${channel}: takes none at this hour; they go from 08:00.`,
  },
  first: { ko: '첫 발송 준비', en: 'First send' },
  locked: {
    ko: '예전 수신거부와 동의를 아직 옮기지 않았어요. 연결한 채널로는 나가지 않고 시험 발송만 돼요.',
    en: 'Refusals and consents of before are not brought over yet. Nothing leaves through connected channels, tests only.',
  },
  settle: { ko: '지금 끝내기', en: 'Settle it now' },
})

type Fact = readonly [name: string, says: ReactNode]
type Props = {
  readonly flow: Flow
  readonly mail: MailDrawn
  /** Id of the playbook the campaign came from. */
  readonly playbook: string | null
}

/** What sending would cost, how many fit today, and what stands in the way, line by line. */
export function useSendFacts({ flow, mail, playbook }: Props): readonly Fact[] {
  const channels = [
    ...new Set(
      stepsOf(flow).flatMap((step) =>
        step.kind === 'message' ? chainOf(step).map(({ content }) => content.channel) : [],
      ),
    ),
  ]
  const content = firstMessage(flow)?.content
  const recipients = useRecipients(flow, playbook)
  const whom = useWhom(recipients)
  const cost = useCost(content, mail, recipients)
  const gift = useCouponCost({ flow, form: formOf(content, mail), recipients })
  const today = useToday(flow, channels)
  const lock = useLock(channels)
  return [...whom, ...cost, ...gift, ...today, ...lock]
}

/** How many a bulk send speaks to. */
function useWhom(recipients: Recipients | undefined): readonly Fact[] {
  const said = useWords(text)
  const language = useLanguage()
  if (!recipients?.atOnce) return []
  return [[said.recipients, said.atOnce(people(recipients.count, language))]]
}

/** What the first message is charged as; undefined where it is free. */
function formOf(content: MessageContent | undefined, mail: MailDrawn): Form | undefined {
  switch (content?.channel) {
    case 'sms':
      return mail.data?.sms?.sizes.worst?.form ?? mail.data?.sms?.form ?? 'LMS'
    case 'kakao':
      return content.kind
    default:
      return undefined
  }
}

function useCost(
  content: MessageContent | undefined,
  mail: MailDrawn,
  recipients: Recipients | undefined,
): readonly Fact[] {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const form = formOf(content, mail)
  const isText = content?.channel === 'sms'
  const most = recipients?.count ?? 0
  const estimate = useQuery({
    queryKey: ['sending', 'estimate', form, most],
    queryFn: ({ signal }) => getEstimate({ form: form ?? 'SMS', recipients: most }, signal),
    enabled: form !== undefined,
  })
  const spending = useQuery({
    queryKey: ['sending', 'spending'],
    queryFn: ({ signal }) => getSpending(signal),
  })
  const account = useQuery({
    queryKey: ['text'],
    queryFn: ({ signal }) => getText(signal),
    enabled: isText,
  })
  if (form === undefined)
    return [[said.cost, content?.channel === 'onsite' ? said.freePage : said.free]]
  const won = (amount: number) => money(amount, shop.currency, language)
  const known = estimate.data
  const summed = recipients?.atOnce ? said.bulk : said.daily
  const price: Fact = [
    said.cost,
    known ? (
      said.unit(formName(form, language), unitMoney(known.unit, shop.currency, language)) +
      (most > 0 ? summed(people(most, language), won(known.total)) : '')
    ) : (
      <>
        {said.noPrice}{' '}
        <Anchor component={Link} href={isText ? '/settings/text' : '/settings/kakao'} inherit>
          {said.setPrice}
        </Anchor>
      </>
    ),
  ]
  const { budget, spent } = spending.data ?? { budget: null, spent: 0 }
  const left = won(Math.max(0, (budget ?? 0) - spent))
  const limit: Fact = [
    said.budget,
    budget === null
      ? said.noBudget
      : known?.fits === false
        ? said.budgetOver(left)
        : said.budgetLeft(left, won(budget)),
  ]
  const state = account.data?.state
  const low: readonly Fact[] =
    isText && state?.isLow && state.balanceWon !== null
      ? [[said.balance, said.low(won(state.balanceWon))]]
      : []
  return [price, limit, ...low]
}

function formName(form: Form, language: 'ko' | 'en'): string {
  if (form === 'alimtalk') return language === 'ko' ? '알림톡' : 'Alimtalk'
  if (form === 'brand') return language === 'ko' ? '브랜드 메시지' : 'Brand Message'
  return form
}

/** What runs on a later day has that day's hours. */
function goesToday({ trigger }: Flow, zone: string): boolean {
  if (trigger.kind !== 'schedule') return true
  const next = nextRun(trigger.schedule, Date.now(), zone)
  const day = (at: number) => Math.floor((at + 9 * 3_600_000) / 86_400_000)
  return next === undefined || day(next) === day(Date.now())
}

function useToday(flow: Flow, channels: readonly MessageContent['channel'][]): readonly Fact[] {
  const said = useWords(text)
  const { shop } = useSession()
  const names = useWords(channelNames)
  const language = useLanguage()
  const limits = useQuery({
    queryKey: ['sending', 'limits'],
    queryFn: ({ signal }) => getLimits(signal),
  })
  const spending = useQuery({
    queryKey: ['sending', 'spending'],
    queryFn: ({ signal }) => getSpending(signal),
  })
  // The night binds advertising only.
  if (flow.nature.purpose === 'informational' || !limits.data || !spending.data) return []
  if (!goesToday(flow, shop.timeZone)) return []
  const settings = limits.data
  const lines = spending.data.hours.flatMap(({ channel, leftTodayMs }) => {
    if (leftTodayMs === null || !channels.includes(channel)) return []
    if (leftTodayMs === 0)
      return [channel === 'kakao' ? said.kakaoNight(names[channel]) : said.night(names[channel])]
    const { ratePerSecond } = laneLimits(settings, channel)
    const most = mails(Math.floor((leftTodayMs / 1_000) * ratePerSecond), language)
    const until = hourAndMinute(Date.now() + leftTodayMs, 'Asia/Seoul')
    return [said.fits(names[channel], until, said.paced(most, mails(ratePerSecond, language)))]
  })
  return lines.length === 0 ? [] : [[said.today, lines.join(' ')]]
}

function useLock(channels: readonly MessageContent['channel'][]): readonly Fact[] {
  const said = useWords(text)
  const state = useQuery({
    queryKey: ['consents', 'first-send'],
    queryFn: ({ signal }) => getFirstSend(signal),
  })
  // Calls to the shop's own server reach no person, and nothing is transmitted to who stands on its page.
  const isSent = channels.some((channel) => channel !== 'webhook' && channel !== 'onsite')
  if (!state.data?.locked || !isSent) return []
  return [
    [
      said.first,
      <span key="first">
        {said.locked}{' '}
        <Anchor component={Link} href="/settings/consent" inherit>
          {said.settle}
        </Anchor>
      </span>,
    ],
  ]
}
