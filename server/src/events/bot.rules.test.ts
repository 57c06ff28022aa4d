import { expect, test } from 'vitest'
import { botIn } from './bot.ts'

const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0'
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'

// As browsers and machines send them, gathered in 2024 to 2026.
test.each([
  ['Chrome', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36`],
  ['Whale', `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Whale/3.27.254.15 Safari/537.36`],
  ['Safari', `${iphone} Version/17.5 Mobile/15E148 Safari/604.1`],
  [
    'KakaoTalk on Android',
    'Mozilla/5.0 (Linux; Android 14; SM-S928N Build/UP1A.231005.007; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36;KAKAOTALK 2410810',
  ],
  ['KakaoTalk on iOS', `${iphone} Mobile/15E148 KAKAOTALK/10.8.5 (INAPP)`],
  [
    'the Naver app on iOS',
    `${iphone} Version/17.5 Mobile/15E148 Safari/604.1 NAVER(inapp; search; 2000; 12.6.4; 15PRO)`,
  ],
  [
    'the Naver app on Android',
    'Mozilla/5.0 (Linux; Android 13; SM-A536N Build/TP1A.220624.014; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/125.0.6422.165 Whale/1.0.0.0 Crosswalk/28.125.0.18 Mobile Safari/537.36 NAVER(inapp; search; 2000; 12.6.2)',
  ],
  [
    'Samsung Internet',
    'Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S911N) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/25.0 Chrome/121.0.0.0 Mobile Safari/537.36',
  ],
  [
    'the Daum app',
    'Mozilla/5.0 (Linux; Android 14; SM-S928N; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.6478.71 Mobile Safari/537.36 DaumApps/7.8.2 DaumDevice/mobile',
  ],
  [
    'Instagram',
    `${iphone} Mobile/15E148 Instagram 334.0.4.32.98 (iPhone14,2; iOS 17_5_1; ko_KR; ko; scale=3.00; 1170x2532; 609775437)`,
  ],
  ['Line', `${iphone} Mobile/15E148 Line/14.9.0`],
  [
    'a phone whose maker is called Cubot',
    `Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 20) ${chrome} Mobile Safari/537.36`,
  ],
  ['an app of the shop', 'MyShop/3.2 CFNetwork/1494 Darwin/23.4.0'],
  ['a program that somebody wrote', 'curl/8.5.0'],
  ['a server of the shop', 'analytics-node/2.1.0'],
  ['nobody who says who they are', ''],
])('%s is a person', (_, userAgent) => {
  expect(botIn(userAgent)).toBeUndefined()
})

test.each([
  ['Googlebot', 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'],
  [
    'Googlebot',
    `Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) ${chrome} Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)`,
  ],
  ['Yeti (NAVER)', 'Mozilla/5.0 (compatible; Yeti/1.1; +https://naver.me/spd)'],
  [
    'Yeti (NAVER)',
    `${iphone} Version/15.0 Mobile/15E148 Safari/604.1 (compatible; Yeti/1.1; +https://naver.me/spd)`,
  ],
  ['Daum', 'Mozilla/5.0 (compatible; Daum/4.1; +http://cs.daum.net/faq/15/4118.html?faqId=28966)'],
  ['bingbot', 'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)'],
  ['AhrefsBot', 'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)'],
  [
    'GPTBot',
    'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  ],
  [
    'KakaoTalk',
    'facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984',
  ],
  [
    'Headless browser',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.6478.126 Safari/537.36',
  ],
  [
    'Google Lighthouse',
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${chrome} Safari/537.36 Chrome-Lighthouse`,
  ],
  ['UptimeRobot', 'Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)'],
  [
    'Pingdom',
    'Mozilla/5.0 (Unknown; Linux x86_64) AppleWebKit/534.34 (KHTML, like Gecko) PingdomTMS/0.8.5 Safari/534.34',
  ],
  ['Datadog', 'DatadogSynthetics'],
])('%s is a bot', (name, userAgent) => {
  expect(botIn(userAgent)).toBe(name)
})
