import { useQuery } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { SmsContent } from '../../../server/src/messages/sms/content.ts'
import type { TextSample } from '../api/campaigns.ts'
import { getLinks } from '../api/links.ts'
import { useSession } from '../app/session.tsx'
import { roughly } from './sms-meter.ts'

/** Whose values the message on screen was last drawn with. */
export const SampleContext = createContext<TextSample | undefined>(undefined)

/** A text message at every keystroke, with the values the server last drew it with. */
export function useRoughText(content: SmsContent, isAd: boolean, drawnWith?: TextSample) {
  const { shop } = useSession()
  const known = useContext(SampleContext)
  const links = useQuery({
    queryKey: ['shop', 'links'],
    queryFn: ({ signal }) => getLinks(signal),
    staleTime: 60_000,
    retry: false,
  })
  const link = links.data?.sample ?? 'https://example.com/s/Ab3dE7x'
  return roughly(content, { shopName: shop.name, isAd, link, person: drawnWith ?? known })
}
