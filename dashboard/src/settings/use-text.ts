import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { putText, type TextAccount, type TextWrite } from '../api/text.ts'
import { useWords } from '../app/language.ts'
import { textWords } from './text-words.ts'

/** Saves a part of the account's settings; what is not given stays as it is known. */
export function useText(known: TextAccount) {
  const said = useWords(textWords)
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (part: Partial<TextWrite>) => {
      const { hasSecret: _, certified, hook: __, state: ___, ...kept } = known
      return putText({ ...kept, certified: certified !== null, ...part })
    },
    onSuccess: (next) => {
      queries.setQueryData(['text'], next)
      notifications.show({ message: said.saved })
    },
  })
}
