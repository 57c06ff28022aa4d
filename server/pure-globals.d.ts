// The few universal globals that plain (pure) files may use. Everything else of Node or the DOM stays out of their reach.
interface URLSearchParams extends Iterable<[string, string]> {
  get(name: string): string | null
  getAll(name: string): string[]
  has(name: string): boolean
  set(name: string, value: string): void
  toString(): string
}
interface URL {
  readonly href: string
  readonly origin: string
  readonly protocol: string
  readonly hostname: string
  readonly host: string
  readonly username: string
  pathname: string
  search: string
  hash: string
  readonly searchParams: URLSearchParams
}
declare const URL: {
  new (url: string, base?: string): URL
  canParse(url: string, base?: string): boolean
}
declare const URLSearchParams: { new (init?: string | Record<string, string>): URLSearchParams }
declare const TextEncoder: { new (): { encode(text: string): Uint8Array } }
declare const TextDecoder: {
  new (label?: string, options?: { ignoreBOM?: boolean }): { decode(bytes: Uint8Array): string }
}
declare function structuredClone<T>(value: T): T
interface AbortSignal {
  readonly aborted: boolean
}
interface Request {
  readonly url: string
  readonly method: string
  readonly headers: { get(name: string): string | null }
}
interface Response {
  readonly status: number
}
