/** What an adapter takes from outside: tests give their own server and clock, the shop's settings never reach it. */
export type ProviderWorld = {
  /** Where the provider is, without a slash at the end; the real address when absent. */
  readonly baseUrl?: string
  /** UTC ms */
  readonly now?: () => number
  /** Longest a call may take. */
  readonly limitMs?: number
  /** How long messages wait for others to share their call. */
  readonly gatherMs?: number
}
