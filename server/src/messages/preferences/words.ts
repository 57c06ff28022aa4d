import { channelName, type NoticeLanguage } from '../notices/texts.ts'
import type { Choice } from './choices.ts'

/** The exact sentence somebody agrees to; its text names the wording in the ledger. */
export function wordingText(choice: Choice, shop: string, language: NoticeLanguage): string {
  const channel = channelName(choice.channel, language)
  switch (choice.scope) {
    case 'ad_day':
      return language === 'ko'
        ? `${shop}에서 ${by(channel)} 보내는 광고성 정보(혜택, 새 상품, 행사 소식)를 받는 데 동의해요.`
        : `I agree to receive advertising (offers, new products, events) from ${shop} by ${channel}.`
    case 'ad_night':
      return language === 'ko'
        ? `${shop}에서 밤 9시부터 아침 8시 사이에 ${by(channel)} 보내는 광고성 정보를 받는 데 동의해요.`
        : `I agree to receive advertising from ${shop} by ${channel} between 21:00 and 08:00.`
    case 'personal_data_marketing':
      return language === 'ko'
        ? `${shop}에서 나에게 맞는 소식을 고르는 데 내 개인정보(구매와 방문 기록)를 이용하는 데 동의해요. 동의하지 않아도 서비스는 그대로 쓸 수 있어요.`
        : `I agree that ${shop} uses my personal data (orders and visits) to choose what to tell me. The service stays the same if I do not.`
  }
}

function by(channel: string): string {
  const last = channel.codePointAt(channel.length - 1) ?? 0
  const final = (last - 0xac00) % 28
  // 로 after a vowel or ㄹ, 으로 after any other final consonant.
  return final === 0 || final === 8 ? `${channel}로` : `${channel}으로`
}

/** What the pages say, in both languages. */
export const words = {
  ko: {
    choose: '받는 방법 고르기',
    save: '고른 대로 저장하기',
    refuseAll: '광고 모두 그만 받기',
    stopTitle: '마케팅 이용 모두 멈추기',
    stopNote:
      '모든 채널의 광고와 내 개인정보의 마케팅 이용을 한 번에 멈춰요(개인정보 보호법 제37조). 주문과 배송 안내는 계속 드려요.',
    stop: '모두 멈추기',
    verify: '새로 동의하실 때는 본인인지 확인하려고 그 주소로 안내를 보내요. 거부는 바로 처리돼요.',
    personal: '개인정보',
    done: '수신 설정 처리결과 안내',
    nothing: '바뀐 것이 없어요.',
    sender: '전송자',
    at: '처리일시',
    refused: (what: string) => `${what}을 거부(동의 철회)하셨고, 정상 처리됐어요.`,
    granted: (what: string) => `${what}에 동의하셨고, 정상 처리됐어요.`,
    asked: (what: string, to: string) =>
      `${what}: ${to}로 확인 안내를 보내드려요. 24시간 안에 그 안의 링크에서 마쳐 주셔야 동의가 완료돼요.`,
    ownAddress: '등록하신 연락처',
    back: '수신 설정 다시 보기',
    undo: '되돌리기 (다시 받기)',
    undoNote: '잘못 누르셨다면 되돌릴 수 있어요. 본인인지 확인하려고 그 주소로 안내를 보내요.',
    test: '시험으로 보낸 메시지라 바뀐 것은 없어요.',
    confirm: '아래 내용에 동의하시겠어요?',
    confirmTitle: '수신동의 마치기',
    agree: '동의하기',
    late: '확인 안내의 유효 시간(24시간)이 지났어요. 수신 설정에서 다시 골라 주세요.',
    scopes: {
      ad_day: '광고성 정보 수신',
      ad_night: '야간(밤 9시~아침 8시) 광고성 정보 수신',
      personal_data_marketing: '개인정보의 마케팅 이용',
    },
  },
  en: {
    choose: 'Choose how we reach you',
    save: 'Save my choice',
    refuseAll: 'Stop all advertising',
    stopTitle: 'Stop all use for marketing',
    stopNote:
      'Stops advertising on every channel and the use of my personal data for marketing at once (PIPA, article 37). News of orders and deliveries still comes.',
    stop: 'Stop all of it',
    verify:
      'A new consent is confirmed by a message to the address itself. A refusal takes effect at once.',
    personal: 'Personal data',
    done: 'Your choice was recorded',
    nothing: 'Nothing was changed.',
    sender: 'Sender',
    at: 'Processed at',
    refused: (what: string) => `You refused (withdrew your consent to) ${what}. It is in effect.`,
    granted: (what: string) => `You agreed to ${what}. It is in effect.`,
    asked: (what: string, to: string) =>
      `${what}: we are sending a message to ${to}. Open its link within 24 hours to finish.`,
    ownAddress: 'the address we have',
    back: 'Back to my preferences',
    undo: 'Undo it (receive again)',
    undoNote:
      'If that was a mistake it can be undone: a message to the address itself makes sure it is you.',
    test: 'This was a test message, so nothing was changed.',
    confirm: 'Do you agree to this?',
    confirmTitle: 'Finish your consent',
    agree: 'I agree',
    late: 'The link was good for 24 hours. Please choose again in your preferences.',
    scopes: {
      ad_day: 'advertising',
      ad_night: 'advertising at night (21:00 to 08:00)',
      personal_data_marketing: 'use of personal data for marketing',
    },
  },
} as const

/** A choice as the pages of results name it: `이메일 광고성 정보 수신`. */
export function choiceName(choice: Choice, language: NoticeLanguage): string {
  const what = words[language].scopes[choice.scope]
  if (choice.scope === 'personal_data_marketing') return what
  const channel = channelName(choice.channel, language)
  return language === 'ko' ? `${channel} ${what}` : `${what} by ${channel}`
}
