/** A range of internet addresses: what stands before the last `free` bits is the same in all of them. */
export type Network = { readonly bits: 32 | 128; readonly free: number; readonly prefix: bigint }

/** `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/48` as a range; undefined when it is none. */
export function readNetwork(text: string): Network | undefined {
  const [address = '', length, ...more] = text.trim().split('/')
  const read = readAddress(address)
  if (!read || more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length)))
    return undefined
  const fixed = length === undefined ? read.bits : Number(length)
  if (fixed > read.bits) return undefined
  const free = read.bits - fixed
  return { bits: read.bits, free, prefix: read.value >> BigInt(free) }
}

/** Whether the address lies in one of the ranges; what is no address lies in none. */
export function liesIn(address: string, networks: readonly Network[]): boolean {
  const read = networks.length > 0 ? readAddress(address) : undefined
  if (!read) return false
  return networks.some(
    ({ bits, free, prefix }) => bits === read.bits && read.value >> BigInt(free) === prefix,
  )
}

/** Widest range that may be an office: 65,536 addresses, or a /32 of IPv6. */
const widest = { 32: 16, 128: 96 } as const

/** Ranges behind which every visitor may seem to stand where a proxy is in between (RFC 1918, 6598, 4193, loopback, link-local). */
const notSeenOutside = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '0.0.0.0/8',
  'fc00::/7',
  'fe80::/10',
  '::1/128',
].flatMap((text) => readNetwork(text) ?? [])

/** Why a range cannot be an office's. */
type NotAnOffice = 'wrong' | 'private' | 'wide'

/** A range as it is kept (`203.0.113.0/24`), or why it cannot be an office's. */
export function officeNetwork(
  text: string,
): { readonly kind: 'network'; readonly text: string } | { readonly kind: NotAnOffice } {
  const read = readNetwork(text)
  if (!read) return { kind: 'wrong' }
  const [address = ''] = text.trim().toLowerCase().split('/')
  if (liesIn(address, notSeenOutside)) return { kind: 'private' }
  if (read.free > widest[read.bits]) return { kind: 'wide' }
  return {
    kind: 'network',
    text: read.free === 0 ? address : `${address}/${read.bits - read.free}`,
  }
}

function readAddress(
  text: string,
): { readonly bits: 32 | 128; readonly value: bigint } | undefined {
  const plain = text.trim().replace(/^\[|\]$/g, '')
  // An IPv4 visitor of a server that listens on IPv6 (RFC 4291, 2.5.5.2).
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1]
  const four = readFour(mapped ?? plain)
  if (four !== undefined) return { bits: 32, value: four }
  const six = readSix(plain)
  return six === undefined ? undefined : { bits: 128, value: six }
}

function readFour(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || parts.some((part) => !/^\d{1,3}$/.test(part) || Number(part) > 255))
    return undefined
  return parts.reduce((value, part) => (value << 8n) | BigInt(part), 0n)
}

function readSix(text: string): bigint | undefined {
  const [head = '', tail, ...more] = text.split('::')
  if (more.length > 0 || !text.includes(':')) return undefined
  const words = (side: string) => (side === '' ? [] : side.split(':'))
  const front = words(head)
  const back = words(tail ?? '')
  const missing = 8 - front.length - back.length
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const all = [...front, ...Array.from({ length: missing }, () => '0'), ...back]
  if (all.some((word) => !/^[0-9a-f]{1,4}$/i.test(word))) return undefined
  return all.reduce((value, word) => (value << 16n) | BigInt(`0x${word}`), 0n)
}
