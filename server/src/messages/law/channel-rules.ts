import { rule } from './rule.ts'

/** What binds single channels: telecommunications law, the policies of Kakao, and our own rule of the first send. */
export const channelRules = {
  senderNumber: rule({
    article: ['전기통신사업법 제84조의2', 'Telecommunications Business Act, article 84-2'],
    text: [
      '미리 등록한 발신번호로만 문자를 보낼 수 있어요.',
      'Text messages leave from registered sender numbers only.',
    ],
    kept: [
      '발신번호는 적지 않고, 대행사에 등록된 번호에서 골라요.',
      'Numbers are read from the provider and chosen, never typed.',
    ],
  }),
  kakaoHours: rule({
    article: ['카카오 브랜드 메시지 운영 정책', "Kakao's policy for Brand Messages"],
    text: [
      '브랜드 메시지는 밤 8시 50분부터 아침 8시까지 보낼 수 없어요.',
      'Brand Messages are not sendable from 20:50 to 08:00.',
    ],
    kept: [
      '야간 동의가 있어도 밤 8시 45분에 멈추고 아침을 기다려요.',
      'Hand-over stops at 20:45 whatever the person agreed to.',
    ],
    unconfirmed: [
      '시각은 발송 대행사의 문서에서 확인했고, 카카오의 원문은 보지 못했어요.',
      'The hours were read in providers’ documents, not at Kakao.',
    ],
  }),
  alimtalk: rule({
    article: ['카카오 알림톡 심사 가이드 (2026-04-01)', "Kakao's guide for Alimtalk (2026-04-01)"],
    text: [
      '알림톡은 승인된 템플릿 그대로, 광고가 없는 안내만 보낼 수 있어요.',
      'Alimtalk carries informational messages only, exactly as its template was approved.',
    ],
    kept: [
      '템플릿을 읽어 와 글자 하나까지 맞추고, 광고로 볼 말이 있으면 막고 다른 채널을 권해요.',
      'Templates are read from the provider and matched byte for byte; advertising words are refused with another channel offered.',
    ],
    unconfirmed: [
      '2026년 4월의 강화 내용은 대행사의 안내로 보았어요.',
      'The changes of April 2026 were read in a reseller’s notice.',
    ],
  }),
  brandMessage: rule({
    article: ['카카오 브랜드 메시지 제작 규격', "Kakao's formats for Brand Messages"],
    text: [
      '글자 수, 버튼 수, 쿠폰 이름의 모양이 정해져 있고, 광고만 보낼 수 있어요.',
      'Lengths, buttons and coupon titles are fixed; only advertising is sent this way.',
    ],
    kept: [
      '편집할 때와 발행할 때, 그리고 사람마다 값을 넣은 뒤에도 다시 세어요.',
      'Checked while writing, when published, and again with each person’s values.',
    ],
    unconfirmed: [
      '수치는 대행사의 공개 코드와 문서에서 왔어요.',
      'The numbers come from the open code and documents of providers.',
    ],
  }),
  firstSend: rule({
    article: [
      '단골의 첫 발송 규칙 (정보통신망법 제50조 제2항)',
      "Danggol's rule of the first send (Network Act, article 50(2))",
    ],
    text: [
      '이전에 거부한 사람에게 보내지 않도록, 080 수신거부 목록과 예전 도구의 거부 목록, 동의 파일을 먼저 옮겨 와야 해요.',
      'Refusals that were taken elsewhere bind too: the 080 list, those of the tool before and the consents come first.',
    ],
    kept: [
      '셋을 모두 옮기거나 없다고 이름을 걸고 확인하기 전에는 시험 발송만 돼요.',
      'Until each was brought or said by name not to exist, only tests are sent.',
    ],
  }),
} as const
