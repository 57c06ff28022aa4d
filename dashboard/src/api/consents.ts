import type { importKinds, RowFault } from '../../../server/src/connect/consents/row.ts'
import type { FirstSend, FirstSendTask } from '../../../server/src/consent/first-send.ts'
import type { ConsentSettings } from '../../../server/src/consent/settings.ts'
import { address, api } from './client.ts'

export type ImportKind = (typeof importKinds)[number]
export type { ConsentSettings, FirstSendTask, RowFault }

/** A name under a sentence: who answers for it. */
export type Signature = { readonly name: string; readonly sentence: string }

export type ImportCounts = {
  readonly rows: number
  readonly consents: number
  readonly outweighed: number
  readonly refusals: number
  readonly already: number
  readonly unknownRefused: number
  readonly newPeople: number
  readonly faults: Readonly<Partial<Record<RowFault, number>>>
}

/** A file that was taken in: what it does, and how far it is. */
export type ConsentImport = {
  readonly id: number
  readonly kind: ImportKind
  readonly fileName: string
  readonly state: 'looking' | 'looked_at' | 'applying' | 'done' | 'failed' | 'cancelled'
  /** null until it has been looked at. */
  readonly counts: ImportCounts | null
  readonly attestedBy: string | null
  readonly sentence: string | null
  readonly appliedAt: number | null
  readonly done: number
  readonly total: number | null
  readonly problem: string | null
}
export const lookAtFile = (
  file: File,
  asked: { readonly kind: ImportKind; readonly from: string },
) =>
  api.upload<ConsentImport>(address('/api/consents/imports', { ...asked, name: file.name }), {
    bytes: file,
    type: 'text/csv',
  })
export const getImport = (id: number, signal?: AbortSignal) =>
  api.get<ConsentImport>(`/api/consents/imports/${id}`, {}, signal)
/** The first of the lines that do nothing. */
export const getShownLines = (id: number, signal?: AbortSignal) =>
  api.get<{
    readonly items: readonly {
      readonly line: number
      readonly reason: RowFault
      readonly value: string
    }[]
  }>(`/api/consents/imports/${id}/lines`, {}, signal)
/** Whether a worker has it in hand. */
export const isUnderWay = ({ state }: ConsentImport) => state === 'looking' || state === 'applying'
export const applyImport = (id: number, by: Signature) =>
  api.post<ConsentImport>(`/api/consents/imports/${id}/apply`, by)
export const cancelImport = (id: number) =>
  api.post<ConsentImport>(`/api/consents/imports/${id}/cancel`, {})
export const listImports = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly ConsentImport[] }>('/api/consents/imports', {}, signal)
export const refusedFileAddress = (id: number) => `/api/consents/imports/${id}/refused`

export type FirstSendState = FirstSend & { readonly locked: boolean }
export const getFirstSend = (signal?: AbortSignal) =>
  api.get<FirstSendState>('/api/consents/first-send', {}, signal)
export const attestNone = (task: FirstSendTask, by: Signature) =>
  api.post<FirstSendState>(`/api/consents/first-send/${task}`, by)

export type ConsentsDue = {
  readonly result: number
  readonly reconfirm: number
  readonly soonest: readonly {
    readonly kind: 'result' | 'reconfirm'
    readonly customer: number
    readonly channel: string
    readonly dueAt: number
  }[]
}
export const getConsentsDue = (signal?: AbortSignal) =>
  api.get<ConsentsDue>('/api/consents/due', {}, signal)

export const getConsentSettings = (signal?: AbortSignal) =>
  api.get<ConsentSettings>('/api/consents/settings', {}, signal)
type ConsentSettingsChange = {
  readonly resultNotices: boolean
  readonly reconfirms: boolean
  readonly reconfirmOverdue: boolean
  readonly existingCustomers?: Signature | null
}
export const putConsentSettings = (body: ConsentSettingsChange, seen: ConsentSettings) =>
  api.put<ConsentSettings>('/api/consents/settings', body, seen)

export type Wording = {
  readonly id: string
  readonly name: string
  readonly language: string
  readonly text: string
  readonly madeAt: number
  readonly retiredAt: number | null
}
export const listWordings = (signal?: AbortSignal) =>
  api.get<{ readonly items: readonly Wording[] }>('/api/consents/wordings', {}, signal)
export const keepWording = (body: {
  readonly name: string
  readonly language: string
  readonly text: string
}) => api.post<{ readonly id: string }>('/api/consents/wordings', body)
export const retireWording = (id: string) => api.delete<unknown>(`/api/consents/wordings/${id}`)
