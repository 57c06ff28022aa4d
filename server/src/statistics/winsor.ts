/**
 * Amounts above a cap count as the cap (Winsor's rule, Tukey 1962, The future of data analysis, Annals of Mathematical
 * Statistics 33, 1-67): one order of a wholesaler would otherwise decide a campaign. The cap is this quantile of what
 * people who ordered spent in spans as long as the goal's window, over the days before the campaign first decided. It is
 * fixed by what was there before: nothing that the groups do can move it, so looking every day stays safe. Both groups
 * have the same cap.
 */
export const winsorQuantile = 0.995

/** With fewer amounts than this the quantile is hardly more than their largest: then no amount is capped. */
export const winsorLeast = 200
