import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { mostItCosts } from '../../../server/src/coupons/most-cost.ts'
import { poolSentence } from '../../../server/src/coupons/sentence.ts'
import { addCodes, makeCoupon } from '../api/coupons.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card, Columns } from '../design/card.tsx'
import { count, money } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Failure } from '../design/states.tsx'
import { CodeFields } from './code-fields.tsx'
import { type CouponForm, draftOf, faultsOf, firstForm, shapeOf } from './coupon-draft.ts'
import style from './coupons.module.css'
import { GiftFields, LimitFields } from './form-fields.tsx'
import { ScopeFields } from './scope-fields.tsx'

const text = words({
  title: { ko: '쿠폰 만들기', en: 'Make a coupon' },
  purpose: {
    ko: '만든 뒤에는 할인과 주문 금액을 바꿀 수 없어요. 받은 고객과 한 약속이니까요.',
    en: 'What it takes off cannot be changed later: it is promised to those who have one.',
  },
  back: { ko: '쿠폰', en: 'Coupons' },
  gift: { ko: '혜택', en: 'Benefit' },
  scope: { ko: '쓸 수 있는 주문', en: 'Which orders' },
  limits: { ko: '기한과 수량', en: 'Time and number' },
  codes: { ko: '쿠폰 번호', en: 'Codes' },
  preview: { ko: '이런 쿠폰이에요', en: 'This is the coupon' },
  costAll: {
    ko: (won: string) => `모두 쓰여도 많아야 ${won}이 들어요.`,
    en: (won: string) => `If all are used it costs ${won} at most.`,
  },
  costMany: {
    ko: (n: string, won: string) =>
      `${n}명이 모두 쓰면 많아야 ${won}이 들어요. 수량 제한이 없어요.`,
    en: (n: string, won: string) =>
      `If ${n} people use it, it costs ${won} at most. There is no end of them.`,
  },
  costList: {
    ko: (won: string) => `한 장에 많아야 ${won}이 들어요.`,
    en: (won: string) => `Each costs ${won} at most.`,
  },
  make: { ko: '쿠폰 만들기', en: 'Make the coupon' },
  made: { ko: '쿠폰을 만들었어요.', en: 'The coupon is made.' },
})

/** What the cost of an endless coupon is shown for. */
const examplePeople = 1_000

/** `/coupons/new`: the form, and the coupon said in a sentence beside it. */
export function NewCoupon() {
  const said = useWords(text)
  const [form, setForm] = useState<CouponForm>(firstForm)
  const [tried, setTried] = useState(false)
  const { timeZone } = useSession().shop
  const [, go] = useLocation()
  const queries = useQueryClient()
  const making = useMutation({
    mutationFn: async () => {
      const made = await makeCoupon(draftOf(form, timeZone))
      if (form.codes === 'uploaded') await addCodes(made.id, form.list)
      return made
    },
    onSuccess: async ({ id }) => {
      await queries.invalidateQueries({ queryKey: ['coupons'] })
      notifications.show({ message: said.made })
      go(`/coupons/${id}`)
    },
  })
  const faults = faultsOf(form, timeZone, Date.now())
  const send = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (faults.length === 0) making.mutate()
  }
  const fields = {
    form,
    put: (change: Partial<CouponForm>) => setForm({ ...form, ...change }),
    faults: tried ? faults : [],
  }
  return (
    <Page title={said.title} purpose={said.purpose} back={{ to: '/coupons', label: said.back }}>
      <Columns layout="side">
        <form className={style.form} onSubmit={send} noValidate>
          <Card title={said.gift}>
            <GiftFields {...fields} />
          </Card>
          <Card title={said.scope}>
            <ScopeFields {...fields} />
          </Card>
          <Card title={said.limits}>
            <LimitFields {...fields} />
          </Card>
          <Card title={said.codes}>
            <CodeFields {...fields} />
          </Card>
          {making.error && <Failure error={making.error} />}
          <div className={style.buttons}>
            <Button type="submit" loading={making.isPending}>
              {said.make}
            </Button>
          </div>
        </form>
        <div className={style.sticky}>
          <Preview form={form} />
        </div>
      </Columns>
    </Page>
  )
}

/** The coupon in a sentence, and the most it can cost. */
function Preview({ form }: { readonly form: CouponForm }) {
  const said = useWords(text)
  const language = useLanguage()
  const { currency, timeZone } = useSession().shop
  const shape = shapeOf(form, timeZone)
  const costOf = (people: number) =>
    money(mostItCosts({ ...shape, remaining: shape.total }, people) / 10_000, currency, language)
  const cost =
    form.codes === 'uploaded'
      ? said.costList(costOf(1))
      : shape.total === null
        ? said.costMany(count(examplePeople, language), costOf(examplePeople))
        : said.costAll(costOf(shape.total))
  return (
    <Card title={said.preview}>
      <div aria-live="polite">
        <p className={style.said}>{poolSentence(shape, { language, currency, timeZone })}</p>
        <p className={style.cost}>{cost}</p>
      </div>
    </Card>
  )
}
