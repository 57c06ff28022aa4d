/**
 * A request that is understood and declined. Routes map it once to RFC 9457 problem+json:
 * `code` is stable and machine-readable, `message` says what happened and what to do, `field` names the input at fault.
 */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly field: string | undefined
  constructor(code: RefusalCode, message: string, field?: string) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.field = field
  }
}

export type RefusalCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'too-many'
  | 'busy'
