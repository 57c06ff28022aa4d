import { contentTag } from '../../../server/src/web/content-tag.ts'

/** RFC 9457 as our server fills it: `detail` says what happened and what to do, `field` names the input at fault. */
export type Problem = {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly field: string | undefined
}

/** Thrown by every call that was declined or did not arrive. */
export class ApiProblem extends Error {
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.detail)
    this.name = 'ApiProblem'
    this.problem = problem
  }
}

export type Query = Readonly<Record<string, string | number | boolean | null | undefined>>

/** A page of a list, as the server's pageOf: `next` is null on the last one. */
export type PageOf<T> = { readonly items: readonly T[]; readonly next: string | null }

/** `/api/customers?after=...` without the parameters that are not set. */
export function address(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

type Sending = {
  /** What was on the screen when the change was begun. */
  readonly seen?: unknown
  readonly body?: unknown
  /** A file, sent as it is. */
  readonly file?: { readonly bytes: Blob; readonly type: string }
  readonly signal?: AbortSignal | undefined
}

async function call<T>(method: string, url: string, sending: Sending): Promise<T> {
  const response = await send(method, url, sending)
  if (response.status === 204) return undefined as T
  const text = await response.text()
  const answer = text ? readJson(text) : undefined
  if (!response.ok) throw new ApiProblem(problemOf(response.status, answer))
  return answer as T
}

async function send(
  method: string,
  url: string,
  { body, file, seen, signal }: Sending,
): Promise<Response> {
  const changing = method !== 'GET'
  try {
    return await fetch(url, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(changing ? { 'x-danggol-csrf': '1' } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(file ? { 'content-type': file.type } : {}),
        ...(seen === undefined ? {} : { 'if-match': contentTag(seen) }),
      },
      ...(file ? { body: file.bytes } : {}),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new ApiProblem(unreachable)
  }
}

const unreachable: Problem = {
  status: 0,
  code: 'offline',
  title: 'The server cannot be reached.',
  detail: '',
  field: undefined,
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function problemOf(status: number, answer: unknown): Problem {
  const said = (typeof answer === 'object' && answer !== null ? answer : {}) as Record<
    string,
    unknown
  >
  const text = (key: string) => (typeof said[key] === 'string' ? said[key] : undefined)
  return {
    status,
    code: text('code') ?? (status >= 500 ? 'broken' : 'invalid'),
    title: text('title') ?? '',
    detail: text('detail') ?? '',
    // A change that came too late is no fault of any blank: the form says it as a whole.
    field: text('field') === 'If-Match' ? undefined : text('field'),
  }
}

/** The server's `/api`, with the session cookie; every change carries the header that proves it came from this page. */
export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) =>
    call<T>('GET', address(path, query), { signal }),
  post: <T>(path: string, body: unknown, signal?: AbortSignal) =>
    call<T>('POST', path, { body, signal }),
  /** `seen` is what the same address answered when the form was opened: refused where somebody has changed it since. */
  put: <T>(path: string, body: unknown, seen?: unknown) => call<T>('PUT', path, { body, seen }),
  patch: <T>(path: string, body: unknown, seen?: unknown) => call<T>('PATCH', path, { body, seen }),
  upload: <T>(
    path: string,
    file: { readonly bytes: Blob; readonly type: string },
    signal?: AbortSignal,
  ) => call<T>('POST', path, { file, signal }),
  delete: <T>(path: string) => call<T>('DELETE', path, {}),
}

/** What the server said, or undefined when something else went wrong. */
export function problemIn(error: unknown): Problem | undefined {
  return error instanceof ApiProblem ? error.problem : undefined
}
