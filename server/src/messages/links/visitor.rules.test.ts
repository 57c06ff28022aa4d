import { expect, test } from 'vitest'
import { isPerson, robotOf, robots } from './visitor.ts'

const visit = (headers: Readonly<Record<string, string>>, method = 'GET') => ({
  method,
  header: (name: string) => headers[name],
})
const android =
  'Mozilla/5.0 (Linux; Android 14; SM-S928N Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36'
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1'

test.each([
  ['KakaoTalk on Android', `${android} KAKAOTALK/10.8.3 (INAPP)`],
  [
    'KakaoTalk on an iPhone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 KAKAOTALK 10.8.5',
  ],
  [
    'Samsung Internet',
    'Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S928N) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
  ],
  ['Safari', iphone],
  ['the Naver app', `${iphone} NAVER(inapp; search; 2000; 12.6.3; 15PRO)`],
  ['the Daum app', `${android} DaumApps/7.4.0 DaumDevice/mobile`],
  ['LINE', `${iphone} Safari Line/14.8.0`],
  ['Instagram', `${iphone} Instagram 334.0.0.29.92`],
  [
    'Whale',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Whale/3.27.254.15 Safari/537.36',
  ],
  [
    'a phone made by Cubot',
    'Mozilla/5.0 (Linux; Android 11; CUBOT X50) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36',
  ],
])('somebody with %s is a person', (_, agent) => {
  expect(robotOf(agent)).toBeUndefined()
  expect(isPerson(visit({ 'user-agent': agent }))).toBe(true)
  expect(isPerson(visit({ 'user-agent': agent, 'sec-fetch-dest': 'document' }))).toBe(true)
})

test.each([
  'facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) AppleWebKit/601.2.4 (KHTML, like Gecko) Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot Twitterbot/1.0',
  'facebookexternalhit/1.1;line-poker/1.0',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'TelegramBot (like TwitterBot)',
  'WhatsApp/2.23.20.0',
  'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; Yeti/1.1; +https://naver.me/spd) Chrome/101.0.4951.0 Safari/537.36',
  'facebookexternalhit/1.1 (compatible; Blueno/1.0; +http://naver.me/scrap)',
  'Mozilla/5.0 (compatible; Daum/4.1; +http://cs.daum.net/faq/15/4118.html?faqId=28966)',
  'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)',
  'Google-Safety',
  'Microsoft Office Existence Discovery',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36',
  'BarracudaCentral/1.0',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)',
  'curl/8.5.0',
  'python-requests/2.32.3',
  'okhttp/4.12.0',
  '',
])('%s is not a person', (agent) => {
  expect(isPerson(visit({ 'user-agent': agent }))).toBe(false)
})

test('a browser that fetches ahead, asks by HEAD or wants a picture has not clicked', () => {
  const headers = { 'user-agent': iphone }
  expect(isPerson(visit(headers, 'HEAD'))).toBe(false)
  expect(isPerson(visit({ ...headers, 'sec-purpose': 'prefetch;prerender' }))).toBe(false)
  expect(isPerson(visit({ ...headers, purpose: 'prefetch' }))).toBe(false)
  expect(isPerson(visit({ ...headers, 'x-moz': 'prefetch' }))).toBe(false)
  expect(isPerson(visit({ ...headers, 'x-purpose': 'preview' }))).toBe(false)
  expect(isPerson(visit({ ...headers, 'sec-fetch-dest': 'image' }))).toBe(false)
  expect(isPerson(visit({ ...headers, 'sec-fetch-dest': 'empty' }))).toBe(false)
})

test('every robot says where it is described', () => {
  expect(robots.length).toBeGreaterThan(10)
  for (const { source } of robots) expect(source).toMatch(/^https:\/\//)
})
