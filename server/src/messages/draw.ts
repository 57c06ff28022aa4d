import type { Recipe } from '../recommendations/recipe.ts'
import { type DrawnKakao, drawKakao, type ParsedKakao, parseKakao } from './kakao/draw.ts'
import type { CompiledMessage } from './message-content.ts'
import { type DrawnOnsite, drawOnsite, type ParsedOnsite, parseOnsite } from './onsite/draw.ts'
import { type DrawnPush, drawPush, type ParsedPush, parsePush } from './push/draw.ts'
import { type DrawnEmail, drawEmail, type ParsedEmail, parseEmail } from './render.ts'
import type { Draft } from './scope.ts'
import { type DrawnSms, drawSms, type ParsedSms, parseSms } from './sms/draw.ts'
import { type DrawnWebhook, drawWebhook, type ParsedWebhook, parseWebhook } from './webhook/draw.ts'

/** A compiled message with its templates parsed; kept by content id, for content never changes. */
export type ParsedMessage = (
  | ParsedEmail
  | ParsedSms
  | ParsedKakao
  | ParsedPush
  | ParsedWebhook
  | ParsedOnsite
) & {
  /** Which products it shows its reader; what is on the page shows its own. */
  readonly recommend?: Recipe
}

/** The message of one person, whole but for what the hand-over adds. */
export type DrawnMessage =
  | DrawnEmail
  | DrawnSms
  | DrawnKakao
  | DrawnPush
  | DrawnWebhook
  | DrawnOnsite

/** Parses a compiled message; undefined only when it was damaged after publishing. */
export function parseMessage(compiled: CompiledMessage): ParsedMessage | undefined {
  const parsed = parseFor(compiled)
  if (!parsed || compiled.channel === 'onsite' || !('recommend' in compiled)) return parsed
  return compiled.recommend ? { ...parsed, recommend: compiled.recommend } : parsed
}

function parseFor(compiled: CompiledMessage): ParsedMessage | undefined {
  switch (compiled.channel) {
    case 'email':
      return parseEmail(compiled)
    case 'sms':
      return parseSms(compiled)
    case 'kakao':
      return parseKakao(compiled)
    case 'web_push':
      return parsePush(compiled)
    case 'webhook':
      return parseWebhook(compiled)
    case 'onsite':
      return parseOnsite(compiled)
  }
}

/** Draws the message of one person; a failure says which part and why. */
export function drawMessage(message: ParsedMessage, draft: Draft): DrawnMessage {
  switch (message.channel) {
    case 'email':
      return drawEmail(message, draft)
    case 'sms':
      return drawSms(message, draft)
    case 'kakao':
      return drawKakao(message, draft)
    case 'web_push':
      return drawPush(message, draft)
    case 'webhook':
      return drawWebhook(message, draft)
    case 'onsite':
      return drawOnsite(message, draft)
  }
}
