import { Button, Switch } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { getConsentSettings, putConsentSettings } from '../api/consents.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { day, nameNim } from '../design/format.ts'
import { Bones, Failure } from '../design/states.tsx'
import style from './consent.module.css'
import { Sign } from './sign.tsx'

const text = words({
  title: { ko: '법에서 정한 안내', en: 'Notices the law asks for' },
  results: { ko: '처리결과를 바로 알리기', en: 'Tell the result at once' },
  resultsText: {
    ko: '동의하거나 거부하신 분께 14일 안에 결과를 알려야 해요(정보통신망법 제50조 제7항). 쇼핑몰 솔루션이 이미 알리고 있을 때만 꺼 주세요.',
    en: 'Whoever agrees or refuses is told the result within 14 days (Network Act, article 50(7)). Switch it off only where your shop system does it.',
  },
  reconfirms: { ko: '2년마다 수신동의 확인하기', en: 'Confirm consents every two years' },
  reconfirmsText: {
    ko: '동의하신 날부터 2년이 되기 30일 전에 알려요(제50조 제8항). 답이 없으면 동의는 그대로예요. 휴면 고객은 돌아오실 때까지 기다려요.',
    en: 'Sent 30 days before two years are over (article 50(8)). No answer keeps the consent; dormant accounts wait until their owner is back.',
  },
  overdue: { ko: '2년이 이미 지난 동의도 확인하기', en: 'Also confirm what is overdue' },
  overdueText: {
    ko: '파일로 가져온 오래된 동의처럼 2년이 지난 분께, 한 달에 걸쳐 나누어 알려요. 문자는 건마다 요금이 들어요.',
    en: 'Such as old consents from a file: spread over a month. Texts cost money each.',
  },
  trading: { ko: '6개월 안에 산 고객 예외', en: 'Customers of the last six months' },
  tradingText: {
    ko: '거래하면서 직접 받은 연락처로, 거래가 끝난 지 6개월 안에 같은 종류의 우리 상품을 알릴 때만 사전 동의가 없어도 돼요(제50조 제1항 제1호). 거부하신 분께는 보내지 않고, (광고) 표시와 야간 제한은 그대로예요. 확실하지 않으면 켜지 마세요.',
    en: 'Only to addresses given in a transaction, for our own goods of the same kind, within 6 months after it ended (article 50(1) item 1). A refusal beats it; label and night rule stay. When in doubt, leave it off.',
  },
  off: { ko: '꺼져 있어요', en: 'Off' },
  on: {
    ko: (by: string, at: string) => `${at}에 ${nameNim(by)}이 켰어요`,
    en: (by: string, at: string) => `Switched on by ${by}, ${at}`,
  },
  turnOn: { ko: '예외 쓰기', en: 'Use the exception' },
  turnOff: { ko: '예외 끄기', en: 'Stop using it' },
  sentence: {
    ko: '거래하면서 고객에게 직접 받은 연락처로, 거래한 것과 같은 종류의 우리 상품만 알릴게요.',
    en: 'We use addresses the customers themselves gave in a transaction, and only for our own goods of the kind they bought.',
  },
  cancel: { ko: '그만두기', en: 'Cancel' },
})

/** The notices of the law, and the one exception from prior consent. */
export function NoticesCard() {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const may = useMay('marketer')
  const queries = useQueryClient()
  const [signing, setSigning] = useState(false)
  const settings = useQuery({
    queryKey: ['consents', 'settings'],
    queryFn: ({ signal }) => getConsentSettings(signal),
  })
  const saving = useMutation({
    mutationFn: (body: Parameters<typeof putConsentSettings>[0]) =>
      settings.data
        ? putConsentSettings(body, settings.data)
        : Promise.reject(new Error('nothing to change yet')),
    onSuccess: (saved) => {
      queries.setQueryData(['consents', 'settings'], saved)
      setSigning(false)
    },
  })
  if (settings.error) return <Failure error={settings.error} retry={() => settings.refetch()} />
  const { data } = settings
  if (!data) {
    return (
      <Card title={said.title}>
        <Bones lines={4} />
      </Card>
    )
  }
  const { existingCustomers, ...switches } = data
  const { resultNotices, reconfirms, reconfirmOverdue } = switches
  const when = { timeZone: shop.timeZone, language }
  return (
    <Card title={said.title}>
      <div className={style.form}>
        <Switch
          label={said.results}
          description={said.resultsText}
          disabled={!may}
          checked={resultNotices}
          onChange={(event) =>
            saving.mutate({ ...switches, resultNotices: event.currentTarget.checked })
          }
        />
        <Switch
          label={said.reconfirms}
          description={said.reconfirmsText}
          disabled={!may}
          checked={reconfirms}
          onChange={(event) =>
            saving.mutate({ ...switches, reconfirms: event.currentTarget.checked })
          }
        />
        <Switch
          label={said.overdue}
          description={said.overdueText}
          disabled={!may || !reconfirms}
          checked={reconfirmOverdue}
          onChange={(event) =>
            saving.mutate({ ...switches, reconfirmOverdue: event.currentTarget.checked })
          }
        />
        <div>
          <div className={style.name}>{said.trading}</div>
          <p className={style.text}>{said.tradingText}</p>
          <p className={style.text}>
            {existingCustomers
              ? said.on(existingCustomers.by, day(existingCustomers.at, when))
              : said.off}
          </p>
        </div>
        {saving.error && <Failure error={saving.error} />}
        {may && signing && (
          <Sign
            sentence={said.sentence}
            go={said.turnOn}
            pending={saving.isPending}
            error={null}
            sign={(by) => saving.mutate({ ...switches, existingCustomers: by })}
            cancel={{ label: said.cancel, act: () => setSigning(false) }}
          />
        )}
        {may && !signing && (
          <div>
            <Button
              variant="default"
              loading={saving.isPending}
              onClick={() =>
                existingCustomers
                  ? saving.mutate({ ...switches, existingCustomers: null })
                  : setSigning(true)
              }
            >
              {existingCustomers ? said.turnOff : said.turnOn}
            </Button>
          </div>
        )}
      </div>
    </Card>
  )
}
