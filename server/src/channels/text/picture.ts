/** The id of a picture that no provider has named: known by its content, and handed over when a message needs it. */
export function keptPicture(hash: string): string {
  return `kept-${hash.slice(0, 24)}`
}

/** Whether the id is ours, so that no provider knows it by itself. */
export function isKeptPicture(id: string): boolean {
  // `practice-`: uploaded while there was no account, under the name such pictures had before.
  return /^(kept|practice)-/.test(id)
}
