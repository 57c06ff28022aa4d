import { rule } from './rule.ts'

/** Personal Information Protection Act (개인정보 보호법) and the Electronic Commerce Act (전자상거래법). */
export const privacyLaw = {
  personalData: rule({
    article: ['개인정보 보호법 제22조 제1항', 'PIPA, article 22(1)'],
    text: [
      '개인정보를 마케팅에 쓰려면 다른 동의와 나누어 따로 동의를 받아야 해요.',
      'Marketing use of personal data needs a consent of its own.',
    ],
    kept: [
      '따로 기록해요. 설정에서 켜면 이 동의가 없는 사람에게 광고를 보내지 않아요.',
      'Recorded apart; where the shop says so, nobody without it gets advertising.',
    ],
  }),
  under14: rule({
    article: ['개인정보 보호법 제22조의2', 'PIPA, article 22-2'],
    text: [
      '만 14세 미만 아동은 법정대리인의 동의가 있어야 해요.',
      'Children under 14 need the consent of a guardian.',
    ],
    kept: [
      '생일이 알려진 만 14세 미만에게는 광고를 보내지 않아요.',
      'Whoever is known to be under 14 gets no advertising.',
    ],
    unconfirmed: [
      '법정대리인의 동의를 따로 확인하지 않으므로, 동의가 있어도 보내지 않아요.',
      'A guardian’s consent is not looked at: it would not be sent even with one.',
    ],
  }),
  access: rule({
    article: ['개인정보 보호법 제35조, 시행령 제41조', 'PIPA, article 35; decree, article 41'],
    text: [
      '자기 정보를 보여 달라는 사람에게 10일 안에 보여줘야 해요.',
      'Whoever asks to see their data is shown it within 10 days.',
    ],
    kept: [
      '고객 페이지에서 그 사람에 관한 모든 기록을 파일로 받아요. 받은 사람과 때가 감사 기록에 남아요.',
      'The customer’s page gives everything kept of the person as a file; each is in the audit log.',
    ],
  }),
  erasure: rule({
    article: [
      '개인정보 보호법 제36조, 시행령 제43조 제3항',
      'PIPA, article 36; decree, article 43(3)',
    ],
    text: [
      '삭제를 요구한 사람의 개인정보는 복구할 수 없게 지워야 해요.',
      'Personal data whose deletion was asked for is deleted for good.',
    ],
    kept: [
      '이름, 연락처, 특성, 행동 기록을 지우고 확인서를 보여줘요. 누구인지 알 수 없는 주문 사실과 수신 거부의 해시만 남아요.',
      'Name, addresses, traits and events go, with a certificate; order facts that name nobody and the refusal as a hash stay.',
    ],
    unconfirmed: [
      '백업에는 정해 둔 보관 기간이 끝날 때까지 남아요.',
      'Backups hold it until their own retention ends.',
    ],
  }),
  stop: rule({
    article: ['개인정보 보호법 제37조, 시행령 제44조', 'PIPA, article 37; decree, article 44'],
    text: [
      '처리를 멈춰 달라는 요구는 10일 안에 들어줘야 해요.',
      'A request to stop processing is met within 10 days.',
    ],
    kept: [
      '스위치 하나로 모든 채널의 광고와 개인정보의 마케팅 이용을 한 번에 거부해요. 수신 설정 화면에서는 본인이, 고객 화면의 “고객의 요구”에서는 담당자가 눌러요.',
      'One switch refuses advertising on every channel and the use of personal data for marketing at once: on the preference page by the person, on the customer’s page by the team.',
    ],
    unconfirmed: [
      '멈춘 뒤에도 행동 기록과 세그먼트 집계에는 남아요. 그것까지 멈추려면 지우기로 답해야 해요.',
      'What they did stays in the history and is counted in segments; only erasure ends that too.',
    ],
  }),
  explanation: rule({
    article: [
      '개인정보 보호법 제37조의2, 시행령 제44조의3',
      'PIPA, article 37-2; decree, article 44-3',
    ],
    text: [
      '자동으로 내린 결정은 왜 그랬는지 설명할 수 있어야 해요.',
      'Automated decisions can be explained to whoever they concern.',
    ],
    kept: [
      '보내고 보내지 않은 결정마다 이유와 규칙이 한 줄씩 남아 고객 페이지에 보여요.',
      'Every decision to send or not keeps its reason and rule, shown on the customer’s page.',
    ],
    unconfirmed: [
      '마케팅 발송이 이 조항의 ‘자동화된 결정’에 드는지는 확인하지 못했어요.',
      'Whether marketing messages are such decisions could not be confirmed.',
    ],
  }),
  askingAgain: rule({
    article: [
      '전자상거래법 제21조의2, 시행령 제27조의2',
      'Electronic Commerce Act, article 21-2; decree, article 27-2',
    ],
    text: [
      '거절한 사람에게 같은 것을 되풀이해 물으려면 7일 이상 묻지 않게 고를 수 있어야 해요.',
      'Who declined is not asked again unless they could choose 7 days of rest or more.',
    ],
    kept: [
      '알림을 묻는 창은 거절이나 닫기 뒤 7일을 쉬고, 30일간 보지 않기를 함께 보여줘요.',
      'The question for notifications rests 7 days after a no, and offers 30.',
    ],
    unconfirmed: [
      '법 제21조의2는 해설을, 시행령 제27조의2의 7일은 원문을 보았어요.',
      'Article 21-2 was read in commentaries, the 7 days in the decree itself.',
    ],
  }),
  orderRecords: rule({
    article: ['전자상거래법 시행령 제6조', 'Electronic Commerce Act decree, article 6'],
    text: [
      '계약과 결제 기록은 5년, 분쟁 기록은 3년 보관해야 해요.',
      'Records of contracts and payments are kept 5 years, of disputes 3.',
    ],
    kept: [
      '정보를 지울 때 주문 사실은 누구인지 알 수 없게 남겨요.',
      'An erasure leaves order facts that name nobody.',
    ],
    unconfirmed: [
      '이 의무는 상점의 주문 시스템에 있어요. 단골에 있는 사본도 포함하는지는 확인하지 못했어요.',
      'The duty is the shop’s own system’s; whether it covers our copy could not be confirmed.',
    ],
  }),
} as const
