import { Progress } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { SendingSettings } from '../../../server/src/messages/sending.ts'
import { getLimits, getSpending, putLimits, type Spending } from '../api/sending.ts'
import { getText } from '../api/text.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { money, unitMoney } from '../design/format.ts'
import { channelNames } from '../messages/channel-names.ts'
import style from './settings.module.css'
import { SettingsForm } from './settings-form.tsx'
import { ShopHoldout } from './shop-holdout.tsx'

const text = words({
  title: { ko: '발송 한도와 예산', en: 'Limits and budget' },
  note: {
    ko: '모든 캠페인에 함께 적용돼요. 안내 메시지에는 한도를 두지 않아요.',
    en: 'They hold over all campaigns. Notices are not limited.',
  },
  perDay: { ko: '한 사람에게 24시간에 보낼 광고', en: 'Advertisements a person, in 24 hours' },
  perWeek: { ko: '한 사람에게 7일에 보낼 광고', en: 'Advertisements a person, in 7 days' },
  precedence: {
    ko: '더 중요한 캠페인이 앞서는 시간',
    en: 'How long a weightier campaign comes first',
  },
  margin: { ko: '밤 9시 전에 미리 멈추는 시간', en: 'Stops so long before 21:00' },
  spread: { ko: '아침 8시부터 나눠 보내는 시간', en: 'Spread over, from 08:00' },
  hours: { ko: '시간', en: ' hours' },
  minutes: { ko: '분', en: ' minutes' },
  budget: { ko: '한 달 발송 예산', en: 'Budget of a month' },
  budgetNote: {
    ko: '문자와 카카오 비용을 단가로 세요. 예산을 넘기 전에 광고를 멈추고, 주문 안내 같은 메시지는 계속 보내요. 비워 두면 한도가 없어요.',
    en: 'Texts and Kakao messages are counted by their unit prices. Advertising stops before the budget is exceeded; order notices go on. Empty: no limit.',
  },
  times: { ko: '번', en: '' },
  won: { ko: '원', en: 'won' },
  tooSmall: {
    ko: (most: string) =>
      `문자 한 통이 많아야 ${most}이라서, 이 예산으로는 광고 문자를 한 통도 못 보낼 수 있어요.`,
    en: (most: string) =>
      `One text costs ${most} at most: with this budget not even one may be sent as advertising.`,
  },
  spent: { ko: '이번 달에 쓴 비용', en: 'Spent this month' },
  of: { ko: (all: string) => `예산 ${all}`, en: (all: string) => `of ${all}` },
  near: { ko: '예산의 80%를 넘었어요.', en: 'Over 80 % of the budget.' },
  over: {
    ko: '예산을 다 써서 광고를 멈췄어요.',
    en: 'The budget is spent: advertising has stopped.',
  },
  paused: {
    ko: (channel: string, count: number) =>
      `${channel}: 발송 서버가 응답하지 않아 ${count.toLocaleString('ko-KR')}통이 기다려요. 다시 되면 이어서 보내요.`,
    en: (channel: string, count: number) =>
      `${channel}: the provider fails, ${count.toLocaleString('en-US')} messages wait until it works again.`,
  },
  empty: {
    ko: (channel: string, count: number) =>
      `${channel}: 계정 잔액이 없어 ${count.toLocaleString('ko-KR')}통이 기다려요. 충전하면 조건을 다시 보고 보내요.`,
    en: (channel: string, count: number) =>
      `${channel}: the account is empty, ${count.toLocaleString('en-US')} messages wait. They are decided anew once there is money.`,
  },
})

const at = {
  key: ['sending', 'limits'],
  get: getLimits,
  put: (value: SendingSettings, seen: SendingSettings) => {
    const { adsPerDay, adsPerWeek, precedenceHours, monthlyBudget } = value
    const { nightMarginMinutes, morningSpreadMinutes, shopHoldout } = value
    const caps = { adsPerDay, adsPerWeek, precedenceHours, monthlyBudget }
    const rest = { nightMarginMinutes, morningSpreadMinutes, shopHoldout }
    return putLimits({ ...caps, ...rest }, seen)
  },
  after: [['sending'], ['proof']],
}

