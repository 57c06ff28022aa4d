import { Button, NumberInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Bones, Failure } from '../design/states.tsx'
import style from './settings.module.css'

const text = words({
  save: { ko: '저장하기', en: 'Save' },
  saved: { ko: '저장했어요.', en: 'Saved.' },
})

type NumberNames<T> = {
  [K in keyof T]-?: T[K] extends number | null ? K : never
}[keyof T] &
  string

/** What the blanks of a form are made of. */
type Blanks<T> = {
  readonly value: T
  readonly set: (change: Partial<T>) => void
  readonly disabled: boolean
  /** A blank for a number. Left empty it stands for nothing where nothing is a value (`empty: null`), else for 0. */
  readonly number: (name: NumberNames<T>, about: NumberBlank) => ReactNode
}

type NumberBlank = {
  readonly label: string
  readonly suffix: string
  readonly min?: number
  readonly max?: number
  readonly description?: string
  readonly allowDecimal?: boolean
  readonly empty?: null
}

type Props<T> = {
  readonly title: string
  readonly note: string
  /** Where the settings are kept; the key names them among the queries. */
  readonly at: {
    readonly key: readonly string[]
    readonly get: (signal: AbortSignal) => Promise<T>
    /** `seen`: what the form was opened with, so that nobody else's change is undone unseen. */
    readonly put: (value: T, seen: T) => Promise<T>
    /** Queries that follow from the settings. */
    readonly after?: readonly (readonly string[])[]
  }
  /** Who may change them, beside owners. */
  readonly roles: readonly ('marketer' | 'developer')[]
  readonly children: (blanks: Blanks<T>) => ReactNode
}

/** A card of settings that are read, changed and saved as one. */
export function SettingsForm<T extends object>(props: Props<T>) {
  const { at, title, note } = props
  const settings = useQuery({ queryKey: at.key, queryFn: ({ signal }) => at.get(signal) })
  if (settings.error) return <Failure error={settings.error} retry={() => settings.refetch()} />
  return (
    <Card title={title} note={note}>
      {settings.data ? <Form {...props} known={settings.data} /> : <Bones lines={4} />}
    </Card>
  )
}

function Form<T extends object>({ at, roles, children, known }: Props<T> & { readonly known: T }) {
  const said = useWords(text)
  const may = useMay(...roles)
  const queries = useQueryClient()
  const [value, setValue] = useState(known)
  const [opened, setOpened] = useState(known)
  const saving = useMutation({
    mutationFn: () => at.put(value, opened),
    onSuccess: async (next) => {
      setOpened(next)
      setValue(next)
      queries.setQueryData(at.key, next)
      for (const queryKey of at.after ?? []) await queries.invalidateQueries({ queryKey })
      notifications.show({ message: said.saved })
    },
  })
  const set = (change: Partial<T>) => setValue({ ...value, ...change })
  const number: Blanks<T>['number'] = (name, { empty, allowDecimal = false, ...about }) => {
    const now = value[name]
    return (
      <NumberInput
        min={0}
        thousandSeparator=","
        allowDecimal={allowDecimal}
        disabled={!may}
        {...about}
        value={typeof now === 'number' ? now : ''}
        onChange={(typed) =>
          set({ [name]: typed === '' && empty === null ? null : Number(typed) || 0 } as Partial<T>)
        }
      />
    )
  }
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        saving.mutate()
      }}
    >
      {children({ value, set, disabled: !may, number })}
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
