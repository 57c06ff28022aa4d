import type { Flow } from '../../campaigns/campaign.ts'
import { stepsOf } from '../../campaigns/flow-map.ts'
import { unreachable } from '../../lib/assert.ts'
import type { MessageContent } from '../../messages/message-content.ts'
import { firstProductsOf } from '../first-orders.ts'

/**
 * What a campaign says, in Korean, a line a message: `상점 화면의 슬라이드: ‘이 상품부터 써 보세요’`, and under it the products that were
 * chosen. `names` of products by id; one without a name is left out.
 */
export function whatText(
  flow: Pick<Flow, 'steps'>,
  names: ReadonlyMap<string, string>,
): readonly string[] {
  const contents = stepsOf(flow).flatMap((step) => (step.kind === 'message' ? [step.content] : []))
  const products = (firstProductsOf(flow)?.products ?? []).flatMap((id) => names.get(id) ?? [])
  const isRandom = contents.some((one) => one.channel === 'onsite' && one.order !== 'fixed')
  return [
    ...new Set(contents.map(contentText)),
    ...(products.length > 0
      ? [products.join(', ') + (isRandom ? ' (보이는 순서는 무작위)' : '')]
      : []),
  ]
}

function contentText(content: MessageContent): string {
  const [where, headline] = namesOf(content)
  // A person's own data are nobody's here.
  const open = headline?.replace(/\{\{.*?\}\}/g, '○○') ?? ''
  return open !== '' && !open.includes('{%') ? `${where}: ‘${open}’` : where
}

function namesOf(content: MessageContent): readonly [where: string, headline?: string] {
  switch (content.channel) {
    case 'email':
      return ['이메일', content.subject]
    case 'sms':
      return ['문자']
    case 'kakao':
      return ['카카오톡']
    case 'web_push':
      return ['웹 푸시', content.title]
    case 'webhook':
      return ['상점의 서버에 알리기']
    case 'onsite': {
      const heading = content.parts.find((part) => part.kind === 'heading')
      const where = `상점 화면의 ${forms[content.form]}`
      return heading ? [where, heading.text] : [where]
    }
    default:
      return unreachable(content)
  }
}

const forms = {
  modal: '팝업',
  slide: '슬라이드',
  sheet: '바텀 시트',
  full: '전체 화면',
  bar: '바',
  toast: '토스트',
  inline: '본문 안 메시지',
  button: '떠 있는 버튼',
} as const
