import { z } from 'zod'
import { InFile } from '../web/csv-heads.ts'
import { type Route, route } from '../web/route.ts'
import { readers, SegmentParams } from './answers.ts'
import type { Segments } from './segments.service.ts'

/** Members as a file. */
export function exportRoutes(segments: Segments): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/segments/{id}/members.csv',
      summary:
        'Members as a CSV file (id, name, email, phone, entered_at), streamed. Masked but for owners and marketers; in the audit log.',
      roles: readers,
      params: SegmentParams,
      query: InFile,
      response: z.string(),
      media: { response: 'text/csv' },
      handle: async ({ actor, params, query: { language } }) => {
        const { name, body } = await segments.exportMembers(actor, { id: params.id, language })
        const file = encodeURIComponent(`${name}.csv`).replaceAll("'", '%27')
        return new Response(body, {
          headers: {
            'content-type': 'text/csv; charset=utf-8',
            'content-disposition': `attachment; filename="segment-${params.id}.csv"; filename*=UTF-8''${file}`,
            'cache-control': 'no-store',
            'x-content-type-options': 'nosniff',
          },
        })
      },
    }),
  ]
}
