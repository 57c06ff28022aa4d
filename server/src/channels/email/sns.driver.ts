import { createVerify, X509Certificate } from 'node:crypto'
import { ask } from '../ask.driver.ts'
import { certificateAddress, type SnsMessage, signedText, snsAddress } from './ses-report.ts'

/** Certificates of SNS last for months and there are a few a region; the bound only keeps a mistake from growing. */
const certificatesLimit = 50
const certificates = new Map<string, string>()

/** How an address of SNS is fetched: only tests fetch it elsewhere. */
type Fetched = (url: URL) => Promise<string | undefined>

/** Whether a message was signed by SNS, with the certificate that SNS itself serves. */
export async function isFromSns(
  message: SnsMessage,
  fetched: Fetched = fetchText,
): Promise<boolean> {
  const address = certificateAddress(message.SigningCertURL)
  if (!address) return false
  const pem = certificates.get(address.href) ?? (await fetched(address))
  if (pem === undefined) return false
  try {
    const certificate = new X509Certificate(pem)
    const verify = createVerify(message.SignatureVersion === '2' ? 'RSA-SHA256' : 'RSA-SHA1')
    verify.update(signedText(message), 'utf8')
    const isTrue = verify.verify(certificate.publicKey, message.Signature, 'base64')
    if (isTrue) {
      if (certificates.size >= certificatesLimit) certificates.clear()
      certificates.set(address.href, pem)
    }
    return isTrue
  } catch {
    return false
  }
}

/** Says yes to a subscription that SNS asks about; whether SNS took the answer. */
export async function confirmSubscription(
  message: SnsMessage,
  fetched: Fetched = fetchText,
): Promise<boolean> {
  const address = snsAddress(message.SubscribeURL ?? '')
  return address !== undefined && (await fetched(address)) !== undefined
}

async function fetchText(url: URL): Promise<string | undefined> {
  const result = await ask({ url: url.href, method: 'GET', headers: {} }, () =>
    AbortSignal.timeout(10_000),
  )
  return result.kind === 'answered' && result.status === 200 ? result.body : undefined
}
