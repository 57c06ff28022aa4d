/** Signs and checks the text of a link (the vault's). */
export type LinkSigner = {
  readonly sign: (text: string) => string
  readonly verify: (text: string, signature: string) => boolean
}

/**
 * Where a signed link leads: to a link of a message, to the choices of the person it was sent to, or to the end of a consent
 * that was asked for there.
 */
export type LinkTarget =
  | {
      readonly kind: 'click'
      readonly shop: number
      readonly message: number
      readonly link: number
    }
  | {
      readonly kind: 'confirm'
      readonly shop: number
      readonly message: number
      readonly customer: number
    }
  | {
      readonly kind: 'optout'
      readonly shop: number
      readonly message: number
      readonly customer: number
    }

/** Path of a signed link: `/c/...` counts a click and redirects, `/u/...` is the page of choices. */
export function linkPath(target: LinkTarget, signer: LinkSigner): string {
  const last = target.kind === 'click' ? target.link : target.customer
  const numbers = [target.shop, target.message, last].map((number) => number.toString(36)).join('.')
  return `/${letterOf(target.kind)}/${numbers}.${signer.sign(`${target.kind}:${numbers}`)}`
}

/** Reads a token made by `linkPath`; undefined when a single character was changed. */
export function readLink(
  kind: LinkTarget['kind'],
  token: string,
  signer: LinkSigner,
): LinkTarget | undefined {
  const parts = token.split('.')
  const signature = parts.pop() ?? ''
  const numbers = parts.join('.')
  if (parts.length !== 3 || !/^[0-9a-z]{1,11}(\.[0-9a-z]{1,11}){2}$/.test(numbers)) return undefined
  if (!signer.verify(`${kind}:${numbers}`, signature)) return undefined
  const [shop = 0, message = 0, last = 0] = parts.map((part) => Number.parseInt(part, 36))
  return kind === 'click'
    ? { kind, shop, message, link: last }
    : { kind, shop, message, customer: last }
}

function letterOf(kind: LinkTarget['kind']): 'c' | 'u' {
  return kind === 'click' ? 'c' : 'u'
}
