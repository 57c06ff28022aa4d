import { MultiSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getApprovalLimits, putApprovalLimits } from '../api/approval.ts'
import { listMembers } from '../api/settings.ts'
import { useWords, words } from '../app/language.ts'
import style from './settings.module.css'
import { SettingsForm } from './settings-form.tsx'

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
})

const at = {
  key: ['approval-limits'],
  get: getApprovalLimits,
  put: putApprovalLimits,
  after: [['campaigns', 'approval']],
}

/** Above which size a campaign needs a second member. */
export function ApprovalLimits() {
  const said = useWords(text)
  const members = useQuery({ queryKey: ['members'], queryFn: ({ signal }) => listMembers(signal) })
  const choices = (members.data?.items ?? [])
    .filter((one) => one.role !== 'owner' && one.disabledAt === null)
    .map((one) => ({ value: String(one.id), label: one.name }))
  return (
    <SettingsForm title={said.title} note={said.note} at={at} roles={[]}>
      {({ value, set, number, disabled }) => (
        <>
          <div className={style.pair}>
            {number('people', { label: said.people, suffix: said.unit, empty: null })}
            {number('couponBudget', {
              label: said.couponBudget,
              suffix: said.won,
              allowDecimal: true,
              empty: null,
            })}
          </div>
          <MultiSelect
            label={said.approvers}
            disabled={disabled}
            data={choices}
            value={value.approvers.map(String)}
            onChange={(ids) => set({ approvers: ids.map(Number) })}
          />
        </>
      )}
    </SettingsForm>
  )
}
