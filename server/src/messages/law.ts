/** A rule of law or of a channel that stands behind a refusal, as the marketer reads it. */
export type Rule = {
  readonly article: Words
  /** What it says, in a sentence. */
  readonly text: Words
  /** Day the text was last read, `YYYY-MM-DD`. */
  readonly reviewed: string
}

type Words = { readonly ko: string; readonly en: string }

const reviewed = '2026-11-22'

/** The rules that the one door holds to; docs/guide/law.md says more, and what could not be confirmed. */
export const law = {
  consent: {
    article: { ko: '정보통신망법 제50조 제1항', en: 'Network Act, article 50(1)' },
    text: {
      ko: '영리 목적의 광고성 정보는 받는 사람이 미리 명시적으로 동의해야 보낼 수 있어요.',
      en: 'Advertising needs the explicit prior consent of its recipient.',
    },
    reviewed,
  },
  refusal: {
    article: { ko: '정보통신망법 제50조 제2항', en: 'Network Act, article 50(2)' },
    text: {
      ko: '수신을 거부하거나 동의를 철회한 사람에게는 광고를 보낼 수 없어요.',
      en: 'Whoever refused or withdrew consent must not get advertising.',
    },
    reviewed,
  },
  night: {
    article: {
      ko: '정보통신망법 제50조 제3항, 시행령 제61조 제2항',
      en: 'Network Act, article 50(3); decree, article 61(2)',
    },
    text: {
      ko: '밤 9시부터 다음 날 아침 8시까지는 별도의 야간 수신 동의가 있어야 해요. 이메일은 예외예요.',
      en: 'From 21:00 to 08:00 a separate consent is needed; e-mail is exempt.',
    },
    reviewed,
  },
  sender: {
    article: {
      ko: '정보통신망법 제50조 제4항, 시행령 제61조 제3항',
      en: 'Network Act, article 50(4); decree, article 61(3)',
    },
    text: {
      ko: '광고에는 전송자의 이름과 연락처, 수신 거부 방법을 밝혀야 해요.',
      en: 'An advertisement names its sender, a contact, and the way to refuse.',
    },
    reviewed,
  },
  under14: {
    article: { ko: '개인정보 보호법 제22조의2', en: 'PIPA, article 22-2' },
    text: {
      ko: '만 14세 미만 아동은 법정대리인의 동의가 있어야 해요.',
      en: 'Children under 14 need the consent of a guardian.',
    },
    reviewed,
  },
  personalData: {
    article: { ko: '개인정보 보호법 제22조 제1항', en: 'PIPA, article 22(1)' },
    text: {
      ko: '개인정보를 마케팅에 쓰려면 다른 동의와 나누어 따로 동의를 받아야 해요.',
      en: 'Marketing use of personal data needs a consent of its own.',
    },
    reviewed,
  },
  erasure: {
    article: { ko: '개인정보 보호법 제36조', en: 'PIPA, article 36' },
    text: {
      ko: '삭제를 요구한 사람의 개인정보는 복구할 수 없게 지워야 해요.',
      en: 'Personal data whose deletion was asked for is deleted for good.',
    },
    reviewed,
  },
  senderNumber: {
    article: {
      ko: '전기통신사업법 제84조의2',
      en: 'Telecommunications Business Act, article 84-2',
    },
    text: {
      ko: '미리 등록한 발신번호로만 문자를 보낼 수 있어요.',
      en: 'Text messages leave from registered sender numbers only.',
    },
    reviewed,
  },
  kakaoHours: {
    article: { ko: '카카오 브랜드 메시지 운영 정책', en: "Kakao's policy for Brand Messages" },
    text: {
      ko: '브랜드 메시지는 밤 8시 50분부터 아침 8시까지 보낼 수 없어요.',
      en: 'Brand Messages are not sendable from 20:50 to 08:00.',
    },
    reviewed,
  },
  firstSend: {
    article: {
      ko: '단골의 첫 발송 규칙 (제50조 제2항)',
      en: "Danggol's rule of the first send (article 50(2))",
    },
    text: {
      ko: '이전에 거부한 사람에게 보내지 않도록, 080 수신거부 목록과 예전 도구의 거부 목록, 동의 파일을 먼저 옮겨 와야 해요.',
      en: 'Refusals that were taken elsewhere bind too: the 080 list, those of the tool before and the consents come first.',
    },
    reviewed,
  },
} as const satisfies Record<string, Rule>
