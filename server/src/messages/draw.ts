import type { CompiledMessage } from './message-content.ts'
import { type DrawnEmail, drawEmail, type ParsedEmail, parseEmail } from './render.ts'
import type { Draft } from './scope.ts'
import { type DrawnSms, drawSms, type ParsedSms, parseSms } from './sms/draw.ts'

/** A compiled message with its templates parsed; kept by content id, for content never changes. */
export type ParsedMessage = ParsedEmail | ParsedSms

/** The message of one person, whole but for what the hand-over adds. */
export type DrawnMessage = DrawnEmail | DrawnSms

/** Parses a compiled message; undefined only when it was damaged after publishing. */
export function parseMessage(compiled: CompiledMessage): ParsedMessage | undefined {
  switch (compiled.channel) {
    case 'email':
      return parseEmail(compiled)
    case 'sms':
      return parseSms(compiled)
  }
}

/** Draws the message of one person; a failure says which part and why. */
export function drawMessage(message: ParsedMessage, draft: Draft): DrawnMessage {
  switch (message.channel) {
    case 'email':
      return drawEmail(message, draft)
    case 'sms':
      return drawSms(message, draft)
  }
}
