import { Flow } from '../../../../server/src/campaigns/campaign.ts'
import { type Problem, validate } from '../../../../server/src/campaigns/flow-problems.ts'
import { inLanguage, type Language, words } from '../../app/language.ts'

/** What is missing, and what to do about it: one sentence for every reason a flow cannot go live or be saved. */
const sentences = words({
  no_steps: {
    ko: '아직 단계가 없어요. ‘단계 더하기’로 메시지를 넣어 주세요.',
    en: 'There are no steps yet. Add a message.',
  },
  no_message: {
    ko: '보내는 것이 없어요. 메시지 단계를 하나 넣어 주세요.',
    en: 'Nothing is sent. Add a message step.',
  },
  too_many_steps: {
    ko: '단계는 200개까지예요. 몇 개를 지우거나 캠페인을 나눠 주세요.',
    en: 'A flow has at most 200 steps. Remove some or make two campaigns of it.',
  },
  too_deep: {
    ko: '나누기 안의 나누기는 8겹까지예요. 이 단계를 밖으로 옮겨 주세요.',
    en: 'Steps stand inside one another at most 8 deep. Move this one out.',
  },
  repeated_step_id: {
    ko: '같은 번호의 단계가 있어요. 이 단계를 지우고 다시 넣어 주세요.',
    en: 'Another step has the same number. Remove this one and add it again.',
  },
  step_after_exit: {
    ko: '앞 단계에서 모두 나가서 여기까지 오는 고객이 없어요. 이 단계를 옮기거나 지워 주세요.',
    en: 'Nobody gets here: the step before leads away. Move or remove this one.',
  },
  goto_nowhere: {
    ko: '이어갈 단계가 없어졌어요. 다른 단계를 골라 주세요.',
    en: 'The step to go to is gone. Choose another.',
  },
  loop_without_wait: {
    ko: '기다림 없이 끝없이 돌아요. 사이에 기다리기 단계를 넣어 주세요.',
    en: 'This goes round for ever at one moment. Put a wait in between.',
  },
  empty_branch: {
    ko: '갈래가 모두 비어 있어요. 한 갈래에 단계를 넣어 주세요.',
    en: 'Every path is empty. Put a step into one of them.',
  },
  split_without_share: {
    ko: '아무에게도 가지 않아요. 한쪽 비율을 0보다 크게 해 주세요.',
    en: 'Nobody is on any side. Give one of them a share.',
  },
  repeated_path_id: {
    ko: '두 갈래가 섞였어요. 하나를 지우고 다시 만들어 주세요.',
    en: 'Two paths are mixed up. Remove one and make it anew.',
  },
  exit_is_trigger: {
    ko: '시작하는 행동으로 바로 끝나요. 끝내는 행동에서 빼 주세요.',
    en: 'What lets people in lets them out at once. Take it off the exits.',
  },
  no_audience: {
    ko: '누구에게 보낼지 타깃 세그먼트를 골라 주세요.',
    en: 'Choose the segment that receives it.',
  },
  nobody_after_learning: {
    ko: '배우는 기간이 끝난 뒤에도 대조군을 5~10 % 남겨 주세요.',
    en: 'After the learning, keep 5 to 10 % held out.',
  },
  key_without_cart: {
    ko: '상품마다 따로 들어오면 장바구니 조건을 볼 수 없어요. 조건을 빼거나 고객마다 한 번으로 바꿔 주세요.',
    en: 'One entry per product knows no cart. Drop the cart condition or enter once a person.',
  },
  event_without_trigger: {
    ko: '이 캠페인은 행동으로 시작하지 않아서 event 값을 쓸 수 없어요. {{ event… }}를 빼 주세요.',
    en: 'No event lets people in here, so there is nothing to put for {{ event… }}. Take it out.',
  },
  answer_without_webhook: {
    ko: '아직 받지 않은 응답을 쓰고 있어요. ‘우리 서버 부르기’ 단계를 앞에 두거나 {{ answers… }}를 빼 주세요.',
    en: 'This speaks of an answer nobody asked for. Put the webhook step before, or take {{ answers… }} out.',
  },
  no_segment: { ko: '세그먼트를 골라 주세요.', en: 'Choose a segment.' },
  no_pool: { ko: '줄 쿠폰을 골라 주세요.', en: 'Choose the coupon.' },
  no_list: { ko: '명단을 골라 주세요.', en: 'Choose a list.' },
  no_property: { ko: '어떤 정보인지 골라 주세요.', en: 'Choose which value.' },
  no_value: { ko: '비교할 값을 채워 주세요.', en: 'Fill in the value to compare with.' },
  no_event: { ko: '어떤 행동인지 골라 주세요.', en: 'Choose what happens.' },
  no_name: { ko: '이름을 적어 주세요.', en: 'Give it a name.' },
  no_url: { ko: 'https로 시작하는 주소를 적어 주세요.', en: 'Write an https address.' },
  no_time: { ko: '때를 정해 주세요.', en: 'Say when.' },
  wrong_cron: {
    ko: 'cron 식을 읽을 수 없어요. 분, 시, 일, 월, 요일 다섯 칸으로 적어 주세요. 예: 30 9 * * 1-5',
    en: 'This is no cron expression. Write minute, hour, day, month and weekday, as in 30 9 * * 1-5.',
  },
  no_words: {
    ko: '메시지에 빈칸이 있어요. 제목과 내용을 채워 주세요.',
    en: 'The message has blanks. Fill in its words.',
  },
  incomplete: { ko: '빈칸이 있어요. 채워 주세요.', en: 'Something is still blank here.' },
})

