import { words } from '../app/language.ts'

/** What a run is about, in a sentence. */
export const runWords = words({
  title: { ko: '이번 발송', en: 'This send' },
  next: { ko: (at: string) => `다음 발송은 ${at}이에요.`, en: (at: string) => `Next: ${at}.` },
  due: { ko: (at: string) => `${at} 발송`, en: (at: string) => `Of ${at}` },
  planned: {
    ko: '받을 고객의 명단을 준비하고 있어요.',
    en: 'The audience is being made ready.',
  },
  calling_first: {
    ko: (share: string) => `먼저 무작위 ${share}에게 보내고 있어요.`,
    en: (share: string) => `A random ${share} gets it first.`,
  },
  waiting: {
    ko: (at: string) =>
      `먼저 보낸 결과를 ${at}까지 지켜봐요. 실패와 수신거부가 적으면 나머지 고객에게 저절로 보내요.`,
    en: (at: string) =>
      `The first results are watched until ${at}; with few failures and opt-outs it goes on by itself.`,
  },
  failures: {
    ko: '먼저 보낸 메시지에 실패가 많아서 멈췄어요. 계속 보낼까요?',
    en: 'Stopped: many of the first messages failed. Go on?',
  },
  opt_outs: {
    ko: '먼저 받은 고객 중 수신거부가 많아서 멈췄어요. 계속 보낼까요?',
    en: 'Stopped: many of the first people opted out. Go on?',
  },
  not_sent: {
    ko: '먼저 보낼 메시지가 하루 동안 나가지 못해서 멈췄어요. 계속 보낼까요?',
    en: 'Stopped: the first messages could not leave for a day. Go on?',
  },
  interrupted: {
    ko: '하루 넘게 끊겨서 멈췄어요. 지금이라도 계속 보낼까요?',
    en: 'Stopped: it was interrupted for more than a day. Go on now?',
  },
  asking: { ko: '멈췄어요. 계속 보낼까요?', en: 'Stopped. Go on?' },
  calling: { ko: '나머지 고객에게 보내고 있어요.', en: 'Everybody else gets it now.' },
  done: { ko: '모든 고객을 시작했어요.', en: 'Everybody has been called.' },
  too_late: {
    ko: '서버가 멈춰 있어서 하루 넘게 지난 발송이라 보내지 않았어요.',
    en: 'Not begun: the server stood, and it was more than a day late.',
  },
  campaign_stopped: {
    ko: '캠페인이 끝나서 그만뒀어요.',
    en: 'Given up: the campaign has ended.',
  },
  by_hand: { ko: '담당자가 그만두었어요.', en: 'Given up by a member.' },
  cancelled: { ko: '그만두었어요.', en: 'Given up.' },
  called: { ko: '시작한 고객', en: 'Called' },
  ofAll: {
    ko: (n: string, m: string) => `${n} / ${m}`,
    en: (n: string, m: string) => `${n} of ${m}`,
  },
  sent: { ko: '보냄', en: 'Sent' },
  queued: { ko: '보낼 차례', en: 'Queued' },
  failed: { ko: '실패', en: 'Failed' },
  optOuts: { ko: '수신거부', en: 'Opted out' },
  goOn: { ko: '계속 보내기', en: 'Go on' },
  giveUp: { ko: '그만두기', en: 'Give up' },
  back: { ko: '취소', en: 'Cancel' },
  goOnTitle: { ko: '나머지 고객에게 보낼까요?', en: 'Send to everybody else?' },
  goOnSays: {
    ko: (n: string) => `아직 시작하지 않은 ${n}에게 바로 보내기 시작해요.`,
    en: (n: string) => `The ${n} who were not called yet are called now.`,
  },
  giveUpTitle: { ko: '이번 발송을 그만둘까요?', en: 'Give this send up?' },
  giveUpSays: {
    ko: (n: string) =>
      `아직 시작하지 않은 ${n}은 받지 않아요. 이미 시작한 고객은 캠페인대로 계속돼요.`,
    en: (n: string) => `The ${n} who were not called get nothing; whoever was called goes on.`,
  },
})
