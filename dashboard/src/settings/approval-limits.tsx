import { Button, MultiSelect, NumberInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApprovalSettings } from '../../../server/src/campaigns/approval.ts'
import { getApprovalLimits, putApprovalLimits } from '../api/approval.ts'
import { listMembers } from '../api/settings.ts'
import { useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Bones, Failure } from '../design/states.tsx'
import style from './settings.module.css'

const text = words({
  title: { ko: '큰 캠페인의 승인', en: 'Approval of large campaigns' },
  note: {
    ko: '이보다 큰 캠페인은 다른 팀원이 승인해야 켤 수 있어요. 비워 두면 한도가 없어요. 켜진 뒤에 내용을 바꾸면 다시 승인받아요.',
    en: 'Campaigns larger than this need another member’s approval. Empty: no limit. A changed campaign is approved anew.',
  },
  people: { ko: '승인 없이 보낼 수 있는 고객', en: 'People without approval' },
  couponBudget: { ko: '승인 없이 쓸 수 있는 쿠폰 비용', en: 'Cost of coupons without approval' },
  approvers: {
    ko: '소유자와 함께 승인할 수 있는 팀원',
    en: 'Members who may approve beside the owners',
  },
  unit: { ko: '명', en: ' people' },
  won: { ko: '원', en: ' won' },
  save: { ko: '저장하기', en: 'Save' },
  saved: { ko: '저장했어요.', en: 'Saved.' },
})

/** Above which size a campaign needs a second member. */
export function ApprovalLimits() {
  const said = useWords(text)
  const limits = useQuery({
    queryKey: ['approval-limits'],
    queryFn: ({ signal }) => getApprovalLimits(signal),
  })
  if (limits.error) return <Failure error={limits.error} retry={() => limits.refetch()} />
  return (
    <Card title={said.title} note={said.note}>
      {limits.data ? <Form known={limits.data} /> : <Bones lines={3} />}
    </Card>
  )
}

function Form({ known }: { readonly known: ApprovalSettings }) {
  const said = useWords(text)
  const may = useMay()
  const queries = useQueryClient()
  const [limits, setLimits] = useState(known)
  const members = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => listMembers(signal) })
  const saving = useMutation({
    mutationFn: () => putApprovalLimits(limits),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['approval-limits'] })
      await queries.invalidateQueries({ queryKey: ['campaigns', 'approval'] })
      notifications.show({ message: said.saved })
    },
  })
  const blank = (name: 'people' | 'couponBudget', suffix: string) => (
    <NumberInput
      label={said[name]}
      min={0}
      suffix={suffix}
      thousandSeparator=","
      allowDecimal={name === 'couponBudget'}
      disabled={!may}
      value={limits[name] ?? ''}
      onChange={(value) => setLimits({ ...limits, [name]: value === '' ? null : Number(value) })}
    />
  )
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      <div className={style.pair}>
        {blank('people', said.unit)}
        {blank('couponBudget', said.won)}
      </div>
      <MultiSelect
        label={said.approvers}
        disabled={!may}
        data={(members.data?.items ?? [])
          .filter((one) => one.role !== 'owner' && one.disabledAt === null)
          .map((one) => ({ value: String(one.id), label: one.name }))}
        value={limits.approvers.map(String)}
        onChange={(ids) => setLimits({ ...limits, approvers: ids.map(Number) })}
      />
      {saving.error && <Failure error={saving.error} />}
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
