import { SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { beginRepurchase, getTiming, type TimingReport, type TimingRow } from '../api/buying.ts'
import { useKept } from '../api/kept.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { BeginHere } from '../design/begin-here.tsx'
import { BigNumber } from '../design/big-number.tsx'
import { Card } from '../design/card.tsx'
import { CsvButton } from '../design/csv-button.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, people, percent } from '../design/format.ts'
import { KeptReport } from '../design/kept.tsx'
import { Page } from '../design/page.tsx'
import { Bones, EmptyState } from '../design/states.tsx'
import { BeginDraft } from './begin-draft.tsx'
import { Ended } from './ended.tsx'
import { Pairs } from './pairs.tsx'
import { Serving } from './serving.tsx'
import { TimingChart } from './timing-chart.tsx'
import style from './value.module.css'

const text = words({
  title: { ko: '재구매 간격', en: 'Repurchase timing' },
  purpose: {
    ko: '상품마다 며칠 만에 다시 사는지, 무엇을 함께 사는지 봐요. 재구매 시나리오와 추천도 이 숫자를 써요.',
    en: 'After how many days each product is bought again, and what is bought together. Playbooks and recommendations use these numbers.',
  },
  shop: { ko: '다시 산 고객이 걸린 날', en: 'Days taken by those who came back' },
  shopHint: {
    ko: '다시 산 간격만 모은 값이에요. 아직 다시 사지 않은 고객까지 함께 보려면 옆의 ‘안에 다시 산 비율’을 보세요.',
    en: 'Of intervals that ended with another order only. The shares beside it take in those who have not come back.',
  },
  days: { ko: (n: string) => `${n}일`, en: (n: string) => `${n} days` },
  ofIntervals: {
    ko: (n: string, low: string, high: string) =>
      `간격 ${n}개의 가운데 값 · 절반이 ${low}~${high}일`,
    en: (n: string, low: string, high: string) =>
      `median of ${n} intervals · half lie in ${low} to ${high} days`,
  },
  again: {
    ko: (n: number) => `${n}일 안에 다시 산 비율`,
    en: (n: number) => `Bought again in ${n} days`,
  },
  againHint: {
    ko: '아직 그만큼 지나지 않은 구매는 지난 날까지만 세요. 그래서 최근 구매가 많아도 낮게 나오지 않아요.',
    en: 'Purchases too young count as far as they are followed, so that many recent ones do not pull it down.',
  },
  range: {
    ko: (low: string, high: string) => `구간 ${low} ~ ${high}`,
    en: (low: string, high: string) => `interval ${low} to ${high}`,
  },
  table: { ko: '다시 사는 간격', en: 'Intervals' },
  which: { ko: '무엇으로 나눌까요', en: 'By' },
  products: { ko: '상품', en: 'Products' },
  categories: { ko: '카테고리', en: 'Categories' },
  name: { ko: '이름', en: 'Name' },
  buyers: { ko: '구매자', en: 'Buyers' },
  intervals: { ko: '간격', en: 'Intervals' },
  moreOf: {
    ko: (n: string, more: string) => `간격 ${n}개 · ${more}개 더 필요해요`,
    en: (n: string, more: string) => `${n} intervals · ${more} more needed`,
  },
  more: { ko: (n: string) => `${n}개 더 필요`, en: (n: string) => `${n} more needed` },
  median: { ko: '가운데 값', en: 'Median' },
  half: { ko: '절반이', en: 'Half in' },
  within: { ko: '90일 안에 다시', en: 'Again in 90 days' },
  due: { ko: '다시 살 때', en: 'Due after' },
  dueHint: {
    ko: '캠페인이 기다리는 날수예요. 간격이 30개 모이면 그 상품의 가운데 값, 아니면 카테고리, 그다음 상점, 그래도 모자라면 30일이에요. 7일보다 짧거나 180일보다 길게는 잡지 않아요.',
    en: 'How long campaigns wait: the product’s own median of 30 intervals or more, else its category’s, else the shop’s, else 30 days; never under 7 or over 180.',
  },
  from_product: { ko: '이 상품', en: 'its own' },
  from_category: { ko: '카테고리', en: 'category' },
  from_shop: { ko: '상점', en: 'shop' },
  from_: { ko: '흔한 값', en: 'usual' },
  feeds: {
    ko: '재구매 시나리오는 고객마다 마지막에 산 상품의 ‘다시 살 때’까지 기다렸다가 물어봐요.',
    en: 'The repurchase playbook waits for each customer until what they bought last is due.',
  },
  begin: { ko: '이 상품만 초안', en: 'Draft for it alone' },
  campaign: {
    ko: (name: string) => `재구매: ${name}`,
    en: (name: string) => `Repurchase: ${name}`,
  },
  emptyTitle: { ko: '아직 다시 산 기록이 없어요', en: 'Nobody has bought again yet' },
  emptyExample: {
    ko: '예: “쌀겨 비누는 58일 만에 다시 사요. 절반이 24~117일 사이예요”',
    en: 'For example: “The rice soap is bought again after 58 days, half within 24 to 117”',
  },
  files: { ko: '지난 주문 가져오기', en: 'Bring past orders' },
  empty: {
    ko: '같은 고객이 하루 넘게 지나 다시 사면 여기에 나타나요.',
    en: 'It appears once a customer buys again after a day or more.',
  },
})
const least = 30

/** After how long what is bought is bought again, and what is bought in one order. */
export function Timing() {
  const said = useWords(text)
  const query = useKept(['insight', 'timing'], getTiming)
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      figures="people"
      action={<CsvButton href="/api/reports/timing.csv" />}
    >
      <KeptReport query={query} bones={<Bones lines={8} />}>
        {(report, madeAt) => (
          <>
            <Ended asOf={report.asOf} madeAt={madeAt} />
            <Intervals report={report} />
          </>
        )}
      </KeptReport>
      <div className={style.gap} />
      <Pairs />
    </Page>
  )
}

