import { createSign } from 'node:crypto'
import { type SnsMessage, signedText } from './ses-report.ts'

/** An event of SES about one mail. */
export const event = (kind: string, more: object) =>
  JSON.stringify({
    eventType: kind,
    mail: { messageId: '0100-abc', timestamp: '2026-11-22T00:40:02.012Z' },
    ...more,
  })

/** A notification of SNS, signed with the certificate below. */
export function notification(more: Partial<SnsMessage> = {}): SnsMessage {
  const unsigned: SnsMessage = {
    Type: 'Notification',
    MessageId: '22b80b92',
    TopicArn: 'arn:aws:sns:ap-northeast-2:123456789012:mail',
    Message: event('Delivery', { delivery: { timestamp: '2026-11-22T00:41:00.000Z' } }),
    Timestamp: '2026-11-22T00:41:01.000Z',
    SignatureVersion: '2',
    Signature: '',
    SigningCertURL: 'https://sns.ap-northeast-2.amazonaws.com/SimpleNotificationService-0a1b2c.pem',
    ...more,
  }
  const algorithm = unsigned.SignatureVersion === '2' ? 'RSA-SHA256' : 'RSA-SHA1'
  return {
    ...unsigned,
    Signature: createSign(algorithm).update(signedText(unsigned)).sign(key, 'base64'),
  }
}

