import { useQuery } from '@tanstack/react-query'
import { getLinks } from '../api/links.ts'

/** A short link as it looks in this shop's messages. */
export function useLinkSample(): { readonly link: string } {
  const links = useQuery({
    queryKey: ['shop', 'links'],
    queryFn: ({ signal }) => getLinks(signal),
    staleTime: 60_000,
    retry: false,
  })
  return { link: links.data?.sample ?? 'onsh.kr/Ab3dE7xxxxxxxx' }
}
