import { z } from 'zod'
import { keptOf, keptQuery } from '../jobs/kept-result.ts'
import { type FileLanguage, InFile, inFile } from '../web/csv-heads.ts'
import { type Route, route } from '../web/route.ts'
import { fileOf as fileAnswer, ready } from './insight.routes.ts'
import type { Messaging } from './messaging.service.ts'
import { MessagingReport } from './messaging-report.ts'
import { fileOf } from './table.ts'

const readers = ['marketer', 'developer', 'viewer'] as const

/** What messages meet, and how many of them people get. */
export function messagingRoutes(messaging: Messaging): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/reports/messaging',
      summary:
        'Which channel, offer and campaign customers of each stage answer to against those held out; coupons; messages a person; messages by day.',
      roles: readers,
      query: z.object(keptQuery),
      response: keptOf(MessagingReport),
      handle: ({ actor, query }) => messaging.report(actor.shop, query.fresh === '1'),
    }),
    route({
      method: 'get',
      path: '/api/reports/messaging.csv',
      summary: 'Answers by stage, channel, offer and campaign as a CSV file.',
      roles: readers,
      query: InFile,
      response: z.string(),
      media: { response: 'text/csv' },
      handle: async ({ actor, query: { language } }) => {
        const { byChannel, byOffer, byCampaign, campaigns } = ready(
          await messaging.report(actor.shop),
        )
        const head = ['by', 'way', 'stage', 'people', 'answered', 'held_out', 'held_out_answered']
        const lines = [
          ...byChannel.map((row) => ({ by: 'channel', ...row })),
          ...byOffer.map((row) => ({ by: 'offer', ...row })),
          ...byCampaign.map((row) => ({
            by: 'campaign',
            ...row,
            way: campaigns.find(({ campaign }) => `${campaign}` === row.way)?.name ?? row.way,
          })),
        ]
        return fileAnswer(
          'messaging',
          fileOf(
            language,
            [...head, 'difference', 'low', 'high'],
            lines.map((row) => [
              inFile(language, row.by),
              wayIn(language, row),
              inFile(language, row.stage),
              row.treatment.people,
              row.treatment.answered,
              row.holdout.people,
              row.holdout.answered,
              row.difference?.value ?? '',
              row.difference?.low ?? '',
              row.difference?.high ?? '',
            ]),
          ),
        )
      },
    }),
  ]
}

function wayIn(language: FileLanguage, { by, way }: { readonly by: string; readonly way: string }) {
  if (language === 'en' || by === 'campaign') return way
  return inFile(language, by === 'offer' ? `offer_${way}` : way)
}
