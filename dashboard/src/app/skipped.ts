const key = 'danggol.setup-skipped'

/** Whether the first steps were put off in this browser. */
export function wasSkipped(): boolean {
  return localStorage.getItem(key) !== null
}

/** Puts the first steps off; they stay reachable from the home page. */
export function skipSetup(): void {
  localStorage.setItem(key, '1')
}
