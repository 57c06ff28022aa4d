import { Refusal } from '../lib/refusal.ts'
import { contentTag } from '../web/content-tag.ts'
import type { Call, Route } from '../web/route.ts'

/**
 * A change with If-Match goes through only while its address still answers what its sender had seen, so that of two people who edit
 * the same thing the second is told instead of undoing the first. Such changes of one address go one after another.
 */
export function unchanged(routes: readonly Route[]) {
  const reading = new Map(
    routes.filter((one) => one.method === 'get').map((one) => [one.path, one]),
  )
  const last = new Map<string, Promise<unknown>>()

  return async <T>(one: Route, call: Call, change: () => Promise<T>): Promise<T> => {
    const seen = call.request.headers.get('if-match')
    const read = reading.get(one.path)
    if (seen === null || !read || one.method === 'get') return await change()
    const place = `${call.actor.shop}:${new URL(call.request.url).pathname}`
    const before = last.get(place)
    const mine = (async () => {
      await before?.catch(() => undefined)
      const now = await read.handle({ ...call, query: {}, body: undefined })
      if (contentTag(without(now, read.moving ?? [])) !== seen)
        throw new Refusal(
          'conflict',
          '그 사이 다른 분이 이 설정을 바꿨어요. 새로고침해서 바뀐 내용을 본 뒤 다시 저장해 주세요.',
          'If-Match',
        )
      return await change()
    })()
    last.set(place, mine)
    try {
      return await mine
    } finally {
      if (last.get(place) === mine) last.delete(place)
    }
  }
}

function without(answer: unknown, fields: readonly string[]): unknown {
  if (typeof answer !== 'object' || answer === null) return answer
  return Object.fromEntries(Object.entries(answer).filter(([name]) => !fields.includes(name)))
}
