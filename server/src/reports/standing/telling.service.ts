import type { Handover } from '../../channels/carrier.ts'
import type { Database } from '../../database/connection.store.ts'
import type { Clock } from '../../lib/clock.ts'
import { minuteMs } from '../../lib/duration.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import type { Morning } from '../morning/morning.ts'
import type { MorningPost } from '../morning/post.service.ts'
import { standingProblem } from './problem.ts'
import { againAfter, keptMs, linkText, mostTries } from './standing.ts'
import { claimTelling, settleTelling, type Telling } from './tellings.store.ts'

/** A worker that dies with a mail loses it after so long. */
const leaseMs = 5 * minuteMs

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'sign'>
  readonly shops: Pick<Shops, 'shop'>
  readonly publicUrl: string
  readonly post: MorningPost
  /** Whether the shop has an account for mail; without one a mail would only lie in the test inbox. */
  readonly hasMail: (shop: Shop) => boolean
}

/** Tells those who wanted to know of the file that waits longest; false when nobody waits. What does not leave is tried again. */
export async function tellNext(needs: Needs): Promise<boolean> {
  const { db, clock } = needs
  const telling = await claimTelling(db, { now: clock.now(), until: clock.now() + leaseMs })
  if (!telling) return false
  const { shop: id, run, tries } = telling
  const shop = await needs.shops.shop(id)
  const untold: string[] = []
  let [problem, mayTry]: [string | null, boolean] = [null, false]
  const hasMail = needs.hasMail(shop)
  if (!hasMail) untold.push(...telling.untold)
  if (!hasMail) problem = standingProblem('no_mail')
  for (const address of hasMail ? telling.untold : []) {
    const came = await mailed(needs, telling, { shop, address })
    // What may have left is not sent twice.
    if (came.kind === 'accepted' || came.kind === 'ambiguous') continue
    untold.push(address)
    problem = standingProblem('mail', came.detail)
    mayTry ||= came.kind !== 'permanent'
  }
  const tellAt = mayTry && tries < mostTries ? clock.now() + againAfter(tries) : null
  await settleTelling(db, id, { run, untold, problem, tellAt })
  return true
}

async function mailed(
  needs: Needs,
  telling: Telling,
  to: { readonly shop: Shop; readonly address: string },
): Promise<Handover> {
  const { shop, address } = to
  const key = `file.${shop.id}.${telling.run}.${telling.emails.indexOf(address)}`
  const sent = { key, at: needs.clock.now(), morning: mailOf(needs, telling, shop) }
  try {
    return await needs.post(shop, { kind: 'email', address }, sent)
  } catch (error) {
    return { kind: 'temporary', detail: error instanceof Error ? error.message : 'failed' }
  }
}

function mailOf(needs: Needs, { name, run, rows, begunAt }: Telling, shop: Shop): Morning {
  const url = fileAddress(needs, { shop: shop.id, run, until: begunAt + keptMs })
  const isKorean = shop.language === 'ko'
  const lines = rows.toLocaleString('en')
  return {
    subject: `[${shop.name}] ${name}`,
    parts: [
      {
        title: isKorean ? '파일이 준비됐어요' : 'The file is ready',
        lines: [
          isKorean ? `${lines}줄이에요.` : `${lines} lines.`,
          url,
          isKorean
            ? '7일 동안 받을 수 있어요. 주소를 아는 사람은 누구나 열 수 있으니 다른 사람에게 전하지 마세요.'
            : 'It can be fetched for 7 days. Whoever knows the address can open it: pass it to nobody.',
        ],
      },
    ],
  }
}

/** The address at which a run can be fetched without signing in, until its lines are forgotten. */
export function fileAddress(
  { vault, publicUrl }: Pick<Needs, 'publicUrl' | 'vault'>,
  of: { readonly shop: number; readonly run: number; readonly until: number },
): string {
  const text = linkText(of)
  return `${publicUrl}/api/standing-files/fetch/${text}.${vault.sign(`standing-file:${text}`)}`
}
