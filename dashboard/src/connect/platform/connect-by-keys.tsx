import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { problemIn } from '../../api/client.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { Card } from '../../design/card.tsx'
import { problemSentence } from '../../design/problem-words.ts'
import { Failure } from '../../design/states.tsx'
import style from '../../settings/settings.module.css'
import { type KeyField, KeyFields } from './key-fields.tsx'
import { waysWords } from './ways-words.ts'

/** Steps of a guide with the keys that come out of them; connecting tries the keys at once. */
export function ConnectByKeys<K extends string>({
  title,
  steps,
  note,
  fields,
  connect,
}: {
  readonly title: string
  readonly steps: readonly ReactNode[]
  readonly note: string
  readonly fields: readonly KeyField<K>[]
  readonly connect: (values: Readonly<Record<K, string>>) => Promise<unknown>
}) {
  const said = useWords(waysWords)
  const language = useLanguage()
  const queries = useQueryClient()
  const empty = Object.fromEntries(fields.map(({ name }) => [name, '']))
  const [values, setValues] = useState(empty as Readonly<Record<K, string>>)
  const connecting = useMutation({
    mutationFn: connect,
    onSuccess: async () => {
      setValues(empty as Readonly<Record<K, string>>)
      await queries.invalidateQueries({ queryKey: ['connections'] })
    },
  })
  const problem = problemIn(connecting.error)
  const at = fields.find(({ name }) => problem?.field?.includes(name))
  const wrong = (field: string) =>
    at?.name === field ? (at.help ?? problemSentence(problem, language)) : undefined
  return (
    <Card title={title}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault()
          connecting.mutate(values)
        }}
      >
        <div className={style.guide}>
          <ol>
            {steps.map((step, no) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the steps of a guide stay where they are.
              <li key={no}>{step}</li>
            ))}
          </ol>
          <p className={style.note}>{note}</p>
        </div>
        <KeyFields fields={fields} values={values} onChange={setValues} wrong={wrong} />
        {connecting.error && !at && <Failure error={connecting.error} />}
        <div className={style.buttons}>
          <Button type="submit" loading={connecting.isPending}>
            {said.connect}
          </Button>
        </div>
      </form>
    </Card>
  )
}
