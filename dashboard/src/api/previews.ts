import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import type { PreviewCase } from '../../../server/src/campaigns/preview-cases.ts'
import type { Form } from '../../../server/src/messages/price.ts'
import type { MailPreview } from './campaigns.ts'
import { api } from './client.ts'

type Problem = NonNullable<MailPreview['problems']>[number]

/** What keeps one message from being published; `link` counts the contents of its channel chain from 0. */
export type MessageProblem = Problem & { readonly step: number; readonly link: number }

export const checkMessages = (id: number, draft: Flow, signal?: AbortSignal) =>
  api.post<{ readonly problems: readonly MessageProblem[] }>(
    `/api/campaigns/${id}/check`,
    { draft },
    signal,
  )

/** People who stand on each step now. */
export const stepCounts = (id: number, signal?: AbortSignal) =>
  api.get<{
    readonly items: readonly { readonly step: number; readonly people: number }[]
  }>(`/api/campaigns/${id}/steps`, {}, signal)

export type OnePreview = {
  readonly code: PreviewCase
  /** Null: made up. */
  readonly customer: number | null
  readonly name: string | null
  readonly subject: string
  readonly text: string
  readonly kakao: MailPreview['kakao']
  /** Of a message on the page. */
  readonly view: MailPreview['view']
  readonly form: Form | null
  /** As carriers count them. */
  readonly bytes: number
  /** Currency units; null where nobody has said the price. */
  readonly cost: number | null
  readonly verdict: 'send' | 'held' | 'refused' | 'would_send'
  /** UTC ms: when it would go; null when it would not. */
  readonly at: number | null
  readonly why: { readonly ko: string; readonly en: string }
}

export const drawMany = (
  id: number,
  asked: { readonly draft: Flow; readonly step: number },
  signal?: AbortSignal,
) =>
  api.post<{ readonly items: readonly OnePreview[] }>(
    `/api/campaigns/${id}/previews`,
    asked,
    signal,
  )

/** A link that shows the saved draft on a page of the shop's own site; `until`: UTC ms. */
export const previewOnPage = (
  id: number,
  asked: {
    readonly page: string
    readonly step?: number | undefined
    readonly customer?: number | undefined
  },
) =>
  api.post<{ readonly url: string; readonly until: number }>(
    `/api/campaigns/${id}/page-preview`,
    asked,
  )
