import { rule } from './rule.ts'

const table6: readonly [string, string] = [
  '시행령 별표 6의 원문은 다시 읽지 못했고, 감독기관 안내를 옮긴 글을 따랐어요.',
  'Table 6 of the decree could not be read again; writings about the regulator’s guide were followed.',
]

/** Act on Promotion of Information and Communications Network Utilization (정보통신망법), articles 50 to 50-9. */
export const networkAct = {
  consent: rule({
    article: ['정보통신망법 제50조 제1항', 'Network Act, article 50(1)'],
    text: [
      '영리 목적의 광고성 정보는 받는 사람이 미리 명시적으로 동의해야 보낼 수 있어요.',
      'Advertising needs the explicit prior consent of its recipient.',
    ],
    kept: [
      '채널마다 따로, 보내기로 정할 때와 내보내기 직전에 두 번 봐요. 기록이 없으면 동의하지 않은 것으로 봐요.',
      'Looked at by channel, when a message is decided and again when it leaves; what is not recorded is no consent.',
    ],
  }),
  trading: rule({
    article: [
      '정보통신망법 제50조 제1항 제1호, 시행령 제61조 제1항',
      'Network Act, article 50(1)1; decree, article 61(1)',
    ],
    text: [
      '거래하며 직접 받은 연락처로는, 거래가 끝난 지 6개월까지 같은 종류의 자기 상품을 동의 없이 광고할 수 있어요.',
      'Within 6 months of a transaction its own address may get advertising of own goods of the same kind.',
    ],
    kept: [
      '꺼져 있어요. 이름을 걸고 켠 상점에서만 동의를 대신하고, (광고) 표시와 거부, 야간 규칙은 그대로예요.',
      'Off. It stands in for consent only where somebody answers for it by name; label, refusal and night stay.',
    ],
    unconfirmed: [
      '어디까지가 ‘같은 종류’인지는 사안마다 달라서 저절로 판단하지 않아요.',
      'What counts as “of the same kind” differs by case and is not judged here.',
    ],
  }),
  refusal: rule({
    article: ['정보통신망법 제50조 제2항', 'Network Act, article 50(2)'],
    text: [
      '수신을 거부하거나 동의를 철회한 사람에게는 광고를 보낼 수 없어요.',
      'Whoever refused or withdrew consent must not get advertising.',
    ],
    kept: [
      '거부한 그 순간 주소를 막고, 고객 정보를 지운 뒤에도 해시로 기억해요. 본인의 새 동의만이 다시 열어요.',
      'The address itself is closed at once and stays closed, as a hash, after an erasure; only a new consent opens it.',
    ],
  }),
  night: rule({
    article: [
      '정보통신망법 제50조 제3항, 시행령 제61조 제2항',
      'Network Act, article 50(3); decree, article 61(2)',
    ],
    text: [
      '밤 9시부터 다음 날 아침 8시까지는 별도의 야간 수신동의가 있어야 해요. 이메일은 예외예요.',
      'From 21:00 to 08:00 a separate consent is needed; e-mail is exempt.',
    ],
    kept: [
      '언제나 서울 시각으로 세어, 밤 8시 55분에 멈추고 아침 8시에 다시 조건을 봐요. 발송 대행사에 예약해 두지 않아요.',
      'By Seoul’s clock: hand-over stops at 20:55 and everything is decided anew at 08:00. Nothing is scheduled at a provider.',
    ],
  }),
  sender: rule({
    article: [
      '정보통신망법 제50조 제4항, 시행령 제61조 제3항과 별표 6',
      'Network Act, article 50(4); decree, article 61(3) and table 6',
    ],
    text: [
      '광고에는 전송자의 이름과 연락처, 수신 거부 방법을 밝혀야 해요.',
      'An advertisement names its sender, a contact, and the way to refuse.',
    ],
    kept: [
      '채널마다 저절로 붙고, 하나라도 비어 있으면 발행도 발송도 되지 않아요.',
      'Composed into every channel; nothing is published or sent while one is missing.',
    ],
    unconfirmed: table6,
  }),
  label: rule({
    article: [
      '정보통신망법 제50조 제4항, 시행령 별표 6',
      'Network Act, article 50(4); decree, table 6',
    ],
    text: [
      '광고는 (광고)로 시작해야 하고, [광고]나 (광 고)처럼 바꿔 쓰면 안 돼요.',
      'An advertisement begins with (광고); [광고], (광 고) and other imitations are violations.',
    ],
    kept: [
      '제목이나 본문의 맨 앞에 저절로 붙고, 흉내 낸 표시는 발행할 때 막아요.',
      'Put before everything else when published; imitations are refused.',
    ],
    unconfirmed: [
      '카카오가 브랜드 메시지에 (광고)를 스스로 붙이는지 확인하지 못해, 본문에도 붙여요. 별표 6의 원문은 다시 읽지 못했어요.',
      'Whether Kakao marks Brand Messages itself could not be confirmed, so the text carries the label too. Table 6 could not be read again.',
    ],
  }),
  informational: rule({
    article: [
      '정보통신망법 제50조 제1항, 불법스팸 방지 안내서 (5차 개정 2022-12)',
      'Network Act, article 50(1); the regulator’s guide (5th ed., 2022-12)',
    ],
    text: [
      '주문·배송 같은 정해진 안내만 동의 없이 보낼 수 있고, 광고 문장이 하나라도 있으면 전체가 광고예요.',
      'Only notices of a closed list go without consent; one advertising sentence makes the whole message advertising.',
    ],
    kept: [
      '정보성으로 보내려면 정해진 이유를 고르고, 고른 사람의 이름이 남아요. 할인, 쿠폰, 특가 같은 말이 있으면 막아요.',
      'Needs a reason of the closed list, kept with the name of whoever chose it; words such as 할인, 쿠폰, 특가 are refused.',
    ],
    unconfirmed: [
      '안내서 원문이 아니라 이를 옮긴 글을 보았어요. 적립금 소멸 안내는 의견이 갈려 광고로 봐요.',
      'Writings about the guide were read, not the guide itself. Notices of expiring points are disputed and count as advertising.',
    ],
  }),
  obstruction: rule({
    article: ['정보통신망법 제50조 제5항', 'Network Act, article 50(5)'],
    text: [
      '수신 거부를 어렵게 하거나 보내는 사람을 숨겨서는 안 돼요.',
      'Refusing must not be hindered, nor the sender hidden.',
    ],
    kept: [
      '거부는 로그인 없이 두 번 안에 끝나고, 이메일은 한 번에 돼요 (RFC 8058).',
      'Two steps at most and no sign-in; one click in e-mail (RFC 8058).',
    ],
  }),
  freeRefusal: rule({
    article: [
      '정보통신망법 제50조 제6항, 시행령 제62조',
      'Network Act, article 50(6); decree, article 62',
    ],
    text: [
      '거부하고 철회하는 데 받는 사람의 돈이 들지 않아야 해요.',
      'Refusing and withdrawing must cost the recipient nothing.',
    ],
    kept: [
      '문자에는 080 번호가, 다른 채널에는 무료 링크가 들어가요. 080 번호가 없으면 광고 문자를 발행할 수 없어요.',
      'Texts carry an 080 number, other channels a link; without the number no advertising text is published.',
    ],
    unconfirmed: [
      '링크만으로 충분하다는 점은 실무를 따른 것이에요.',
      'That a link is enough rests on practice.',
    ],
  }),
  resultNotice: rule({
    article: [
      '정보통신망법 제50조 제7항, 시행령 제62조의2',
      'Network Act, article 50(7); decree, article 62-2',
    ],
    text: [
      '동의, 거부, 철회를 받으면 14일 안에 그 결과를 알려야 해요.',
      'Within 14 days of a consent, refusal or withdrawal the person is told the result.',
    ],
    kept: [
      '바로 정보성 메시지로 알리고 증거를 남겨요. 10일째부터 상점에 경고해요.',
      'Sent at once as an informational message and kept as evidence; the shop is warned from the 10th day.',
    ],
  }),
  reconfirm: rule({
    article: [
      '정보통신망법 제50조 제8항, 시행령 제62조의3',
      'Network Act, article 50(8); decree, article 62-3',
    ],
    text: [
      '2년마다 동의가 그대로인지 확인해 알려야 해요.',
      'Every two years the consent is confirmed with the person.',
    ],
    kept: [
      '2년이 되기 30일 전부터 알려요. 대답이 없으면 동의는 이어져요.',
      'Sent from 30 days before the day; silence keeps the consent.',
    ],
    unconfirmed: [
      '대답이 없으면 이어진다는 것은 감독기관의 설명을 옮긴 보도를 따랐어요.',
      'That silence keeps it rests on press reports of the regulator’s explanation.',
    ],
  }),
  reseller: rule({
    article: [
      '정보통신망법 제50조의3 제1항, 전기통신사업법 제22조의11',
      'Network Act, article 50-3(1); Telecommunications Business Act, article 22-11',
    ],
    text: [
      '광고 문자는 전송자격인증을 받은 대행사에만 맡길 수 있어요.',
      'Advertising texts may be handed to certified resellers only.',
    ],
    kept: [
      '문자 설정에서 사람이 확인하고 표시해요. 인증 여부를 저절로 확인하지는 못해요.',
      'A member confirms it in the settings for texts; it cannot be checked by itself.',
    ],
  }),
} as const
