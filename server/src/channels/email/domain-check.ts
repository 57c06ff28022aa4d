/** One thing mailboxes look at before they let a mail in. */
export type Light = {
  readonly name: 'spf' | 'dkim' | 'dmarc'
  /** good: as it should be; weak: there, but of little use; missing; wrong: there and it does harm; unknown: not answered. */
  readonly state: 'good' | 'weak' | 'missing' | 'wrong' | 'unknown'
  /** Why, a sentence in each language. */
  readonly ko: string
  readonly en: string
  /** What was found, as it is written in the DNS. */
  readonly found: string | null
  /** What to enter at the domain's DNS, when something is to be done; null where the mail service says the value. */
  readonly record: {
    readonly type: 'TXT' | 'CNAME'
    readonly host: string
    readonly value: string
  } | null
}

/** Texts found under a name; `undefined` when the DNS did not answer, empty when there are none. */
export type Found = readonly string[] | undefined

/** Who hands the mails over, as far as it matters for the DNS. */
export type Carrier =
  | { readonly kind: 'ses'; readonly region: string }
  | { readonly kind: 'resend' }
  | { readonly kind: 'smtp'; readonly host: string }
  | { readonly kind: 'none' }

/** What a mail service wants among the senders of a domain. SES and Resend send under a name of their own and need none. */
const includes: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)(gmail|google)\.com$/, '_spf.google.com'],
  [/(^|\.)naver(works)?\.com$/, 'spf.worksmobile.com'],
  [/(^|\.)(hiworks|gabia)\.(com|co\.kr)$/, 'hiworks.co.kr'],
  [/(^|\.)(office365|outlook)\.com$/, 'spf.protection.outlook.com'],
  [/(^|\.)daum\.net$|(^|\.)kakao\.com$/, '_spf.daum.net'],
  [/(^|\.)amazonaws\.com$/, 'amazonses.com'],
  [/(^|\.)sendgrid\.net$/, 'sendgrid.net'],
  [/(^|\.)mailgun\.org$/, 'mailgun.org'],
]

const unanswered = {
  state: 'unknown',
  ko: '도메인 서버(DNS)가 대답하지 않았어요. 잠시 뒤 다시 확인해 주세요.',
  en: 'The DNS did not answer. Please check again in a while.',
  found: null,
  record: null,
} as const

/** SPF (RFC 7208): the domain's TXT record that names who may send for it. */
export function spfLight(found: Found, carrier: Carrier): Light {
  if (found === undefined) return { name: 'spf', ...unanswered }
  const records = found.filter((text) => /^v=spf1(\s|$)/i.test(text))
  const wanted = includeOf(carrier)
  const [record] = records
  if (record === undefined) {
    if (carrier.kind === 'ses' || carrier.kind === 'resend') return spfOfService()
    const value = wanted === undefined ? 'v=spf1 mx ~all' : `v=spf1 include:${wanted} ~all`
    return {
      name: 'spf',
      state: 'missing',
      ko: '이 도메인으로 보내도 되는 서버를 적은 기록(SPF)이 없어요. 스팸함으로 갈 수 있어요.',
      en: 'There is no record of who may send for this domain (SPF). Mails may land in spam.',
      found: null,
      record: { type: 'TXT', host: '@', value },
    }
  }
  if (records.length > 1) {
    return {
      name: 'spf',
      state: 'wrong',
      ko: 'SPF 기록이 둘 이상이라 모두 무시돼요. 하나로 합쳐 주세요.',
      en: 'There is more than one SPF record, so all of them are ignored. Join them into one.',
      found: records.join(' ⏎ '),
      record: { type: 'TXT', host: '@', value: joined(records) },
    }
  }
  return oneSpf(record, wanted)
}

