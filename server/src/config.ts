import { join, resolve } from 'node:path'
import { z } from 'zod'

/** Every setting, its default and a sentence. The README's table is made from this. */
const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4700).describe('Port to listen on.'),
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address to listen on; 0.0.0.0 for every interface.'),
  PUBLIC_URL: z
    .url()
    .optional()
    .describe(
      'Address that shoppers and mails reach the server at; https://DOMAIN or http://localhost:PORT unless set.',
    ),
  DANGGOL_DATA: z
    .string()
    .default('./data')
    .describe('Folder for the embedded engines, keys and imports.'),
  DATABASE_URL: z
    .string()
    .optional()
    .describe('PostgreSQL 15 or newer; the embedded one unless set.'),
  CLICKHOUSE_URL: z
    .string()
    .optional()
    .describe('ClickHouse over HTTP; the embedded one unless set.'),
  DANGGOL_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('Secret that seals contacts and signs links; made in the data folder unless set.'),
  MAIL_HOSTS: z
    .string()
    .default('')
    .describe(
      'Mail servers on private addresses that shops may use, by name, set apart by commas: localhost,mail.lan.',
    ),
  ROLE: z
    .enum(['all', 'engines', 'api', 'worker'])
    .default('all')
    .describe(
      'What this process does: everything, only the embedded engines, only HTTP, or only the work behind it.',
    ),
  DOMAIN: z
    .string()
    .toLowerCase()
    .regex(/^(?=.{4,253}$)([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/, 'a domain such as crm.myshop.kr')
    .optional()
    .describe('Domain to serve by HTTPS, with a certificate that comes and renews itself.'),
  HTTPS_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(443)
    .describe('Port of HTTPS where DOMAIN is set.'),
  HTTP_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65535)
    .default(80)
    .describe("Port of the certificate authority's questions where DOMAIN is set."),
  ACME_DIRECTORY: z
    .url({ protocol: /^https?$/ })
    .default('https://acme-v02.api.letsencrypt.org/directory')
    .describe("Directory of the certificate authority; Let's Encrypt unless set."),
  ACME_EMAIL: z
    .union([z.literal(''), z.email()])
    .default('')
    .describe('Address that the certificate authority may write to.'),
  TRUSTED_PROXIES: z
    .string()
    .default('127.0.0.0/8,::1')
    .describe(
      'Proxies whose X-Forwarded-For is believed: addresses and ranges, set apart by commas; from others it is dropped.',
    ),
  BACKUP_FOLDER: z
    .string()
    .default('')
    .describe(
      'Where the nightly backups go: another disk is better. `backups` in the data folder unless set; off for none.',
    ),
  BACKUP_AT: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 04:00')
    .default('04:00')
    .describe("When the nightly backup begins, by the first shop's clocks."),
  BACKUP_COPIES: z.coerce
    .number()
    .int()
    .min(1)
    .max(366)
    .default(7)
    .describe('How many nightly backups are kept.'),
  CAFE24_TEST_SERVER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address of a server that answers as Cafe24 does, for trying it without an account.'),
  SHOPIFY_TEST_SERVER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address of a server that answers as Shopify does, likewise.'),
  WOOCOMMERCE_TEST_SERVER: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Address of a server that answers as shops with WooCommerce do, likewise.'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('Least level that is logged.'),
})

export type Config = {
  readonly port: number
  readonly host: string
  readonly publicUrl: string
  readonly dataFolder: string
  readonly databaseUrl: string | undefined
  readonly clickhouseUrl: string | undefined
  readonly secret: string | undefined
  /** Lower case. */
  readonly mailHosts: ReadonlySet<string>
  readonly role: 'all' | 'engines' | 'api' | 'worker'
  /** Undefined: a proxy speaks HTTPS, or nobody does. */
  readonly secure:
    | {
        readonly domain: string
        readonly httpsPort: number
        readonly httpPort: number
        readonly directoryUrl: string
        readonly email: string
      }
    | undefined
  /** Addresses and CIDR ranges. */
  readonly trustedProxies: readonly string[]
  readonly backup: {
    /** Undefined: no nightly backups. */
    readonly folder: string | undefined
    /** Minutes of the day. */
    readonly minute: number
    readonly copies: number
  }
  /** Never set where a real shop is connected. */
  readonly cafe24TestServer: string | undefined
  readonly shopifyTestServer: string | undefined
  readonly woocommerceTestServer: string | undefined
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
}

/** Reads the settings; throws one sentence per wrong setting. Values are never printed. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const parsed = Environment.safeParse(environment)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`These settings are wrong:\n${problems.join('\n')}`)
  }
  const set = parsed.data
  return {
    port: set.PORT,
    host: set.HOST,
    publicUrl: (
      set.PUBLIC_URL ?? (set.DOMAIN ? `https://${set.DOMAIN}` : `http://localhost:${set.PORT}`)
    ).replace(/\/$/, ''),
    dataFolder: resolve(set.DANGGOL_DATA),
    databaseUrl: set.DATABASE_URL,
    clickhouseUrl: set.CLICKHOUSE_URL,
    secret: set.DANGGOL_SECRET,
    mailHosts: new Set(listed(set.MAIL_HOSTS.toLowerCase())),
    role: set.ROLE,
    secure:
      set.DOMAIN === undefined
        ? undefined
        : {
            domain: set.DOMAIN,
            httpsPort: set.HTTPS_PORT,
            httpPort: set.HTTP_PORT,
            directoryUrl: set.ACME_DIRECTORY,
            email: set.ACME_EMAIL,
          },
    trustedProxies: listed(set.TRUSTED_PROXIES),
    backup: {
      folder:
        set.BACKUP_FOLDER === 'off'
          ? undefined
          : resolve(
              set.BACKUP_FOLDER === '' ? join(set.DANGGOL_DATA, 'backups') : set.BACKUP_FOLDER,
            ),
      minute: minuteOf(set.BACKUP_AT),
      copies: set.BACKUP_COPIES,
    },
    cafe24TestServer: set.CAFE24_TEST_SERVER?.replace(/\/$/, ''),
    shopifyTestServer: set.SHOPIFY_TEST_SERVER?.replace(/\/$/, ''),
    woocommerceTestServer: set.WOOCOMMERCE_TEST_SERVER?.replace(/\/$/, ''),
    logLevel: set.LOG_LEVEL,
  }
}

function listed(text: string): readonly string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
