/**
 * Pictures of the library are served under `/i/<key>/<file>`: neither word is on the lists of content blockers, and the key (22 of
 * base64url, a keyed hash of the bytes) cannot be guessed. What a file holds never changes.
 */
const path = /^\/i\/([A-Za-z0-9_-]{22})\/([a-z]+\.[a-z]+)$/

/** Key and file of an address under which a picture is served; undefined for any other text. */
export function readPicturePath(
  text: string,
): { readonly key: string; readonly file: string } | undefined {
  const [, key, file] = path.exec(text) ?? []
  return key !== undefined && file !== undefined ? { key, file } : undefined
}

/** Where a file of a picture is served, without the host: `/i/q1w2.../letter.jpg`. */
export function picturePath(key: string, file: string): string {
  return `/i/${key}/${file}`
}

/** An address that a stranger can open: paths of the library get `host` in front, everything else stays as it is. */
export function absolutePicture(address: string, host: string): string {
  return readPicturePath(address) ? host + address : address
}

/** Whether the world can open what a server at this address serves: mails fetch their pictures from it. */
export function isPublicHost(publicUrl: string): boolean {
  const { hostname } = new URL(publicUrl)
  return (
    hostname.includes('.') &&
    !/^(127\.|0\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.)/.test(hostname) &&
    !/\.(local|internal|lan|test|localhost)$/.test(hostname)
  )
}
