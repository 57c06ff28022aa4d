/** Signs and checks the text of an address (the vault's). */
export type HookSigner = {
  readonly sign: (text: string) => string
  readonly verify: (text: string, signature: string) => boolean
}

const signed = (provider: string, shop: number) => `hook:${provider}:${shop}`

/** Path a provider posts its reports about a shop's messages to; secret, for it is signed. */
export function hookPath(provider: string, shop: number, signer: Pick<HookSigner, 'sign'>): string {
  return `/hooks/${provider}/${shop}.${signer.sign(signed(provider, shop))}`
}

/** The shop that a path's last part (`<shop>.<signature>`) speaks of; undefined when it was not made by `hookPath`. */
export function hookShop(
  provider: string,
  token: string,
  signer: Pick<HookSigner, 'verify'>,
): number | undefined {
  const [, digits = '', signature = ''] = /^(\d{1,15})\.(.{1,200})$/.exec(token) ?? []
  const shop = Number(digits)
  return digits !== '' && signer.verify(signed(provider, shop), signature) ? shop : undefined
}
