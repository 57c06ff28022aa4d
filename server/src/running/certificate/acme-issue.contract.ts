import { webcrypto } from 'node:crypto'
import {
  BasicConstraintsExtension,
  Pkcs10CertificateRequest,
  SubjectAlternativeNameExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509'

const crypto = webcrypto
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const root = 'CN=Contract Root'
/** The root lives so much longer than what it signs. */
const rootLives = 10

/** A root of its own (PEM) that signs certificates of this life, ms, beginning now. */
export async function issuer(options: { readonly lifeMs: number; readonly now: () => number }) {
  const authority = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const signed = async (
    subject: string,
    publicKey: webcrypto.CryptoKey,
  ): Promise<X509Certificate> => {
    const lifeMs = options.lifeMs * (subject === root ? rootLives : 1)
    const times = {
      notBefore: new Date(options.now()),
      notAfter: new Date(options.now() + lifeMs),
    }
    const extensions =
      subject === root
        ? [new BasicConstraintsExtension(true, undefined, true)]
        : [new SubjectAlternativeNameExtension([{ type: 'dns', value: subject.slice(3) }])]
    const keys = { publicKey, signingKey: authority.privateKey, signingAlgorithm: algorithm }
    return await X509CertificateGenerator.create(
      { subject, issuer: root, ...times, ...keys, extensions },
      crypto,
    )
  }
  const top = (await signed(root, authority.publicKey)).toString('pem')
  /** The chain for the key of a request (DER as base64url), PEM; a request that its key did not sign throws. */
  const issue = async (domain: string, csr: string): Promise<string> => {
    const request = new Pkcs10CertificateRequest(Buffer.from(csr, 'base64url'))
    if (!(await request.verify(crypto))) throw new Error('the request is not signed')
    const leaf = await signed(`CN=${domain}`, await request.publicKey.export(crypto))
    return [leaf.toString('pem'), top].join('\n')
  }
  return { root: top, issue }
}
