import { IconArrowRight } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Suggestion } from '../api/reports.ts'
import { type In, type Language, useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { useBegin } from '../campaigns/use-begin.ts'
import { people, shortMoney } from '../design/format.ts'
import { Failure } from '../design/states.tsx'
import style from './home.module.css'

const text = words({
  checkout: {
    ko: (n: string) => `지난 7일 동안 ${n}이 결제하다 멈췄어요`,
    en: (n: string) => `${n} stopped at the payment in the last 7 days`,
  },
  cart: {
    ko: (n: string) => `지난 7일 동안 ${n}이 담아두고 떠났어요`,
    en: (n: string) => `${n} left a cart behind in the last 7 days`,
  },
  cartWorth: {
    ko: (n: string, worth: string) => `지난 7일 동안 ${n}이 ${worth}어치를 담고 떠났어요`,
    en: (n: string, worth: string) => `${n} left carts worth ${worth} behind in the last 7 days`,
  },
  due: {
    ko: (n: string) => `${n}이 다시 살 때가 됐어요`,
    en: (n: string) => `${n} are due to buy again`,
  },
  joined: {
    ko: (n: string) => `새로 가입한 ${n}이 아직 첫 구매 전이에요`,
    en: (n: string) => `${n} joined this month and have not bought yet`,
  },
  viewed: {
    ko: (n: string) => `지난 7일 동안 ${n}이 상품만 보고 떠났어요`,
    en: (n: string) => `${n} looked at products and left in the last 7 days`,
  },
  searched: {
    ko: (n: string) => `지난 7일 동안 ${n}이 찾기만 하고 떠났어요`,
    en: (n: string) => `${n} searched and left in the last 7 days`,
  },
  reachable: {
    ko: (n: string) => `이 중 ${n}에게 지금 보낼 수 있어요. 효과는 켠 뒤에 대조군과 비교해 재요.`,
    en: (n: string) =>
      `${n} of them can be written to now. What it causes is measured against a hold-out once it runs.`,
  },
  unreachable: {
    ko: '연락할 수 있는 고객이 아직 없어 사이트 안에서 만나야 해요. 효과는 켠 뒤에 재요.',
    en: 'None of them can be written to yet, so they are met on the site. What it causes is measured once it runs.',
  },
  begin: { ko: '시나리오로 시작하기', en: 'Start from the playbook' },
  goOn: { ko: '쓰던 초안 이어서 쓰기', en: 'Continue the draft' },
})

/** People who stand where a ready-made campaign would meet them: the fact, and one click to the draft. */
export function Suggested({ suggestion }: { readonly suggestion: Suggestion }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const may = useMay('marketer')
  const { making } = useBegin(suggestion.playbook)
  const { reachable, draft } = suggestion
  return (
    <li>
      <span className={style.todoTitle}>{titleOf(suggestion, said, { ...shop, language })}</span>
      <span className={style.todoText}>
        {reachable > 0 ? said.reachable(people(reachable, language)) : said.unreachable}
      </span>
      {making.error && <Failure error={making.error} />}
      {draft !== null ? (
        <Link href={`/campaigns/${draft}`} className={style.todoLink ?? ''}>
          {said.goOn} <IconArrowRight size={16} aria-hidden />
        </Link>
      ) : (
        may && (
          <button
            type="button"
            className={style.todoLink}
            disabled={making.isPending}
            onClick={() => making.mutate()}
          >
            {said.begin} <IconArrowRight size={16} aria-hidden />
          </button>
        )
      )}
    </li>
  )
}

function titleOf(
  { kind, people: standing, amount }: Suggestion,
  said: In<typeof text>,
  { language, currency }: { readonly language: Language; readonly currency: string },
): string {
  const n = people(standing, language)
  if (kind === 'cart' && amount) return said.cartWorth(n, shortMoney(amount, currency, language))
  return said[kind](n)
}
