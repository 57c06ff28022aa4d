import type { Json } from '../lib/json.ts'
import type { AnyParcel, Provider } from './carrier.ts'

/** A provider as the shop's settings describe it: opened when it is first needed, and anew when they change. */
export type Described = { readonly settings: Json; readonly open: () => Provider }

/** A provider of one channel as one of any: it is only ever asked for its own. */
export function carrying<P extends AnyParcel>(
  channel: P['channel'],
  provider: Provider<P>,
): Provider {
  const isMine = (parcel: AnyParcel): parcel is P => parcel.channel === channel
  return {
    ...provider,
    send: async (parcel) =>
      isMine(parcel)
        ? await provider.send(parcel)
        : { kind: 'permanent', detail: `not a message of ${channel}`, cause: 'other' },
  }
}