function Intervals({ report }: { readonly report: TimingReport }) {
  const said = useWords(text)
  const language = useLanguage()
  const [by, setBy] = useState<'products' | 'categories'>('products')
  const { shop } = report
  if (shop.intervals === 0) {
    return (
      <BeginHere
        title={said.emptyTitle}
        example={said.emptyExample}
        to="/connect/files"
        go={said.files}
      >
        {said.empty}
      </BeginHere>
    )
  }
  const whole = (value: number | null) =>
    value === null ? '–' : count(Math.round(value), language)
  return (
    <>
      <Card>
        <div className={style.numbers}>
          <BigNumber
            label={said.shop}
            hint={said.shopHint}
            value={shop.intervals < least ? '–' : said.days(whole(shop.median))}
            note={
              shop.intervals < least
                ? said.moreOf(
                    count(shop.intervals, language),
                    count(least - shop.intervals, language),
                  )
                : said.ofIntervals(
                    count(shop.intervals, language),
                    whole(shop.lower),
                    whole(shop.upper),
                  )
            }
          />
          {shop.again.map((one) => (
            <BigNumber
              key={one.days}
              label={said.again(one.days)}
              hint={said.againHint}
              value={percent(one.value)}
              note={said.range(percent(one.low), percent(one.high))}
            />
          ))}
        </div>
      </Card>
      <div className={style.gap} />
      <Card
        title={said.table}
        beside={
          <SegmentedControl
            aria-label={said.which}
            value={by}
            onChange={(value) => setBy(value === 'categories' ? 'categories' : 'products')}
            data={[
              { value: 'products', label: said.products },
              { value: 'categories', label: said.categories },
            ]}
          />
        }
        flush
      >
        <div className={style.feeds}>
          <span>{said.feeds}</span>
          <Serving playbook="repurchase_due" />
        </div>
        <TimingChart rows={report[by].filter((row) => row.intervals >= least)} />
        <Table key={by} rows={report[by]} hasDraft={by === 'products'} />
      </Card>
    </>
  )
}

const pageRows = 20

function Table(props: { readonly rows: readonly TimingRow[]; readonly hasDraft: boolean }) {
  const said = useWords(text)
  const language = useLanguage()
  const [shown, setShown] = useState(pageRows)
  const whole = (value: number | null) =>
    value === null ? '–' : count(Math.round(value), language)
  const columns: readonly Column<TimingRow>[] = [
    { key: 'name', head: said.name, cell: (row) => row.name },
    {
      key: 'intervals',
      head: said.intervals,
      align: 'right',
      leaves: 'sm',
      cell: (row) => count(row.intervals, language),
    },
    {
      key: 'people',
      head: said.buyers,
      align: 'right',
      leaves: 'lg',
      cell: (row) => people(row.people, language),
    },
    {
      key: 'median',
      head: said.median,
      align: 'right',
      cell: (row) =>
        row.intervals < least
          ? said.more(count(least - row.intervals, language))
          : said.days(whole(row.median)),
    },
    {
      key: 'half',
      head: said.half,
      align: 'right',
      leaves: 'md',
      cell: (row) =>
        row.intervals < least ? '–' : `${whole(row.lower)} ~ ${said.days(whole(row.upper))}`,
    },
    {
      key: 'again',
      head: said.within,
      hint: said.againHint,
      align: 'right',
      leaves: 'md',
      cell: (row) => {
        const again = row.again.find((one) => one.days === 90)
        if (!again) return '–'
        return (
          <>
            {percent(again.value)}
            <span className={style.range}>
              {percent(again.low)} ~ {percent(again.high)}
            </span>
          </>
        )
      },
    },
    {
      key: 'due',
      head: said.due,
      hint: said.dueHint,
      align: 'right',
      cell: (row) =>
        `${said.days(count(row.due.days, language))} (${said[`from_${row.due.from}`]})`,
    },
  ]
  const draft: Column<TimingRow> = {
    key: 'begin',
    head: '',
    align: 'right',
    leaves: 'sm',
    cell: (row) => (
      <BeginDraft
        label={said.begin}
        name={said.campaign(row.name)}
        begin={(name) => beginRepurchase({ id: row.key, days: row.due.days }, name)}
      />
    ),
  }
  return (
    <DataTable
      label={said.table}
      columns={props.hasDraft ? [...columns, draft] : columns}
      rows={props.rows.slice(0, shown)}
      keyOf={(row) => row.key}
      more={props.rows.length > shown ? () => setShown(shown + pageRows) : undefined}
      empty={<EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>}
    />
  )
}
