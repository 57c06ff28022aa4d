/** Names and numbers of networks that only the inside sees; what a name really leads to is looked at when it is called. */
const inside =
  /^(?:localhost|[^.[]+|.+\.(?:localhost|local|internal|lan|home\.arpa))$|^(?:0|10|127)\.|^192\.168\.|^169\.254\.|^172\.(?:1[6-9]|2\d|3[01])\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|^\[(?!2|3)/i

/** Whether an address is plainly not of the public internet: `https://192.168.0.3/x`, `https://localhost/x`. */
export function isPlainlyPrivate(address: string): boolean {
  return URL.canParse(address) && inside.test(new URL(address).hostname)
}
