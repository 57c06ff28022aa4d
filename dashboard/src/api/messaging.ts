import type {
  BuyerStage,
  MessagingReport,
  Offer,
  Response,
} from '../../../server/src/insight/messaging-report.ts'
import type { Kept } from '../../../server/src/jobs/kept-result.ts'
import { api } from './client.ts'

export type { BuyerStage, MessagingReport, Offer, Response }

export const getMessaging = (asked: { readonly fresh?: '1' }, signal: AbortSignal) =>
  api.get<Kept<MessagingReport>>('/api/reports/messaging', asked, signal)
