import type { Happening } from './happening.ts'

/** Whether this is the happening by which a member of the team erased a customer. */
export function isErasure({ kind, name }: Pick<Happening, 'kind' | 'name'>): boolean {
  return kind === 'edit' && name === 'Customer Erased'
}
