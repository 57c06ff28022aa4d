import { words } from '../../app/language.ts'

export const backtestWords = words({
  open: { ko: '지난 기간으로 돌려보기', en: 'Try it on the past' },
  title: { ko: '지난 기간으로 미리 돌려보기', en: 'Try it on a past period' },
  says: {
    ko: '지난 기간의 실제 기록으로 이 캠페인을 다시 살아 봐요. 아무에게도 보내지 않아요.',
    en: 'Your real history lives through this campaign once more. Nothing is sent to anybody.',
  },
  blank: { ko: '빈칸을 먼저 채워 주세요.', en: 'Fill in the blanks first.' },
  period: { ko: '기간', en: 'Period' },
  days: { ko: (days: number) => `최근 ${days}일`, en: (days: number) => `Last ${days} days` },
  compare: {
    ko: '지금 켜져 있는 버전과 비교하기',
    en: 'Compare with the version that is live',
  },
  start: {
    ko: (days: number) => `최근 ${days}일로 돌려보기`,
    en: (days: number) => `Try the last ${days} days`,
  },
  running: {
    ko: (done: string, all: string) => `${all} 중 ${done}을 봤어요`,
    en: (done: string, all: string) => `${done} of ${all} looked at`,
  },
  waiting: { ko: '차례를 기다려요', en: 'Waiting for its turn' },
  finding: {
    ko: '이 기간에 누가 들어올 수 있었는지 찾고 있어요',
    en: 'Finding who could have entered in this period',
  },
  reading: {
    ko: (all: string) => `${all}의 기록을 읽고 있어요`,
    en: (all: string) => `Reading what ${all} did`,
  },
  earlier: { ko: '전에 돌려본 것', en: 'Tried before' },
  kept: { ko: '결과는 30일 동안 보관해요.', en: 'Results are kept for 30 days.' },
  gist: {
    ko: (entered: string, sent: string) => `들어온 사람 ${entered} · 발송 ${sent}`,
    en: (entered: string, sent: string) => `${entered} entered · ${sent} sent`,
  },
  byKey: { ko: '연동 키', en: 'an API key' },
  bySystem: { ko: '명령줄', en: 'the command line' },
  ofTwo: { ko: '두 버전 비교', en: 'two versions' },
  pick: {
    ko: (which: string) => `${which} 비교에 넣기`,
    en: (which: string) => `Compare ${which}`,
  },
  compareTwo: { ko: '고른 두 결과 비교하기', en: 'Compare the two' },
  pickTwo: {
    ko: '두 개를 고르면 나란히 볼 수 있어요.',
    en: 'Pick two to see them side by side.',
  },
  cancel: { ko: '그만두기', en: 'Stop' },
  cancelled: { ko: '그만뒀어요.', en: 'Stopped.' },
  again: { ko: '다른 기간으로', en: 'Another period' },
  back: { ko: '목록으로', en: 'Back' },
  draft: { ko: '지금 편집한 내용', en: 'As edited' },
  live: { ko: '켜져 있는 버전', en: 'As live' },
  nobody: {
    ko: '이 기간에는 아무도 들어오지 않았을 거예요.',
    en: 'Nobody would have entered in this period.',
  },
  verdict: {
    ko: (people: string, sent: string) => `${people}이 들어와서 메시지 ${sent}이 나갔을 거예요.`,
    en: (people: string, sent: string) =>
      `${people} would have entered, and ${sent} messages gone out.`,
  },
  most: {
    ko: (most: string, week: string) =>
      `한 사람이 가장 많이 받았다면 ${most}, 7일 안에는 ${week}이에요.`,
    en: (most: string, week: string) => `Whoever got most got ${most}, and ${week} within 7 days.`,
  },
  entered: { ko: '들어온 사람', en: 'Entered' },
  sent: { ko: '발송', en: 'Sent' },
  heldOut: { ko: '대조군', en: 'Held out' },
  cost: { ko: '비용 (최대)', en: 'Cost (at most)' },
  underWay: { ko: '끝날 때 진행 중', en: 'Under way at the end' },
  byDay: { ko: '날마다', en: 'By day' },
  byDayLabel: { ko: '날마다 나갔을 메시지', en: 'Messages by day' },
  byHour: { ko: '시간대', en: 'By hour of the day' },
  hour: {
    ko: (hour: number, sent: string) => `${hour}시 ${sent}`,
    en: (hour: number, sent: string) => `${hour}:00, ${sent}`,
  },
  night: {
    ko: (held: string) => `${held}은 밤이라 아침까지 기다렸다가 나갔을 거예요.`,
    en: (held: string) => `${held} would have waited for the morning.`,
  },
  why: { ko: '보내지 않았을 이유', en: 'What would have held messages back' },
  notEntered: { ko: '들어오지 않은 이유', en: 'Why others did not enter' },
  ended: { ko: '어떻게 끝났을지', en: 'How it would have ended' },
  none: { ko: '없어요.', en: 'None.' },
  spread: { ko: '한 사람이 받는 수', en: 'Messages a person' },
  coupons: { ko: '쿠폰', en: 'Coupons' },
  couponSays: {
    ko: (name: string, given: string, most: string) => `${name} ${given}, 할인은 최대 ${most}`,
    en: (name: string, given: string, most: string) => `${name}: ${given}, at most ${most} off`,
  },
  couponMissing: {
    ko: (missing: string) => `${missing}은 쿠폰이 모자라서 못 받았을 거예요.`,
    en: (missing: string) => `${missing} would have found none left.`,
  },
  samples: { ko: '이 기간을 지나온 사람들', en: 'People who lived through it' },
  until: { ko: (time: string) => `${time}까지`, en: (time: string) => `until ${time}` },
  assumed: { ko: '이렇게 보고 셌어요', en: 'What was taken for granted' },
  looked: {
    ko: (people: string, events: string) => `${people}의 기록 ${events}을 봤어요.`,
    en: (people: string, events: string) =>
      `${people} and ${events} happenings of theirs were looked at.`,
  },
})

export const outcomeWords = words({
  sent: { ko: '받았을 사람', en: 'would have got it' },
  waiting: { ko: '기다리는 중', en: 'waiting' },
  refused: { ko: '못 받았을 사람', en: 'kept from it' },
  held_out: { ko: '대조군', en: 'held out' },
  failed: { ko: '실패', en: 'failed' },
  none: { ko: '도중에 나간 사람', en: 'left before' },
})

export const stateWords = words({
  queued: { ko: '차례를 기다려요', en: 'waiting' },
  running: { ko: '돌려보는 중이에요', en: 'running' },
  done: { ko: '끝났어요', en: 'done' },
  cancelled: { ko: '그만뒀어요', en: 'stopped' },
  failed: { ko: '끝까지 못 했어요', en: 'failed' },
})
