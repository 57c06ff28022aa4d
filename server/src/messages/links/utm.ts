/** Where a visit is told to come from: source, medium and campaign, as web statistics read them. */
export type Utm = {
  readonly channel: string
  /** As the marketer named it; null for messages that no campaign asked for. */
  readonly campaign: string | null
}

const mediums: Readonly<Record<string, string>> = {
  email: 'email',
  sms: 'sms',
  kakao: 'kakao',
  web_push: 'push',
}

/** Longest campaign name in an address, characters. */
const slugCharsLimit = 60

/** A campaign's name as it stands in an address: `장바구니 리마인드 (2차)` to `장바구니-리마인드-2차`. */
export function slug(name: string): string {
  return [...name.normalize('NFC').toLowerCase()]
    .join('')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, slugCharsLimit)
    .replace(/^-+|-+$/g, '')
}

/**
 * The address with `utm_source=danggol`, `utm_medium` by channel and `utm_campaign` by name. What the marketer wrote is
 * never touched: an address with any utm parameter of its own stays as it is, and so does one of another site than the
 * shop's. Nothing that names the reader or the message is added: a click attributes, it never identifies.
 */
export function withUtm(address: string, shopUrl: string, utm: Utm): string {
  if (!URL.canParse(address)) return address
  const url = new URL(address)
  if (!isOwn(url, shopUrl)) return address
  if (/[?&]utm_/i.test(url.search)) return address
  const campaign = slug(utm.campaign ?? '')
  const added = new URLSearchParams({
    utm_source: 'danggol',
    utm_medium: mediums[utm.channel] ?? utm.channel,
    ...(campaign === '' ? {} : { utm_campaign: campaign }),
  })
  // Put together by hand: URLSearchParams would write the marketer's own parameters anew, and some shops sign them.
  const [page = '', ...hash] = address.split('#')
  const [, query] = /\?(.*)$/s.exec(page) ?? []
  const joint = query === undefined ? '?' : query === '' || query.endsWith('&') ? '' : '&'
  return `${page}${joint}${added}${hash.length > 0 ? `#${hash.join('#')}` : ''}`
}

/** The shop's own host, with or without `www.` and `m.`, and hosts below it. */
function isOwn(url: URL, shopUrl: string): boolean {
  if (!URL.canParse(shopUrl)) return false
  const bare = (host: string) => host.toLowerCase().replace(/^(www|m)\./, '')
  const own = bare(new URL(shopUrl).hostname)
  const host = bare(url.hostname)
  return host === own || host.endsWith(`.${own}`)
}
