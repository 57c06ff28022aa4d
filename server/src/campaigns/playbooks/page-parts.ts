import type { OnsiteContent } from '../../messages/onsite/content.ts'
import type { PagePattern } from '../page/page-trigger.ts'
import type { Made } from './playbook.ts'

/** Pages where nobody is spoken to, for they are busy there already; shops call them by these words. */
export const busyPages: readonly PagePattern[] = [
  'login',
  'join',
  'signup',
  'register',
  'checkout',
  'orderform',
  'payment',
].map((value): PagePattern => ({ by: 'holds', value }))

/** A message step that stands on the page; `coupon`: one of the playbook's pool goes with it where one was made. */
export function onPage(
  made: Made,
  id: number,
  { coupon, ...content }: Partial<OnsiteContent> & { readonly coupon?: boolean },
) {
  return {
    kind: 'message',
    id,
    content: { channel: 'onsite', ...content },
    ...(coupon && typeof made.pool === 'number' ? { coupon: made.pool } : {}),
  } as const
}
