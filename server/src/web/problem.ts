import { Refusal, type RefusalCode } from '../lib/refusal.ts'

/** RFC 9457 problem details. `code` is stable, `field` names the input at fault. */
export type Problem = {
  readonly type: string
  readonly title: string
  readonly status: number
  readonly detail: string
  readonly code: string
  readonly field?: string
}

const statuses: Readonly<Record<RefusalCode, readonly [number, string]>> = {
  invalid: [400, 'The request is not right'],
  unauthenticated: [401, 'Sign in first'],
  forbidden: [403, 'Not allowed'],
  'not-found': [404, 'Not found'],
  conflict: [409, 'Conflict'],
  'too-large': [413, 'Too large'],
  'too-many': [429, 'Too many requests'],
  busy: [503, 'Busy; try again shortly'],
}

/** What the caller is told. Anything that is not a refusal is our fault: it says nothing of the inside. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof Refusal)) {
    const detail = 'Something went wrong on our side. It has been logged.'
    return { type: 'about:blank', title: 'Internal error', status: 500, detail, code: 'internal' }
  }
  const [status, title] = statuses[error.code]
  const problem = {
    type: `urn:danggol:${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
  }
  return error.field === undefined ? problem : { ...problem, field: error.field }
}