// These hand mails over under a name of their own; the signature vouches for the shop's domain.
function spfOfService(): Light {
  return {
    name: 'spf',
    state: 'weak',
    ko: '이 도메인에는 SPF가 없어요. 서명(DKIM)만으로도 통과하지만, 있으면 더 믿어줘요.',
    en: 'The domain has no SPF. The signature (DKIM) alone lets mails pass; with SPF they are trusted more.',
    found: null,
    record: { type: 'TXT', host: '@', value: 'v=spf1 include:amazonses.com ~all' },
  }
}

function oneSpf(record: string, wanted: string | undefined): Light {
  const terms = record.trim().split(/\s+/).slice(1)
  const entered = (value: string) => ({ type: 'TXT', host: '@', value }) as const
  if (terms.some((term) => /^\+?all$/i.test(term))) {
    return {
      name: 'spf',
      state: 'wrong',
      ko: 'SPF가 아무나 이 도메인으로 보내도 된다고 해요(+all). 끝을 ~all로 바꿔 주세요.',
      en: 'This SPF lets anybody send for the domain (+all). End it with ~all.',
      found: record,
      record: entered(record.replace(/\s\+?all\b/i, ' ~all')),
    }
  }
  if (wanted !== undefined && !terms.some((term) => isInclude(term, wanted))) {
    const all = /\s([-~?]?all)\s*$/i.exec(record)
    const value = all
      ? record.replace(all[0], ` include:${wanted}${all[0]}`)
      : `${record} include:${wanted}`
    return {
      name: 'spf',
      state: 'weak',
      ko: `메일을 보내는 서비스(${wanted})가 SPF에 들어 있지 않아요.`,
      en: `The service that sends your mails (${wanted}) is not in the SPF.`,
      found: record,
      record: entered(value),
    }
  }
  const good = { name: 'spf', state: 'good', found: record, record: null } as const
  return { ...good, ko: 'SPF가 있어요.', en: 'SPF is there.' }
}

const isInclude = (term: string, wanted: string) =>
  new RegExp(`^[+]?(include:|redirect=)${wanted.replaceAll('.', '\\.')}$`, 'i').test(term)

function joined(records: readonly string[]): string {
  const terms = records.flatMap((text) => text.trim().split(/\s+/).slice(1))
  const senders = [...new Set(terms.filter((term) => !/^[-+~?]?all$/i.test(term)))]
  return ['v=spf1', ...senders, '~all'].join(' ')
}

function includeOf(carrier: Carrier): string | undefined {
  if (carrier.kind !== 'smtp') return undefined
  const host = carrier.host.toLowerCase()
  return includes.find(([pattern]) => pattern.test(host))?.[1]
}

/** What was found under the places where a service puts its signing keys (selectors). */
export type FoundKeys = readonly {
  readonly selector: string
  readonly texts: Found
  readonly alias: string | null
}[]

/**
 * DKIM (RFC 6376): the public key mails are signed with. Its place (selector) cannot be listed, so only the usual places
 * and the one the shop named are looked at.
 */
export function dkimLight(keys: FoundKeys, carrier: Carrier): Light {
  const found = keys.find(
    ({ texts, alias }) => alias !== null || (texts ?? []).some((text) => isKey(text)),
  )
  if (found) {
    const text = found.texts?.find(isKey)
    const revoked = text !== undefined && /(^|;)\s*p=\s*(;|$)/i.test(text)
    const said = `${found.selector}._domainkey ${text ?? found.alias ?? ''}`.slice(0, 300)
    if (revoked) {
      return {
        name: 'dkim',
        state: 'wrong',
        ko: '서명 키(DKIM)가 비어 있어요. 폐기된 키예요. 메일 서비스에서 새 키를 받아 넣어 주세요.',
        en: 'The signing key (DKIM) is empty, that is, revoked. Enter a new one from your mail service.',
        found: said,
        record: null,
      }
    }
    return {
      name: 'dkim',
      state: 'good',
      ko: '서명 키(DKIM)가 있어요.',
      en: 'The signing key (DKIM) is there.',
      found: said,
      record: null,
    }
  }
  if (keys.length === 0 || keys.every(({ texts }) => texts === undefined))
    return { name: 'dkim', ...unanswered }
  return { name: 'dkim', ...keyAdvice(carrier), found: null, record: null }
}

