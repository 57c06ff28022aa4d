import { advertisingLabel, labelProblems, natureProblems, type Problem } from '../compose.ts'
import type { Nature } from '../content.ts'
import { type Piece, templateProblems } from '../template-problems.ts'
import type { CompiledPush, PushContent } from './content.ts'

/** How a reader turns the notifications off; article 50(4) of the Network Act wants it said in each advertisement. */
const wayOut = '수신거부: 설정 > 알림'

/** Composes `(광고)` and the shop's name before the title and the way out below the text, or says what is in the way. */
export function compilePush(
  content: PushContent,
  nature: Nature,
):
  | { readonly kind: 'ok'; readonly compiled: CompiledPush }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] } {
  const { title, text, url, icon, image } = content
  const isAd = nature.purpose === 'advertising'
  const pieces: readonly Piece[] = [
    ['title', title, 'text'],
    ['text', text, 'text'],
    ['url', url, 'text'],
    ['icon', icon ?? '', 'text'],
    ['image', image ?? '', 'text'],
  ]
  const problems = [
    ...(isAd ? labels(content) : []),
    ...natureProblems(nature, `${title}\n${text}`),
    ...templateProblems(pieces),
  ]
  if (problems.length > 0) return { kind: 'refused', problems }
  return {
    kind: 'ok',
    compiled: {
      channel: 'web_push',
      format: 1,
      nature,
      title: isAd ? `${advertisingLabel}{{ shop.name }} ${title}` : title,
      text: isAd ? `${text}\n${wayOut}` : text,
      url,
      icon: icon ?? null,
      image: image ?? null,
    },
  }
}

function labels({ title, text }: PushContent): readonly Problem[] {
  return (['title', 'text'] as const).flatMap((field) =>
    labelProblems(field === 'title' ? title : text).map((problem) => ({ ...problem, field })),
  )
}
