import { notifications } from '@mantine/notifications'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { changeShop, getShop, type ShopSettings } from '../api/settings.ts'
import { useWords, words } from '../app/language.ts'

const text = words({ saved: { ko: '저장했어요.', en: 'Saved.' } })

/** `seen`: what the form was opened with. */
type Saving = { readonly change: Parameters<typeof changeShop>[0]; readonly seen: ShopSettings }

/** The shop's settings and how to change them. */
export function useShop() {
  const said = useWords(text)
  const queries = useQueryClient()
  const shop = useQuery({ queryKey: ['shop'], queryFn: ({ signal }) => getShop(signal) })
  const saving = useMutation({
    mutationFn: ({ change, seen }: Saving) => changeShop(change, seen),
    onSuccess: async (next) => {
      queries.setQueryData(['shop'], next)
      await queries.invalidateQueries({ queryKey: ['session'] })
      notifications.show({ message: said.saved })
    },
  })
  return { shop, saving }
}
