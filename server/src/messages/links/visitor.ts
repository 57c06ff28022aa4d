/** Programs that open links without a person behind them. What they open is no click. */
type Robot = {
  readonly name: string
  /** Looked for in the User-Agent. */
  readonly sign: RegExp
  /** Where its owner, or somebody who has met it, describes it; read 2026-11-22. */
  readonly source: string
}

const crawlers = 'https://github.com/monperrus/crawler-user-agents'
const scanners =
  'https://check.live-direct-marketing.online/blog/bot-clicks-security-scanners-detect'

/**
 * Link previews of messengers, search robots, mail scanners, tools. KakaoTalk's own browser says `KAKAOTALK` and is a
 * person; its preview server says `kakaotalk-scrap`. Scanners that pretend to be a browser cannot be told from one here.
 */
export const robots: readonly Robot[] = [
  {
    name: 'KakaoTalk preview',
    sign: /kakaotalk-scrap/i,
    source: 'https://devtalk.kakao.com/t/scrap/33984',
  },
  {
    name: 'Facebook preview (iMessage and LINE call themselves so too)',
    sign: /facebookexternalhit|facebookcatalog|facebot|meta-external/i,
    source: 'https://developers.facebook.com/docs/sharing/webmasters/web-crawlers/',
  },
  { name: 'LINE preview', sign: /line-poker/i, source: crawlers },
  {
    name: 'Slack preview',
    sign: /slackbot|slack-imgproxy/i,
    source: 'https://api.slack.com/robots',
  },
  { name: 'WhatsApp preview', sign: /^whatsapp\//i, source: crawlers },
  { name: 'Skype and Teams preview', sign: /skypeuripreview|microsoftpreview/i, source: crawlers },
  {
    name: 'Naver search, advertisements and blog preview',
    sign: /\byeti\/|ads-naver|blueno|naverbot/i,
    source: 'https://searchadvisor.naver.com/guide/seo-basic-firewall',
  },
  { name: 'Daum search', sign: /daumoa|^daum\/|\bdaum\/\d.*cs\.daum\.net/i, source: crawlers },
  {
    name: 'Google search, advertisements and services',
    sign: /google-inspectiontool|googleother|mediapartners-google|apis-google|google-read-aloud|feedfetcher-google|google-pagerenderer/i,
    source:
      'https://developers.google.com/crawling/docs/crawlers-fetchers/google-special-case-crawlers',
  },
  {
    name: 'Gmail pictures and Google link safety',
    sign: /googleimageproxy|google-safety/i,
    source:
      'https://developers.google.com/crawling/docs/crawlers-fetchers/google-special-case-crawlers',
  },
  {
    name: 'Bing and Outlook preview',
    sign: /bingpreview|microsoft office existence/i,
    source: crawlers,
  },
  {
    name: 'mail and safety scanners',
    sign: /barracuda|proofpoint|mimecast|ciscosecureemail|ironport|\btmes\b|fortimail|sophos|symantec|trendmicro|safelinks|urldefense|virustotal|kaspersky|zscaler|trustwave/i,
    source: scanners,
  },
  {
    name: 'tools and libraries',
    sign: /^(curl|wget|python|java|go-http-client|okhttp|axios|node|undici|ruby|perl|libwww|postman|httpie|insomnia|apache-httpclient|guzzle|php|dart|faraday|aiohttp|scrapy)\b/i,
    source: crawlers,
  },
  {
    name: 'browsers without a screen',
    sign: /headlesschrome|phantomjs|electron\/.*lighthouse|chrome-lighthouse|pagespeed|w3c_|iframely|embedly/i,
    source: crawlers,
  },
  {
    // Googlebot, Twitterbot, TelegramBot, Discordbot, Applebot ...; phones made by Cubot name themselves so.
    name: 'whatever calls itself a robot',
    sign: /(?<!cu)bot(?![a-z])|crawler|spider|(?<![a-z])(scraper|previewer|link-?preview)/i,
    source: crawlers,
  },
]

/** What is looked at of a request; names of headers are in lower case. */
export type Visit = {
  readonly method: string
  readonly header: (name: string) => string | undefined
}

/**
 * Whether a person opened the link. HEAD is asked by scanners; a purpose of prefetch or preview by browsers that fetch
 * ahead (Fetch standard, Sec-Purpose; older ones Purpose and X-Moz); a destination that is not a document by pages that
 * put the link into a picture or a script. Who does not say what it is, is a program.
 */
export function isPerson(visit: Visit): boolean {
  if (visit.method !== 'GET') return false
  const purpose = ['sec-purpose', 'purpose', 'x-purpose', 'x-moz']
    .map((name) => visit.header(name) ?? '')
    .join(' ')
  if (/prefetch|prerender|preview/i.test(purpose)) return false
  const destination = visit.header('sec-fetch-dest') ?? 'document'
  if (destination !== 'document') return false
  const agent = visit.header('user-agent')?.trim() ?? ''
  return agent !== '' && robotOf(agent) === undefined
}

/** The robot a User-Agent names; undefined for a person's browser. */
export function robotOf(agent: string): Robot | undefined {
  return robots.find(({ sign }) => sign.test(agent))
}
