import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { stepsOf } from '../../../server/src/campaigns/flow-map.ts'
import { mayTellRate } from '../../../server/src/proof/challenge/cells.ts'
import type { FirstPurchaseReport, FirstPurchaseRow } from '../api/first-purchase.ts'
import { inLanguage, type Language, words } from '../app/language.ts'
import { count, people, percent } from '../design/format.ts'

type Back = {
  readonly orders: string
  readonly each: string
  readonly rate: string
  readonly range: string
}

const text = words({
  known: {
    ko: (day: string, days: number, rate: string) =>
      `${day} 기준, 첫 구매 뒤 ${days}일 안의 재구매를 세었어요. 상점 전체 재구매율은 ${rate}예요.`,
    en: (day: string, days: number, rate: string) =>
      `As of ${day}, purchases within ${days} days of the first. Of all the shop’s first buyers ${rate} came back.`,
  },
  row: {
    ko: (name: string, buyers: string) => `${name}: 첫 구매자 ${buyers}`,
    en: (name: string, buyers: string) => `${name}: ${buyers} began with it`,
  },
  back: {
    ko: ({ orders, each, rate, range }: Back) =>
      `, 추가 구매 ${orders}번(1인당 ${each}번), 보정한 재구매율 ${rate} (구간 ${range})`,
    en: ({ orders, each, rate, range }: Back) =>
      `, ${orders} more orders (${each} each), adjusted repurchase rate ${rate} (interval ${range})`,
  },
})

/** The products a campaign shows because somebody chose them; none where it chooses by itself. */
export function chosenProducts(flow: Flow): readonly string[] {
  return stepsOf(flow).flatMap((step) => {
    const recommend =
      step.kind === 'message' && 'recommend' in step.content ? step.content.recommend : undefined
    return recommend?.strategy === 'chosen' ? recommend.products : []
  })
}

/** What the first-purchase table says of some products, as sentences; what few people did is left out, it may be read by strangers. */
export function figuresText(
  { rows, total }: Pick<FirstPurchaseReport, 'rows' | 'total'>,
  asked: {
    readonly products: readonly string[]
    readonly language: Language
    readonly day: string
    readonly days: number
  },
): string {
  const { language, products, day, days } = asked
  const said = inLanguage(text, language)
  const found = products.flatMap((product) => rows.find((row) => row.product === product) ?? [])
  return [
    said.known(day, days, percent(total.repurchaseRate)),
    ...found.map((row) => lineOf(row, language)),
  ].join('\n')
}

function lineOf(row: FirstPurchaseRow, language: Language): string {
  const said = inLanguage(text, language)
  const { firstBuyers, repeaters, repeatOrders, repeatPerBuyer } = row
  const begun = said.row(row.name, people(Math.round(firstBuyers), language))
  if (!mayTellRate({ people: firstBuyers, buyers: repeaters })) return begun
  return (
    begun +
    said.back({
      orders: count(Math.round(repeatOrders), language),
      each: repeatPerBuyer.toFixed(2),
      rate: percent(row.adjRate),
      range: `${percent(row.adjLow)} ~ ${percent(row.adjHigh)}`,
    })
  )
}
