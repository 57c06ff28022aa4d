import { Button, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type Approval, getApproval, sayApproval } from '../api/approval.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { money, people } from '../design/format.ts'
import { Failure } from '../design/states.tsx'
import style from './campaigns.module.css'

const text = words({
  title: { ko: '승인', en: 'Approval' },
  people: { ko: (n: string) => `받을 고객 ${n}`, en: (n: string) => `${n} get it` },
  cost: {
    ko: (won: string) => `쿠폰 비용 많아야 ${won}`,
    en: (won: string) => `coupons ${won} at most`,
  },
  endless: { ko: '쿠폰에 수량 제한이 없음', en: 'coupons without an end' },
  needed: {
    ko: (why: string) => `상점의 한도를 넘어서 다른 팀원의 승인이 있어야 켤 수 있어요 (${why}).`,
    en: (why: string) => `Above the shop’s limit: another member has to approve it first (${why}).`,
  },
  asked: {
    ko: (who: string) => `${who} 님이 승인을 요청했어요. 승인되면 켤 수 있어요.`,
    en: (who: string) => `${who} asked for approval. It can be switched on once approved.`,
  },
  approved: {
    ko: (who: string) => `${who} 님이 승인했어요.`,
    en: (who: string) => `${who} approved it.`,
  },
  declined: {
    ko: (who: string) => `${who} 님이 돌려보냈어요.`,
    en: (who: string) => `${who} sent it back.`,
  },
  void: {
    ko: '요청한 뒤에 캠페인이 바뀌어서 다시 요청해야 해요.',
    en: 'The campaign changed after it was asked for: ask anew.',
  },
  outgrownPeople: {
    ko: (who: string, was: string, now: string) =>
      `${who} 님이 승인했을 때 ${was}이던 받을 고객이 지금 ${now}이에요. 캠페인은 그대로지만 다시 승인받아야 해요.`,
    en: (who: string, was: string, now: string) =>
      `${who} approved it for ${was}; now it reaches ${now}. The campaign is the same, yet it has to be approved anew.`,
  },
  outgrownCost: {
    ko: (who: string, was: string, now: string) =>
      `${who} 님이 승인했을 때 많아야 ${was}이던 쿠폰 비용이 지금 ${now}이에요. 캠페인은 그대로지만 다시 승인받아야 해요.`,
    en: (who: string, was: string, now: string) =>
      `${who} approved coupons of ${was} at most; now it is ${now}. The campaign is the same, yet it has to be approved anew.`,
  },
  endlessCost: { ko: '제한 없음', en: 'without an end' },
  note: { ko: '남길 말', en: 'Note' },
  approve: { ko: '이 캠페인 승인하기', en: 'Approve this campaign' },
  decline: { ko: '돌려보내기', en: 'Send it back' },
})

/** Whether the saved draft needs a second member's word. */
export function useApproval(campaign: number) {
  return useQuery({
    queryKey: ['campaigns', 'approval', campaign],
    queryFn: ({ signal }) => getApproval(campaign, signal),
  }).data
}

/** Does it wait for a second member's word? */
export function isUnapproved(approval: Approval | undefined): boolean {
  return approval !== undefined && approval.passed.length > 0 && approval.state !== 'approved'
}

/** What was asked and said of a campaign above the shop's limits; whoever may decide does so here. */
export function ApprovalCard({ campaign }: { readonly campaign: number }) {
  const said = useWords(text)
  const approval = useApproval(campaign)
  if (!approval || approval.passed.length === 0) return null
  return (
    <section className={style.stepNote} aria-label={said.title}>
      <Standing approval={approval} />
      {approval.mayDecide && <Decide campaign={campaign} />}
    </section>
  )
}

/** Where the approval stands, in sentences. */
export function Standing({ approval }: { readonly approval: Approval }) {
  const said = useWords(text)
  const language = useLanguage()
  const { currency } = useSession().shop
  const { state, askedBy, decidedBy, note, decisionNote, couponCost } = approval
  const why = approval.passed.map((limit) => {
    if (limit === 'people') return said.people(people(approval.people ?? 0, language))
    return couponCost === null ? said.endless : said.cost(money(couponCost, currency, language))
  })
  return (
    <>
      {state !== 'approved' && <p>{said.needed(why.join(', '))}</p>}
      {state === 'asked' && <p>{said.asked(askedBy ?? '')}</p>}
      {state === 'asked' && note !== '' && <p>“{note}”</p>}
      {(state === 'approved' || state === 'declined') && <p>{said[state](decidedBy ?? '')}</p>}
      {(state === 'approved' || state === 'declined') && decisionNote && <p>“{decisionNote}”</p>}
      {state === 'void' && <p>{said.void}</p>}
      {state === 'outgrown' && <Outgrown approval={approval} />}
    </>
  )
}

/** In what it is larger now than what was approved. */
function Outgrown({ approval }: { readonly approval: Approval }) {
  const said = useWords(text)
  const language = useLanguage()
  const { currency } = useSession().shop
  const { approved, decidedBy } = approval
  if (approved === null) return null
  const who = decidedBy ?? ''
  const won = (cost: number | null) =>
    cost === null ? said.endlessCost : money(cost, currency, language)
  return approved.grown.map((limit) => (
    <p key={limit}>
      {limit === 'people'
        ? said.outgrownPeople(
            who,
            people(approved.people ?? 0, language),
            people(approval.people ?? 0, language),
          )
        : said.outgrownCost(who, won(approved.couponCost), won(approval.couponCost))}
    </p>
  ))
}

function Decide({ campaign }: { readonly campaign: number }) {
  const said = useWords(text)
  const queries = useQueryClient()
  const [note, setNote] = useState('')
  const deciding = useMutation({
    mutationFn: (act: 'approve' | 'decline') => sayApproval(campaign, { act, note }),
    onSuccess: (next) => queries.setQueryData(['campaigns', 'approval', campaign], next),
  })
  return (
    <>
      <Textarea
        label={said.note}
        maxLength={500}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      {deciding.error && <Failure error={deciding.error} />}
      <div className={style.inline} style={{ marginTop: 8 }}>
        <Button loading={deciding.isPending} onClick={() => deciding.mutate('approve')}>
          {said.approve}
        </Button>
        <Button
          variant="default"
          loading={deciding.isPending}
          onClick={() => deciding.mutate('decline')}
        >
          {said.decline}
        </Button>
      </div>
    </>
  )
}