/** Caps, the month's budget, and what it has cost so far. */
export function SendingLimits() {
  const said = useWords(text)
  return (
    <SettingsForm title={said.title} note={said.note} at={at} roles={['marketer', 'developer']}>
      {({ value, set, disabled, number }) => (
        <>
          <Spent />
          <div className={style.pair}>
            {number('adsPerDay', { label: said.perDay, suffix: said.times, max: 20 })}
            {number('adsPerWeek', { label: said.perWeek, suffix: said.times, max: 50 })}
            {number('precedenceHours', { label: said.precedence, suffix: said.hours, max: 168 })}
            {number('nightMarginMinutes', {
              label: said.margin,
              suffix: said.minutes,
              min: 2,
              max: 60,
            })}
            {number('morningSpreadMinutes', {
              label: said.spread,
              suffix: said.minutes,
              max: 180,
            })}
          </div>
          {number('monthlyBudget', {
            label: said.budget,
            description: said.budgetNote,
            suffix: ` ${said.won}`,
            max: 1_000_000_000_000,
            empty: null,
          })}
          <TooSmall budget={value.monthlyBudget} />
          <ShopHoldout
            share={value.shopHoldout}
            disabled={disabled}
            onChange={(shopHoldout) => set({ shopHoldout })}
          />
        </>
      )}
    </SettingsForm>
  )
}

/** A budget that does not pay for one message stops all advertising by it from the first day on. */
function TooSmall({ budget }: { readonly budget: number | null }) {
  const said = useWords(text)
  const language = useLanguage()
  const { currency } = useSession().shop
  const may = useMay('marketer', 'developer')
  const account = useQuery({
    queryKey: ['text'],
    queryFn: ({ signal }) => getText(signal),
    enabled: may,
  })
  const { smsWon = 0, lmsWon = 0, mmsWon = 0 } = account.data ?? {}
  const dearest = Math.max(smsWon, lmsWon, mmsWon)
  if (budget === null || budget >= dearest) return null
  return (
    <p className={style.trouble} role="status">
      {said.tooSmall(unitMoney(dearest, currency, language))}
    </p>
  )
}

function Spent() {
  const said = useWords(text)
  const language = useLanguage()
  const names = useWords(channelNames)
  const { currency } = useSession().shop
  const spending = useQuery({
    queryKey: ['sending', 'spending'],
    queryFn: ({ signal }) => getSpending(signal),
  })
  if (!spending.data) return null
  const { spent, budget, warning, items, resting } = spending.data
  const trouble = troubleOf(warning)
  return (
    <div>
      <div className={style.label}>{said.spent}</div>
      <div className={style.amount}>{money(spent, currency, language)}</div>
      {budget !== null && (
        <>
          <p className={style.note}>{said.of(money(budget, currency, language))}</p>
          <Progress
            aria-label={said.spent}
            value={budget === 0 ? 100 : Math.min(100, (spent / budget) * 100)}
            color={warning === 'none' ? 'gray' : 'red'}
          />
        </>
      )}
      {items.map((item) => (
        <p key={item.form} className={style.note}>
          {item.form} {item.messages.toLocaleString('en-US')} ·{' '}
          {money(item.cost, currency, language)}
        </p>
      ))}
      {trouble && (
        <p className={`${style.trouble} ${style.beneath}`} role="status">
          {said[trouble]}
        </p>
      )}
      {resting.map(({ channel, reason, messages }) => (
        <p key={`${channel}${reason}`} className={style.trouble} role="status">
          {reason === 'no_balance'
            ? said.empty(names[channel], messages)
            : said.paused(names[channel], messages)}
        </p>
      ))}
    </div>
  )
}

function troubleOf(warning: Spending['warning']): 'near' | 'over' | undefined {
  if (warning === 'none') return undefined
  return warning === 'near' ? 'near' : 'over'
}
