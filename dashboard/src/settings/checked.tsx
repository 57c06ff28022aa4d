import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useLanguage } from '../app/language.ts'
import { providerSentence } from '../design/provider-words.ts'
import { Failure } from '../design/states.tsx'
import style from './checked.module.css'

type Name = 'smtp' | 'ses' | 'resend' | 'mailbox'
type Answer = { readonly works: boolean; readonly detail: string | null }

/**
 * What came of looking whether an account works. It is kept by name, so that it is still there when the first save puts the
 * form in another place; `undefined` until somebody looked.
 */
export function useChecked(name: Name, check: () => Promise<Answer>) {
  const queries = useQueryClient()
  const options = { queryKey: ['checked', name], queryFn: check, retry: false }
  const { data, error, isFetching } = useQuery({ ...options, enabled: false })
  return {
    answer: data,
    error,
    isBusy: isFetching,
    look: () => {
      // What goes wrong is shown beside the form, by the same name.
      queries.fetchQuery({ ...options, staleTime: 0 }).catch(() => undefined)
    },
    forget: () => queries.removeQueries({ queryKey: options.queryKey }),
  }
}
export type LookedAt = ReturnType<typeof useChecked>

/** Only what was found, for whoever shows it elsewhere. */
export function useFound(name: Name | undefined): Answer | undefined {
  const { data } = useQuery<Answer>({ queryKey: ['checked', name], enabled: false })
  return data
}

/** Says it beside the form; `works` makes a sentence of what the server over there told of itself. */
export function CheckedSentence({
  checked: { answer, error },
  works,
  worksNot,
}: {
  readonly checked: LookedAt
  readonly works: (detail: string) => string
  readonly worksNot: string
}) {
  const language = useLanguage()
  if (error) return <Failure error={error} />
  if (!answer) return null
  const detail = answer.detail ?? ''
  const trouble = [worksNot, providerSentence(detail, language)].filter(Boolean).join(' ')
  return (
    <p className={answer.works ? style.fine : style.trouble} role="status">
      {answer.works ? works(detail) : trouble}
    </p>
  )
}