function isKey(text: string): boolean {
  return /(^|;)\s*p=/i.test(text) && (!/(^|;)\s*v=/i.test(text) || /(^|;)\s*v=DKIM1/i.test(text))
}

function keyAdvice(carrier: Carrier): Pick<Light, 'state' | 'ko' | 'en'> {
  switch (carrier.kind) {
    case 'ses':
      return {
        state: 'missing',
        ko: 'SES가 준 CNAME 3개를 아직 찾지 못했어요. AWS 콘솔의 SES > 자격 증명 > DKIM에 있는 값을 그대로 넣어 주세요. 넣은 뒤 이름(xxxx._domainkey의 xxxx)을 아래에 적으면 정확히 확인해요.',
        en: 'The three CNAMEs of SES were not found. Enter those shown in the AWS console under SES > Identities > DKIM, then write their name (the xxxx of xxxx._domainkey) below for an exact check.',
      }
    case 'resend':
      return {
        state: 'missing',
        ko: 'Resend의 서명 키(resend._domainkey)가 없어요. Resend의 Domains 화면에 있는 값을 그대로 넣어 주세요.',
        en: 'There is no signing key of Resend (resend._domainkey). Enter the value shown on the Domains page of Resend.',
      }
    case 'smtp':
    case 'none':
      return {
        state: 'unknown',
        ko: '자주 쓰는 이름으로는 서명 키(DKIM)를 찾지 못했어요. 메일 서비스가 알려준 이름(selector)을 아래에 적어 주세요.',
        en: 'No signing key (DKIM) was found under the usual names. Write the name (selector) your mail service told you below.',
      }
  }
}

/** DMARC (RFC 7489): what a mailbox shall do with mails that fail both. */
export function dmarcLight(found: Found, domain: string): Light {
  if (found === undefined) return { name: 'dmarc', ...unanswered }
  const records = found.filter((text) => /^v=DMARC1\s*(;|$)/i.test(text.trim()))
  const [record] = records
  const suggested = {
    type: 'TXT',
    host: '_dmarc',
    value: `v=DMARC1; p=none; rua=mailto:dmarc@${domain}`,
  } as const
  if (record === undefined) {
    return {
      name: 'dmarc',
      state: 'missing',
      ko: 'DMARC 기록이 없어요. Gmail과 Yahoo는 하루 5,000통 넘게 보내는 곳에 이 기록을 요구해요.',
      en: 'There is no DMARC record. Gmail and Yahoo ask for one of whoever sends over 5,000 mails a day.',
      found: null,
      record: suggested,
    }
  }
  const policy = /;\s*p\s*=\s*(none|quarantine|reject)\s*(;|$)/i.exec(record)?.[1]?.toLowerCase()
  if (records.length > 1 || policy === undefined) {
    return {
      name: 'dmarc',
      state: 'wrong',
      ko:
        records.length > 1
          ? 'DMARC 기록이 둘 이상이라 모두 무시돼요. 하나만 남겨 주세요.'
          : 'DMARC 기록에 정책(p=)이 없거나 잘못됐어요.',
      en:
        records.length > 1
          ? 'There is more than one DMARC record, so all are ignored. Keep one.'
          : 'The DMARC record has no valid policy (p=).',
      found: records.join(' ⏎ '),
      record: suggested,
    }
  }
  const good = { name: 'dmarc', found: record, record: null } as const
  if (policy !== 'none')
    return { ...good, state: 'good', ko: 'DMARC가 있어요.', en: 'DMARC is there.' }
  return {
    ...good,
    state: 'good',
    ko: 'DMARC가 지켜보기(p=none)로 있어요. 받는 데에는 충분해요. 사칭까지 막으려면 나중에 p=quarantine으로 올려 주세요.',
    en: 'DMARC is there and only watches (p=none): enough to be received. Raise it to p=quarantine later to stop impostors.',
  }
}
