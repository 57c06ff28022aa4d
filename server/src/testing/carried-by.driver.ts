import type { Provider } from '../channels/carrier.ts'
import type { Channel, Channels } from '../channels/channels.service.ts'

/** The providers with those of some channels replaced. */
export function carriedBy(providers: Channels, carry?: (channel: Channel) => Provider | undefined) {
  if (!carry) return providers
  return {
    ...providers,
    of: (shop: Parameters<Channels['of']>[0], channel: Channel) =>
      carry(channel) ?? providers.of(shop, channel),
    isTest: (shop: Parameters<Channels['of']>[0], channel: Channel) =>
      !carry(channel) && providers.isTest(shop, channel),
    lookUp: async (...[shop, asked]: Parameters<Channels['lookUp']>) => {
      const provider = carry(asked.channel)
      if (!provider) return await providers.lookUp(shop, asked)
      return provider.forgets ? ({ kind: 'never' } as const) : await provider.lookUp(asked.lost)
    },
    reports: async (...[shop, asked]: Parameters<Channels['reports']>) => {
      const provider = carry(asked.channel)
      return provider
        ? ((await provider.reports?.(asked.ids)) ?? [])
        : await providers.reports(shop, asked)
    },
  }
}