/** A certificate made for this test alone. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIDGzCCAgOgAwIBAgIUBSlnvYzpONdMc9YEXJpV2WO31bwwDQYJKoZIhvcNAQEL
BQAwHDEaMBgGA1UEAwwRc25zLmFtYXpvbmF3cy5jb20wIBcNMjYxMTIyMDg1NDIy
WhgPMjEyNjEwMjkwODU0MjJaMBwxGjAYBgNVBAMMEXNucy5hbWF6b25hd3MuY29t
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEA2I6xVz49QhByeQHHG9Wx
KpBy603dIMqHMJk7nKOYpaq2r3klM9uTtiGKaYt4mcv6asRrxDyBohpCKh5b2pBA
QtrvoxbNEhVG9EILcSmRC92I5QjMvns95Yx2yloBTOf7Li6b4PMAnjFYvoLehCeB
Q7l8pUIJMf/+wbhcGk9FCS9CTePaBuzx3f3bxyR7pFSkL7Z3eSInDb84j2BA2TIB
N37KPm1zOVT+EkLWyBKK8a+Z/cu4nbFxhaXTDZ9Uk19RVsACKaNAI2Bx7RGTHtAk
ruNnrkBnWcgToIdLEZSK8psgg6pz7gQ/md+ObcL3Yw6aRg1Iom1h0MiNZGh2N9Or
FwIDAQABo1MwUTAdBgNVHQ4EFgQU7TtTqwvaTG5cATt5xGX5xemyWYowHwYDVR0j
BBgwFoAU7TtTqwvaTG5cATt5xGX5xemyWYowDwYDVR0TAQH/BAUwAwEB/zANBgkq
hkiG9w0BAQsFAAOCAQEAgQPLJcF46dkx0kR64RDnt88gmeatOhV+psC9Jo+MdhcQ
hG6q1MOn9KAAiZ7amS0pqWCA9qf+QE7eQ2mOX48LWTc+RhVWXEaOD1lvQFjiuTxH
JxV38gxEj1qZD9OqiHyHj2QGgMZ0ZN2kc4bn2JDgSswyXCHPzDQ7dYDYqeRJW8xA
f0fdyrTZqlO2SOjNFSnaJ9D/fZSSBBbZ2CeLl3F7TCMSl1NMIZ/Kc/OidxYhKJVV
Sap8VJHlC4U5B6wR/4SwNjHinXWfX9tjxVtn77fonHo9uWV1ZG7fTEXiYg3TFahN
N0gYmAGovEw7TxP602Nf0MyA/0Dc3Mqz2CynVHDOMg==
-----END CERTIFICATE-----`

const key = `-----BEGIN PRIVATE KEY-----
MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQDYjrFXPj1CEHJ5
Accb1bEqkHLrTd0gyocwmTuco5ilqraveSUz25O2IYppi3iZy/pqxGvEPIGiGkIq
HlvakEBC2u+jFs0SFUb0QgtxKZEL3YjlCMy+ez3ljHbKWgFM5/suLpvg8wCeMVi+
gt6EJ4FDuXylQgkx//7BuFwaT0UJL0JN49oG7PHd/dvHJHukVKQvtnd5IicNvziP
YEDZMgE3fso+bXM5VP4SQtbIEorxr5n9y7idsXGFpdMNn1STX1FWwAIpo0AjYHHt
EZMe0CSu42euQGdZyBOgh0sRlIrymyCDqnPuBD+Z345twvdjDppGDUiibWHQyI1k
aHY306sXAgMBAAECggEAR/3v8LvtK3hCRf4UTimVMzxAJ/+DorIRjVNzoNg2F+UP
xHf2qS23BlZSKFJIboCEKFhSJzOiONyX4F6lVJyd8FvOTJ544CkYpH0MRrt1z8b/
Cn0Ja82WvygaGZ0gT4vTUgAGrBq8utpW0Ua6aJ6ld3lDecDhQ7EB5S6/17NAlRN3
Pwf4JpDbci3qoCVPtx5DADyfiKM7OnLRby663/SqXY4AqdjJOEsa0oPl7dhu9aSG
jDviJih1cNgtr5f7+MY/d14N/V1cDNk2dQ+DE9JXCfwxM/N8EjAWFKBQOkqJEj68
ig3ays11Vy5SZAPi3FpFIq06Oznkf7oalWT9RgMECQKBgQD1IBpxEanVmMEL55b2
TkGftVbqNJRCpYS/dNeXK5H/p9pObKAdBLHxpUjzqfQrLjQb5zlVhfmDSGx3WOjY
wUggRmJtin0aoWMNajjjguQl5HhVWfOdhtiDRfuwEnMZXFRV1x5AiNHcV2N3DLlK
fXeZ94fFedrQ65M6bm1tKtbT7QKBgQDiKiRFhm9Tddr1kSIaUqG7rh0Mfr5f86Sj
BzDyi2D5gnphYi6vjXnN4lz4hIRJA7PwGjuYnS5XYzF0tn2wTLBXCHmfuHpp3hiR
K44bNnpljbDdeb1RrspiIc+j8W7KX6EC/q0pY2JlpjNE4iIX9g/ed4x4MLbCdjun
Wy1+ikyikwKBgDtboMuMmXHN4cF+PUI7xQxlnzxrqxNQfYrXQnWq6VndTbH7//HG
90gq3DWVDDmAoMG5Bls9bCRsX0evUgNbGpomMSORi6XtOs0+0bPWOGUspC8W7zVQ
OBHh2obSkOitQQbgZsT93MPcrYtgm2X8Z//yvwAE+AXrZeWaZAkxfIApAoGANgVm
4Ix57u+Ju3pNMQhnxVKTcbacdoLV4nMHSAfuw+pcnQI8sIYUgA7/sgTFLEOMKV+6
uHti5FC3MW+dmgzXWhKWKoaABuWb7KEAspNSrQspId3AUNB1WvdEh55VnlU1Omfm
qKoqiKkoOd3h0uNdawAXN2Y7YTuoiBMJTN5v660CgYA+HispOkBHXK4QmPOIYL+y
cXX8Ap0wRuflF7uJXUUChDKIX5ExAc2XcCi9ZOqK1TJ0f3YD/s05pBTIdaxBgBe8
4bn3qP9eCr4bdOJU6eX3ePESVFOTOnyF4fzd+HsLbv1L8tj1Tnp/z3RFhomf0c71
wifKQgYs9cirXTguPzCLAw==
-----END PRIVATE KEY-----`
