import type { Recipe } from '../recommendations/recipe.ts'
import { brandOf } from './brand.ts'
import { compileEmail } from './compile.driver.ts'
import type { Problem } from './compose.ts'
import { couponProblems, type Publishing } from './coupon-words.ts'
import { deadLinks } from './dead-links.ts'
import { type AboutKakao, compileKakao } from './kakao/compile.ts'
import type { CompiledMessage, MessageContent } from './message-content.ts'
import { compileOnsite } from './onsite/compile.ts'
import { wordlessPictures } from './picture-words.ts'
import { withRules } from './problem-rules.ts'
import { compilePush } from './push/compile.ts'
import { recipeProblems } from './recommended.ts'
import { compileSms } from './sms/compile.ts'
import { compileWebhook } from './webhook/compile.ts'

export type Compiled =
  | { readonly kind: 'ok'; readonly compiled: CompiledMessage }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }

/** Turns what a marketer wrote into a message in which only Liquid is left, or says everything that is in the way. */
export async function compileMessage(
  content: MessageContent,
  as: Publishing,
  shop: AboutKakao & { readonly url: string },
): Promise<Compiled> {
  const result = await compileFor(content, as, shop)
  const problems = [
    ...deadLinks(content, shop.url),
    ...wordlessPictures(content),
    ...couponProblems(content, as),
    ...recipeProblems(content),
    ...(result.kind === 'refused' ? result.problems : []),
  ]
  if (result.kind === 'ok' && problems.length === 0)
    return { ...result, compiled: { ...result.compiled, ...recipeOf(content) } }
  return { kind: 'refused', problems: withRules(problems, content) }
}

/** The recipe goes with what was compiled; on the page it is part of the message itself. */
function recipeOf(content: MessageContent): { readonly recommend?: Recipe } {
  if (content.channel === 'onsite' || !('recommend' in content)) return {}
  return content.recommend ? { recommend: content.recommend } : {}
}

async function compileFor(
  content: MessageContent,
  { carriesCoupon = false, ...nature }: Publishing,
  shop: AboutKakao,
): Promise<Compiled> {
  switch (content.channel) {
    case 'email':
      return await compileEmail(content, nature, {
        sender: shop.sender,
        brand: brandOf(shop.settings.brand),
      })
    case 'sms':
      return compileSms(content, nature, shop)
    case 'kakao':
      return compileKakao(content, nature, shop)
    case 'web_push':
      return compilePush(content, nature)
    case 'webhook':
      return compileWebhook(content, nature)
    case 'onsite':
      return compileOnsite(content, nature, {
        brand: brandOf(shop.settings.brand),
        carriesCoupon,
      })
  }
}
