import { Button, NumberInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { RunSettings } from '../../../server/src/campaigns/runs/run.ts'
import { getRunSettings, putRunSettings } from '../api/runs.ts'
import { useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Bones, Failure } from '../design/states.tsx'
import style from './settings.module.css'

const text = words({
  title: { ko: '한꺼번에 많이 보낼 때', en: 'Sending to many at once' },
  note: {
    ko: '먼저 일부에게 보내고 지켜본 뒤 나머지에게 보내요. 잘못 쓴 메시지가 모두에게 가는 일을 막아요.',
    en: 'Some get it first; the others when nothing is wrong. A mistake does not reach everybody.',
  },
  firstPercent: { ko: '먼저 보낼 비율 (0이면 한 번에)', en: 'Share that gets it first (0: all)' },
  firstAtLeast: { ko: '적어도 이만큼은 먼저', en: 'At least so many first' },
  fromAudience: { ko: '대상이 이보다 많을 때만', en: 'Only for audiences from' },
  waitMinutes: { ko: '지켜보는 시간', en: 'Watched for' },
  mostFailedPercent: { ko: '실패가 이보다 많으면 멈춤', en: 'Stops when more than this fail' },
  mostOptOutPercent: {
    ko: '수신거부가 이보다 많으면 멈춤',
    en: 'Stops when more than this opt out',
  },
  people: { ko: '명', en: ' people' },
  minutes: { ko: '분', en: ' minutes' },
  save: { ko: '저장하기', en: 'Save' },
  saved: { ko: '저장했어요.', en: 'Saved.' },
})

/** How bulk sends begin: the share that is called first, and when a run stops and asks. */
export function BulkSends() {
  const said = useWords(text)
  const settings = useQuery({
    queryKey: ['sending', 'runs'],
    queryFn: ({ signal }) => getRunSettings(signal),
  })
  if (settings.error) return <Failure error={settings.error} retry={() => settings.refetch()} />
  return (
    <Card title={said.title} note={said.note}>
      {settings.data ? <Form known={settings.data} /> : <Bones lines={4} />}
    </Card>
  )
}

function Form({ known }: { readonly known: RunSettings }) {
  const said = useWords(text)
  const may = useMay('marketer', 'developer')
  const queries = useQueryClient()
  const [settings, setSettings] = useState(known)
  const saving = useMutation({
    mutationFn: () => putRunSettings(settings),
    onSuccess: async (next) => {
      queries.setQueryData(['sending', 'runs'], next)
      notifications.show({ message: said.saved })
    },
  })
  const blank = (name: keyof RunSettings, suffix: string, most: number) => (
    <NumberInput
      label={said[name]}
      min={0}
      max={most}
      suffix={suffix}
      thousandSeparator=","
      disabled={!may}
      value={settings[name]}
      onChange={(value) => setSettings({ ...settings, [name]: Number(value) || 0 })}
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
        {blank('firstPercent', ' %', 50)}
        {blank('firstAtLeast', said.people, 10_000)}
        {blank('fromAudience', said.people, 1_000_000)}
        {blank('waitMinutes', said.minutes, 24 * 60)}
        {blank('mostFailedPercent', ' %', 100)}
        {blank('mostOptOutPercent', ' %', 100)}
      </div>
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
