import type {
  AnyParcel,
  DeliveryReport,
  Handover,
  LookedUp,
  Lost,
  Provider,
} from '../channels/carrier.ts'

type Answer = Handover | Promise<Handover>

/**
 * A provider that does as the test says: it keeps what it was given, answers as told, and knows later what it took. What
 * it accepts is `id-<message>.<attempt>`.
 */
export function toldProvider(
  options: {
    readonly answer?: (parcel: AnyParcel) => Answer
    readonly reportsDelivery?: boolean
    readonly lookUp?: (lost: Lost) => LookedUp
  } = {},
) {
  const given: AnyParcel[] = []
  const reports: DeliveryReport[] = []
  const asked: string[][] = []
  let answer: (parcel: AnyParcel) => Answer = options.answer ?? accepted
  const provider: Provider = {
    name: 'solapi',
    reportsDelivery: options.reportsDelivery ?? false,
    send: async (parcel) => {
      given.push(parcel)
      return await answer(parcel)
    },
    lookUp: async (lost) => options.lookUp?.(lost) ?? { kind: 'unknown' },
    reports: async (ids) => {
      asked.push([...ids])
      return reports.filter((report) => ids.includes(report.providerId))
    },
    close: async () => {},
  }
  return {
    provider,
    given,
    /** What it says when it is asked for reports. */
    reports,
    /** The ids it was asked for, a list a call. */
    asked,
    answers: (next: (parcel: AnyParcel) => Answer) => {
      answer = next
    },
  }
}
export type ToldProvider = ReturnType<typeof toldProvider>

/** The answer of a provider that works. */
export function accepted(parcel: AnyParcel): Handover {
  return { kind: 'accepted', providerId: idOf(parcel) }
}

/** How the told provider names a message. */
export function idOf({ key }: Pick<AnyParcel, 'key'>): string {
  return `id-${key}`
}
