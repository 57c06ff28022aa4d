/** What an adapter takes from outside: tests give their own server and clock, the shop's settings never reach it. */
export type ProviderWorld = {
  /** Where the provider is, without a slash at the end; the real address when absent. */
  readonly baseUrl?: string
  /** UTC ms */
  readonly now?: () => number
  /** Begins the patience of one call: its signal ends the call. Half a minute when absent. */
  readonly patience?: () => AbortSignal
  /** The JPEG of an uploaded picture by the id messages name it by; undefined when it is not kept. */
  readonly picture?: (id: string) => Promise<Uint8Array | undefined>
  /** How long messages wait for others to share their call. */
  readonly gatherMs?: number
}
