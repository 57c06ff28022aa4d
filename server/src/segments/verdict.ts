/** Whether the person is in, and the earliest time (UTC ms, Infinity for never) at which that may change by time alone. */
export type Verdict = { readonly value: boolean; readonly nextFlipAt: number }
