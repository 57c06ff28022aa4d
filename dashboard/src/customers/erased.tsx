import { Button } from '@mantine/core'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'wouter'
import { getErasure } from '../api/customers.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { count, dayAndTime } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bones, Failure } from '../design/states.tsx'
import style from './customers.module.css'
import { ErasedLists } from './erased-lists.tsx'

const text = words({
  title: { ko: '개인정보 삭제 확인서', en: 'Certificate of erasure' },
  back: { ko: '고객 목록', en: 'Customers' },
  print: { ko: '인쇄하기', en: 'Print' },
  says: {
    ko: (shop: string) =>
      `${shop}에서 아래 고객의 요구에 따라 개인정보를 복구할 수 없게 삭제했어요. (개인정보 보호법 제36조)`,
    en: (shop: string) =>
      `${shop} has deleted the personal data of the person below for good, as asked (PIPA, article 36).`,
  },
  number: { ko: '고객 번호', en: 'Customer number' },
  when: { ko: '삭제한 때', en: 'Erased on' },
  who: { ko: '처리한 사람', en: 'By' },
  unknown: { ko: '기록에 없어요', en: 'not on record' },
  key: { ko: (id: string) => `API 키 ${id}`, en: (id: string) => `API key ${id}` },
  orders: { ko: '누구인지 알 수 없게 남은 주문', en: 'Orders kept without a name' },
  ordersSays: { ko: (n: string) => `${n}건`, en: (n: string) => n },
  tell: {
    ko: '요구한 사람에게 받은 날부터 10일 안에 결과를 알려 주세요. 이 확인서에는 이름과 연락처가 없어요.',
    en: 'Tell the person the result within 10 days of being asked. This page holds no name or address.',
  },
})

/** `/customers/7/erased`: when, by whom, what went and what stays; made to be printed. */
export function Erased() {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const { id } = useParams<{ readonly id: string }>()
  const erasure = useQuery({
    queryKey: ['customers', 'erasure', id],
    queryFn: ({ signal }) => getErasure(Number(id), signal),
    retry: 3,
  })
  const { data } = erasure
  const by = data?.byName ?? (data?.by?.startsWith('key:') ? said.key(data.by.slice(4)) : null)
  return (
    <Page
      title={said.title}
      width="narrow"
      back={{ to: '/customers', label: said.back }}
      action={
        <Button
          variant="default"
          leftSection={<IconPrinter size={17} />}
          onClick={() => window.print()}
        >
          {said.print}
        </Button>
      }
    >
      {erasure.error && <Failure error={erasure.error} retry={() => erasure.refetch()} />}
      {!data && !erasure.error && <Bones lines={8} />}
      {data && (
        <Card>
          <div className={style.stack}>
            <p style={{ lineHeight: 1.6 }}>{said.says(shop.name)}</p>
            <dl className={style.facts}>
              <dt>{said.number}</dt>
              <dd>{data.customer}</dd>
              <dt>{said.when}</dt>
              <dd>{dayAndTime(data.at, { timeZone: shop.timeZone, language }, 0)}</dd>
              <dt>{said.who}</dt>
              <dd>{by ?? said.unknown}</dd>
              <dt>{said.orders}</dt>
              <dd>{said.ordersSays(count(data.orders, language))}</dd>
            </dl>
            <ErasedLists done />
            <p className={style.detail}>{said.tell}</p>
          </div>
        </Card>
      )}
    </Page>
  )
}
