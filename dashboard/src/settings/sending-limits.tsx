import { Button, NumberInput, Progress } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { SendingSettings } from '../../../server/src/messages/sending.ts'
import { problemIn } from '../api/client.ts'
import { getLimits, getSpending, putLimits, type Spending } from '../api/sending.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { money } from '../design/format.ts'
import { Bones, Failure } from '../design/states.tsx'
import { channelNames } from '../messages/channel-names.ts'
import style from './settings.module.css'

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
  save: { ko: '저장하기', en: 'Save' },
  saved: { ko: '저장했어요.', en: 'Saved.' },
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

/** Caps, the month's budget, and what it has cost so far. */
export function SendingLimits() {
  const said = useWords(text)
  const limits = useQuery({
    queryKey: ['sending', 'limits'],
    queryFn: ({ signal }) => getLimits(signal),
  })
  if (limits.error) return <Failure error={limits.error} retry={() => limits.refetch()} />
  return (
    <Card title={said.title} note={said.note}>
      {limits.data ? <Form known={limits.data} /> : <Bones lines={4} />}
    </Card>
  )
}

function Form({ known }: { readonly known: SendingSettings }) {
  const said = useWords(text)
  const may = useMay('marketer', 'developer')
  const queries = useQueryClient()
  const [limits, setLimits] = useState({
    adsPerDay: known.adsPerDay,
    adsPerWeek: known.adsPerWeek,
    precedenceHours: known.precedenceHours,
    nightMarginMinutes: known.nightMarginMinutes,
    morningSpreadMinutes: known.morningSpreadMinutes,
    monthlyBudget: known.monthlyBudget,
  })
  const [opened, setOpened] = useState(known)
  const saving = useMutation({
    mutationFn: () => putLimits(limits, opened),
    onSuccess: async (next) => {
      setOpened(next)
      await queries.invalidateQueries({ queryKey: ['sending'] })
      notifications.show({ message: said.saved })
    },
  })
  const blank = (
    name: Exclude<keyof typeof limits, 'monthlyBudget'>,
    suffix: string,
    most: number,
  ) => ({
    min: name === 'nightMarginMinutes' ? 2 : 0,
    max: most,
    suffix,
    disabled: !may,
    value: limits[name],
    onChange: (value: string | number) => setLimits({ ...limits, [name]: Number(value) || 0 }),
  })
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <Spent />
      <div className={style.pair}>
        <NumberInput label={said.perDay} {...blank('adsPerDay', said.times, 20)} />
        <NumberInput label={said.perWeek} {...blank('adsPerWeek', said.times, 50)} />
        <NumberInput label={said.precedence} {...blank('precedenceHours', said.hours, 168)} />
        <NumberInput label={said.margin} {...blank('nightMarginMinutes', said.minutes, 60)} />
        <NumberInput label={said.spread} {...blank('morningSpreadMinutes', said.minutes, 180)} />
      </div>
      <NumberInput
        label={said.budget}
        description={said.budgetNote}
        min={0}
        max={1_000_000_000_000}
        decimalScale={0}
        thousandSeparator=","
        suffix={` ${said.won}`}
        disabled={!may}
        value={limits.monthlyBudget ?? ''}
        onChange={(value) =>
          setLimits({ ...limits, monthlyBudget: value === '' ? null : Number(value) })
        }
      />
      {problemIn(saving.error) && <Failure error={saving.error} />}
      {may && (
        <div className={style.buttons}>
          <Button type="submit" loading={saving.isPending}>
            {said.save}
          </Button>
        </div>
      )}
    </form>
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
