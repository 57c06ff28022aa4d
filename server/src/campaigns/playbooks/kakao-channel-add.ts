import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { inSegment, untilMorning, waitDays } from './parts.ts'
import { kakaoReachable } from './people.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

/** Shows the way to the shop's KakaoTalk channel by the channels that reach the person already. */
export const kakaoChannelAdd: Playbook = {
  id: 'kakao_channel_add',
  family: 'care',
  name: { ko: '카카오톡 채널 추가 안내', en: 'Add the KakaoTalk channel' },
  about: {
    ko: '가입하고 이틀 뒤, 카카오톡 채널을 추가하는 길을 메일이나 문자로 알려요. 채널을 추가했는지는 카카오가 알려주지 않아서, 클릭과 주문으로 결과를 봐요.',
    en: 'Two days after joining, the way to the KakaoTalk channel by mail or text. Kakao does not tell who added it, so clicks and orders show the result.',
  },
  enters: {
    ko: '가입한 고객, 평생 한 번. 이미 카카오톡으로 닿는 고객에게는 보내지 않아요.',
    en: 'Everyone who joins, once, unless KakaoTalk reaches them already.',
  },
  segments: [kakaoReachable],
  asks: ['kakao_channel'],
  flow: (language, made = bare) => {
    // KakaoTalk itself is no way to tell of KakaoTalk.
    const others = { ...made, channels: { ...made.channels, kakao: null } }
    return Flow.parse({
      trigger: { kind: 'event', event: 'Signed Up', key: 'person' },
      conditions: inSegment(made, kakaoReachable.key, false),
      steps: [
        waitDays(1, 2),
        untilMorning(2),
        written(others, language, {
          id: 3,
          words: words[language],
          url: made.answers.kakaoChannel ?? '{{ link.shop }}',
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 14 * 24 },
      holdoutShare: 0.1,
      reentry: { afterDays: null },
      precedence: precedenceOf('kakao_channel_add'),
      nature: { purpose: 'advertising' },
    })
  },
}

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: '{{ customer.name | nim }}, 카카오톡에서도 만나요',
    preheader: '채널을 추가하면 새 소식을 카카오톡으로 받아요.',
    heading: '카카오톡에서도 만나요',
    text: [
      '{{ shop.name }} 카카오톡 채널을 추가하면 새 소식과 문의 답변을 카카오톡으로 받아 보실 수 있어요. 언제든 차단할 수 있어요.',
    ],
    button: '채널 추가하기',
    short:
      '{{ customer.name | nim }}, {{ shop.name }} 카카오톡 채널을 추가하면 새 소식을 카카오톡으로 받아 보실 수 있어요.',
  },
  en: {
    subject: 'Meet us on KakaoTalk',
    preheader: 'News and answers, on KakaoTalk.',
    heading: 'Meet us on KakaoTalk',
    text: [
      'Add the channel of {{ shop.name }} to get news and answers on KakaoTalk. You can block it at any time.',
    ],
    button: 'Add channel',
    short: 'Add the KakaoTalk channel of {{ shop.name }} to get news and answers there.',
  },
}
