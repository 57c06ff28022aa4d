import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { usualHorizonDays } from '../../../server/src/first-purchase/first-purchase.ts'
import { getFirstPurchase } from '../api/first-purchase.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { day } from '../design/format.ts'
import { Failure } from '../design/states.tsx'
import { figuresText } from './first-figures.ts'

const text = words({
  insert: { ko: '첫 구매 상품 숫자 넣기', en: 'Put in the first-purchase figures' },
  later: {
    ko: '표를 세고 있어요. 잠시 뒤에 다시 눌러 주세요.',
    en: 'The table is being counted. Press again in a moment.',
  },
})

type Props = { readonly products: readonly string[]; readonly put: (text: string) => void }

/** Writes what the table says today of the products the campaign shows. */
export function InsertFigures({ products, put }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const asking = useMutation({
    mutationFn: () =>
      getFirstPurchase({ horizon_days: usualHorizonDays }, new AbortController().signal),
    onSuccess: (kept) => {
      if (kept.state !== 'ready') return
      const when = day(kept.result.asOf, { timeZone: shop.timeZone, language })
      put(figuresText(kept.result, { products, language, day: when, days: usualHorizonDays }))
    },
  })
  return (
    <div>
      <Button
        variant="default"
        size="xs"
        loading={asking.isPending}
        onClick={() => asking.mutate()}
      >
        {said.insert}
      </Button>
      {asking.data?.state === 'working' && <p role="status">{said.later}</p>}
      {asking.error && <Failure error={asking.error} />}
    </div>
  )
}
