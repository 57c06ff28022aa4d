import type { Handover, Lost, Provider, TextAccount, TextMessage } from '../carrier.ts'
import type { ProviderWorld } from '../provider-world.ts'
import type { TextFake } from './fake-server.driver.ts'

/** What differs between text providers, as the suite must know it. */
export type TextAbilities = {
  /** A lost message can be found again by our key. */
  readonly findsLost: boolean
  /** It has money that can run out. */
  readonly hasMoney: boolean
  /** It tells who refused by 080, and refuses to send to them. */
  readonly tellsOptOuts: boolean
  /** Calls that a thousand personal texts become, at most. */
  readonly callsForThousand: number
}

type Opened = {
  readonly provider: Provider<TextMessage>
  readonly account: TextAccount
}

export type TextSubject = {
  readonly name: string
  readonly abilities: TextAbilities
  readonly openFake: () => Promise<TextFake>
  /** The adapter, speaking to the fake with the right key or with a wrong one. */
  readonly open: (world: ProviderWorld, key: 'right' | 'wrong') => Opened
}

/** A suite under way: opens a fake and the adapter that speaks to it. */
export type Running = Pick<TextSubject, 'name' | 'abilities'> & {
  readonly open: (how?: {
    readonly key?: 'right' | 'wrong'
  }) => Promise<Opened & { readonly fake: TextFake }>
}

let made = 0

/** An advertising text to 0100000nnnn, complete by law. */
export function adText(over: Partial<TextMessage> = {}): TextMessage {
  made++
  return {
    shop: 1,
    message: made,
    key: `m1.${made}.1`,
    advertising: true,
    at: Date.UTC(2026, 10, 22, 1),
    channel: 'sms',
    form: 'SMS',
    from: '0212345678',
    to: `+8210${String(10_000_000 + made)}`,
    subject: null,
    text: `(광고)온샵 김하늘${made}님 쿠폰 도착 무료거부0801234567`,
    image: null,
    ...over,
  }
}

/** What is known of a message whose hand-over nobody saw the end of. */
export function lostOf(text: TextMessage): Lost {
  return { shop: text.shop, message: text.message ?? 0, key: text.key, at: text.at }
}

/** How many handovers of each kind. */
export const kindsOf = (handovers: readonly Handover[]) =>
  Object.entries(Object.groupBy(handovers, (one) => one.kind)).map(([kind, all]) => [
    kind,
    all?.length,
  ])