type Code = keyof typeof sentences
/** The compiler asks for a sentence as soon as a flow can fail in another way. */
const known = sentences satisfies Readonly<Record<Problem['code'], unknown>>

/** One thing to put right; `field` names the place: `steps.7`, `trigger`, `goal`. */
export type FlowProblem = { readonly code: Code; readonly field: string }

/** Everything that keeps the flow from being saved or going live, each once. */
export function problemsOf(flow: Flow): readonly FlowProblem[] {
  const once = new Map<string, FlowProblem>()
  for (const { code, field } of [...blanksOf(flow), ...validate(flow)])
    if (!once.has(`${field} ${code}`)) once.set(`${field} ${code}`, { code, field })
  return [...once.values()]
}

/** What is still blank: the flow cannot be saved yet. */
export function blanksOf(flow: Flow): readonly FlowProblem[] {
  const issues = Flow.safeParse(flow).error?.issues ?? []
  return issues.map(({ path }) => ({ code: blankCode(path), field: placeOf(flow, path) }))
}

/** The sentence for a problem. */
export function problemWords({ code }: FlowProblem, language: Language): string {
  return inLanguage(known, language)[code]
}

/** Parts of the flow that are put right in the same card. */
const fieldsOf: Readonly<Record<string, readonly string[]>> = {
  trigger: ['trigger', 'audience', 'reentry'],
  goal: ['goal', 'exits'],
  conditions: ['conditions', 'holdoutShare', 'precedence', 'perHour', 'hours', 'restartOn'],
}

/** What of a place needs to be put right. */
export function problemsIn(
  problems: readonly FlowProblem[],
  field: string,
): readonly FlowProblem[] {
  return (fieldsOf[field] ?? [field]).flatMap((one) =>
    problems.filter(({ field: at }) => at === one || at.startsWith(`${one}.`)),
  )
}

const codes: Readonly<Record<string, Code>> = {
  segment: 'no_segment',
  audience: 'no_segment',
  pool: 'no_pool',
  coupon: 'no_pool',
  list: 'no_list',
  trait: 'no_property',
  path: 'no_property',
  value: 'no_value',
  values: 'no_value',
  event: 'no_event',
  name: 'no_name',
  url: 'no_url',
  cartUrl: 'no_url',
  time: 'no_time',
  date: 'no_time',
  at: 'no_time',
  expression: 'wrong_cron',
  weekdays: 'no_time',
}

function blankCode(path: readonly PropertyKey[]): Code {
  if (path.includes('content') && path.at(-1) !== 'url') return 'no_words'
  const last = path.findLast((key) => typeof key === 'string')
  return codes[String(last)] ?? 'incomplete'
}

/** The innermost step on the way to what is wrong, or the part of the flow. */
function placeOf(flow: Flow, path: readonly PropertyKey[]): string {
  let here: unknown = flow
  let place = String(path[0] ?? 'steps')
  for (const key of path) {
    here = (here as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key]
    if (typeof here !== 'object' || here === null) break
    if ('id' in here && 'kind' in here && typeof here.id === 'number') place = `steps.${here.id}`
  }
  return place
}
