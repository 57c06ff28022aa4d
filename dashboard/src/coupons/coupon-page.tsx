import { Button, NumberInput, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useParams } from 'wouter'
import { changeCoupon, getCoupon, type PoolAnswer, type PoolChange } from '../api/coupons.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { CsvButton } from '../design/csv-button.tsx'
import { count, money, percent } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bones, Failure, Tag } from '../design/states.tsx'
import { AddCodes } from './add-codes.tsx'
import style from './coupons.module.css'
import { numberIn } from './form-fields.tsx'
import { IssuedList } from './issued-list.tsx'

const text = words({
  platformError: {
    ko: '쇼핑몰에 쿠폰을 만들지 못했어요:',
    en: 'The coupon could not be made at the shop:',
  },
  coupon: { ko: '쿠폰', en: 'Coupon' },
  back: { ko: '쿠폰', en: 'Coupons' },
  archived: { ko: '보관함', en: 'Archived' },
  archive: { ko: '그만 나눠 주기', en: 'Give no more' },
  reopen: { ko: '다시 나눠 주기', en: 'Give again' },
  archivedNote: {
    ko: '더 나눠 주지 않아요. 이미 받은 고객은 그대로 쓸 수 있어요.',
    en: 'No more are given; those given stay good.',
  },
  left: { ko: '남은 수량', en: 'Left' },
  endless: { ko: '제한 없음', en: 'No limit' },
  waiting: { ko: '발송 대기', en: 'Waiting to leave' },
  issued: { ko: '발급', en: 'Issued' },
  used: { ko: '사용', en: 'Used' },
  expired: { ko: '기한 지남', en: 'Expired' },
  cost: { ko: '할인한 금액', en: 'Taken off' },
  now: { ko: '지금까지', en: 'Until now' },
  who: { ko: '받은 고객', en: 'Who got it' },
  name: { ko: '쿠폰 이름', en: 'Name' },
  total: { ko: '전체 수량', en: 'Number in all' },
  save: { ko: '저장하기', en: 'Save' },
  saved: { ko: '저장했어요.', en: 'Saved.' },
  notes: { ko: '메모', en: 'Notes' },
})

/** `/coupons/:id`: what became of its pieces, its codes, and who has one. */
export function CouponPage() {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const { id } = useParams<{ readonly id: string }>()
  const coupon = useQuery({
    queryKey: ['coupons', 'one', Number(id)],
    queryFn: ({ signal }) => getCoupon(Number(id), signal),
  })
  const pool = coupon.data
  return (
    <Page
      title={pool?.name ?? said.coupon}
      purpose={pool?.sentence[language]}
      back={{ to: '/coupons', label: said.back }}
      beside={pool?.state === 'archived' && <Tag>{said.archived}</Tag>}
      action={may && pool && <Archive pool={pool} />}
    >
      {coupon.error ? (
        <Failure error={coupon.error} retry={() => coupon.refetch()} />
      ) : !pool ? (
        <Bones />
      ) : (
        <div className={style.stack}>
          <Numbers pool={pool} />
          {pool.platformError && (
            <p role="status">
              {said.platformError} {pool.platformError}
            </p>
          )}
          {may && pool.codes === 'uploaded' && <AddCodes pool={pool.id} />}
          {may && <Edit key={pool.id} pool={pool} />}
          <Card
            title={said.who}
            flush
            beside={<CsvButton href={`/api/coupons/${pool.id}/issued.csv`} size="xs" />}
          >
            <IssuedList pool={pool.id} />
          </Card>
        </div>
      )}
    </Page>
  )
}

function useChange(pool: PoolAnswer) {
  const said = useWords(text)
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: PoolChange) => changeCoupon(pool.id, change),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['coupons'] })
      notifications.show({ message: said.saved })
    },
  })
}

function Archive({ pool }: { readonly pool: PoolAnswer }) {
  const said = useWords(text)
  const changing = useChange(pool)
  const isOpen = pool.state === 'open'
  return (
    <Button
      variant="default"
      loading={changing.isPending}
      onClick={() => changing.mutate({ state: isOpen ? 'archived' : 'open' })}
    >
      {isOpen ? said.archive : said.reopen}
    </Button>
  )
}

function Numbers({ pool }: { readonly pool: PoolAnswer }) {
  const said = useWords(text)
  const language = useLanguage()
  const { currency } = useSession().shop
  const { use, remaining } = pool
  const pieces = (n: number) => count(n, language)
  const share = use.issued === 0 ? '' : ` (${percent(use.redeemed / use.issued)})`
  const all: readonly (readonly [string, string])[] = [
    [said.left, remaining === null ? said.endless : pieces(remaining)],
    [said.waiting, pieces(use.reserved)],
    [said.issued, pieces(use.issued)],
    [said.used, pieces(use.redeemed) + share],
    [said.expired, pieces(use.expired)],
    [said.cost, money(use.takenOff, currency, language)],
  ]
  return (
    <Card title={said.now} note={pool.state === 'archived' ? said.archivedNote : undefined}>
      <dl className={style.numbers}>
        {all.map(([name, value]) => (
          <div key={name}>
            <dt className={style.label}>{name}</dt>
            <dd className={style.number} style={{ margin: 0 }}>
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

/** Name, notes and how many there are; what is promised stays. */
function Edit({ pool }: { readonly pool: PoolAnswer }) {
  const said = useWords(text)
  const [name, setName] = useState(pool.name)
  const [notes, setNotes] = useState(pool.notes)
  const [total, setTotal] = useState(pool.total)
  const changing = useChange(pool)
  const save = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() !== '') changing.mutate({ name: name.trim(), notes: notes.trim(), total })
  }
  const changed = name !== pool.name || notes !== pool.notes || total !== pool.total
  return (
    <Card>
      <form className={style.form} onSubmit={save}>
        <div className={style.pair}>
          <TextInput
            label={said.name}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={said.notes}
            maxLength={1_000}
            value={notes}
            onChange={(event) => setNotes(event.currentTarget.value)}
          />
          {pool.codes !== 'uploaded' && (
            <NumberInput
              label={said.total}
              placeholder={said.endless}
              min={1}
              max={10_000_000}
              allowDecimal={false}
              thousandSeparator=","
              value={total ?? ''}
              onChange={(value) => setTotal(numberIn(value) ?? null)}
            />
          )}
        </div>
        <div className={style.buttons}>
          <Button type="submit" variant="default" disabled={!changed} loading={changing.isPending}>
            {said.save}
          </Button>
        </div>
      </form>
      {changing.error && <Failure error={changing.error} />}
    </Card>
  )
}
