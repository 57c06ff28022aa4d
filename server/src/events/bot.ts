import { isbot, isbotMatch } from 'isbot'

/** Names under which a shop knows the machines that come most, by what their user agents say. */
const known: readonly (readonly [RegExp, string])[] = [
  [/Yeti/i, 'Yeti (NAVER)'],
  [/\bDaum(?:oa)?\//i, 'Daum'],
  [/kakaotalk-scrap/i, 'KakaoTalk'],
  [/Google-InspectionTool|Chrome-Lighthouse|PageSpeed/i, 'Google Lighthouse'],
  [/HeadlessChrome|PhantomJS|Headless/i, 'Headless browser'],
  [/Pingdom/i, 'Pingdom'],
  [/Datadog/i, 'Datadog'],
]

/** What programs call themselves that somebody wrote to send events: whoever writes one means what it sends. */
const crawlerWord = /bot|crawl|spider|scrap|external|monitor|pingdom|synthetic|headless|preview/i

/** Longest name of a bot that is kept, in UTF-16 units. */
const nameLimit = 60

/**
 * The bot behind a user agent that came with a page's key, or undefined for a person. A browser without a screen, a crawler
 * or an uptime monitor is one; a plain HTTP client (curl, an app's library) is not. List: isbot (npm).
 */
export function botIn(userAgent: string | undefined): string | undefined {
  if (userAgent === undefined || userAgent === '' || !isbot(userAgent)) return undefined
  if (!userAgent.startsWith('Mozilla/') && !crawlerWord.test(userAgent)) return undefined
  const name = known.find(([pattern]) => pattern.test(userAgent))?.[1]
  const own = /[\w.-]*(?:bot|crawler|spider|externalhit)[\w-]*/i.exec(userAgent)?.[0]
  return (name ?? own ?? isbotMatch(userAgent)?.trim() ?? 'bot').slice(0, nameLimit)
}
