import type { CampaignState, Flow } from '../../../server/src/campaigns/campaign.ts'
import type { Problem } from '../../../server/src/campaigns/flow-problems.ts'
import type { GivenAnswers } from '../../../server/src/campaigns/playbooks/answers.ts'
import type { PlaybookGallery } from '../../../server/src/campaigns/playbooks/card.ts'
import type { Shown } from '../../../server/src/channels/shown.ts'
import type { Nature } from '../../../server/src/messages/content.ts'
import type { NamedRule } from '../../../server/src/messages/law.ts'
import type { OnsiteView } from '../../../server/src/messages/onsite/view.ts'
import type { KakaoShown } from '../design/kakao-chat.tsx'
import { api, type PageOf } from './client.ts'

export type CampaignRow = {
  readonly id: number
  readonly name: string
  readonly playbook: string | null
  readonly state: CampaignState
  readonly version: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly startedAt: number | null
  readonly folder: string | null
  readonly archivedAt: number | null
}

export const listCampaigns = (
  query: {
    readonly after?: string | undefined
    readonly limit?: number
    readonly archived?: 'true' | 'false'
    readonly folder?: string | undefined
  },
  signal?: AbortSignal,
) => api.get<PageOf<CampaignRow>>('/api/campaigns', query, signal)

export type Campaign = CampaignRow & {
  readonly draft: Flow
  readonly problems: readonly Problem[]
  /** Of the version people enter on: as what it is sent, and who chose so when. */
  readonly published: {
    readonly nature: Nature
    readonly by: string
    readonly at: number
    /** Nothing of the draft has changed since. */
    readonly isDraft: boolean
  } | null
}
export const getCampaign = (id: number, signal?: AbortSignal) =>
  api.get<Campaign>(`/api/campaigns/${id}`, {}, signal)
export const createCampaign = (body: {
  readonly playbook?: string
  readonly name?: string
  readonly answers?: GivenAnswers
}) => api.post<Campaign>('/api/campaigns', body)
export const changeCampaign = (
  id: number,
  body: { readonly name?: string; readonly draft?: Flow },
) => api.patch<Campaign>(`/api/campaigns/${id}`, body)
export const switchCampaign = (id: number, to: 'start' | 'pause', body: object = {}) =>
  api.post<Campaign>(`/api/campaigns/${id}/${to}`, body)
export const stopCampaign = (id: number, how: 'drain' | 'cancel') =>
  api.post<Campaign>(`/api/campaigns/${id}/stop`, { how })

export type MailPreview = {
  readonly subject: string
  readonly html: string
  readonly text: string
  readonly problems?: readonly {
    readonly code: string
    readonly ko: string
    readonly en: string
    readonly field: string
    readonly rule?: NamedRule
  }[]
  /** Of a text message; null otherwise, and while it cannot be drawn. */
  readonly sms: TextDrawn | null
  /** Of a Kakao message; null otherwise, and while it cannot be drawn. */
  readonly kakao: KakaoDrawn | null
  /** What its picture needs beside subject and text; null of a mail. */
  readonly shown: Shown | null
  /** Of a message on the page: what the shop's page draws; null otherwise, and while it cannot be drawn. */
  readonly view: OnsiteView | null
}
export type KakaoDrawn = Pick<KakaoShown, 'kind' | 'buttons'> & {
  readonly around: NonNullable<KakaoShown['around']>
  readonly coupon: NonNullable<KakaoShown['coupon']> | null
}
type TextForm = 'SMS' | 'LMS' | 'MMS'
/** Whose values stand in a text message that is looked at. */
export type TextSample = {
  readonly name: string | null
  readonly product: string
  readonly products: number
  readonly total: number
}
export type TextDrawn = {
  readonly sample: TextSample
  readonly form: TextForm
  readonly bytes: number
  readonly prices: Readonly<Record<TextForm, number | null>>
  readonly sizes: {
    readonly people: number
    readonly forms: Readonly<Record<TextForm, number>>
    readonly failed: number
    readonly renamed: number
    readonly worst: {
      readonly text: string
      readonly bytes: number
      readonly form: TextForm
    } | null
  }
}
export const previewMail = (
  id: number,
  asked: { readonly draft: Flow; readonly customer?: number | undefined },
  signal?: AbortSignal,
) => api.post<MailPreview>(`/api/campaigns/${id}/preview`, asked, signal)

export type Enrolment = {
  readonly id: number
  readonly customer: number
  readonly name: string | null
  readonly enteredAt: number
  readonly why: { readonly ko: string; readonly en: string }
}
export const listEnrolments = (
  id: number,
  query: { readonly reason?: string; readonly after?: string | undefined; readonly limit?: number },
  signal?: AbortSignal,
) => api.get<PageOf<Enrolment>>(`/api/campaigns/${id}/enrolments`, query, signal)

/** Counting takes a look at the day's history; `count: 'false'` does without. */
export const listPlaybooks = (
  signal?: AbortSignal,
  query: { readonly count?: 'true' | 'false' } = {},
) => api.get<PlaybookGallery>('/api/playbooks', query, signal)
