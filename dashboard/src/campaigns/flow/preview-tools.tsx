import { Button, Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconUsers } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import { listCustomers } from '../../api/customers.ts'
import { useWords, words } from '../../app/language.ts'
import { OnMySite } from '../onsite/on-my-site.tsx'
import type { ShownMessage } from '../shown-message.ts'
import { ManyPreviews } from './many-previews.tsx'
import style from './workbench.module.css'

const text = words({
  as: { ko: '이 고객에게 보이는 대로', en: 'As this customer sees it' },
  sample: { ko: '예시 고객', en: 'A sample customer' },
  nobody: { ko: '그런 고객이 없어요', en: 'Nobody is called so' },
  unnamed: { ko: (id: number) => `이름 모름 (${id})`, en: (id: number) => `Unnamed (${id})` },
  many: { ko: '여러 고객으로 보기', en: 'See it for many' },
})

type Props = {
  readonly campaign: number
  readonly flow: Flow
  readonly message: ShownMessage
  readonly customer: number | undefined
  readonly pick: (customer: number | undefined) => void
}

/** Whose values stand in the message: a sample's, a customer's, or those of many at once. */
export function PreviewTools({ campaign, flow, message, customer, pick }: Props) {
  const said = useWords(text)
  const [asked, setAsked] = useState('')
  const [many, setMany] = useState(false)
  const [search] = useDebouncedValue(asked, 250)
  const found = useQuery({
    queryKey: ['customers', 'pick', search],
    queryFn: ({ signal }) => listCustomers({ search, limit: 8 }, signal),
    placeholderData: keepPreviousData,
  })
  const people = (found.data?.items ?? []).map(({ id, name }) => ({
    value: String(id),
    label: name ?? said.unnamed(id),
  }))
  return (
    <div className={style.tools}>
      <Select
        className={style.who ?? ''}
        size="xs"
        aria-label={said.as}
        placeholder={said.sample}
        searchable
        clearable
        nothingFoundMessage={said.nobody}
        data={people}
        // The server has looked by name, address and number already.
        filter={({ options }) => options}
        value={customer === undefined ? null : String(customer)}
        onSearchChange={setAsked}
        onChange={(id) => pick(id === null ? undefined : Number(id))}
      />
      <Button
        variant="default"
        size="xs"
        leftSection={<IconUsers size={14} />}
        onClick={() => setMany(true)}
      >
        {said.many}
      </Button>
      {message.content.channel === 'onsite' && (
        <OnMySite campaign={campaign} flow={flow} step={message.id} customer={customer} />
      )}
      {many && (
        <ManyPreviews
          campaign={campaign}
          flow={flow}
          message={message}
          close={() => setMany(false)}
        />
      )}
    </div>
  )
}
