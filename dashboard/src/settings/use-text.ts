import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { problemIn } from '../api/client.ts'
import { checkText, putText, type TextAccount, type TextWrite } from '../api/text.ts'
import { useLanguage, useWords } from '../app/language.ts'
import { problemSentence } from '../design/problem-words.ts'
import { providerSentence } from '../design/provider-words.ts'
import { textWords } from './text-words.ts'

/** Takes the settings as this page saved them: its forms stand on what they were opened with, not on what others change. */
export const TextOpened = createContext<(next: TextAccount) => void>(() => undefined)

/** Saves a part of the account's settings; what is not given stays as it is known. `after` runs once it is saved. */
export function useText(known: TextAccount, after?: () => void) {
  const said = useWords(textWords)
  const queries = useQueryClient()
  const opened = useContext(TextOpened)
  return useMutation({
    mutationFn: (part: Partial<TextWrite>) => {
      const { hasSecret: _, certified, hook: __, state: ___, ...kept } = known
      return putText({ ...kept, certified: certified !== null, ...part }, known)
    },
    onSuccess: (next) => {
      opened(next)
      queries.setQueryData(['text'], next)
      notifications.show({ message: said.saved })
      after?.()
    },
  })
}

/** Asks the provider what it knows of the account; tells the numbers that may send. */
export function useCheck(onSenders: (senders: readonly string[]) => void) {
  const said = useWords(textWords)
  const language = useLanguage()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: checkText,
    onSuccess: async ({ works, detail, senders }) => {
      onSenders(senders)
      await queries.invalidateQueries({ queryKey: ['text'] })
      notifications.show(
        works
          ? { message: said.works }
          : {
              color: 'red',
              message: `${said.worksNot} ${providerSentence(detail ?? '', language)}`,
            },
      )
    },
    onError: (error) =>
      notifications.show({ color: 'red', message: problemSentence(problemIn(error), language) }),
  })
}
