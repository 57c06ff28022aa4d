import { ActionIcon, NumberInput, Select, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import {
  type PagePattern,
  type PageTrigger,
  pageLimits,
} from '../../../../server/src/campaigns/page/page-trigger.ts'
import { getJoinPage } from '../../api/join-page.ts'
import { useWords, words } from '../../app/language.ts'
import style from './flow.module.css'
import { Adder, Whens } from './page-moments.tsx'

const text = words({
  only: { ko: '어느 페이지에서', en: 'On which pages' },
  onlyNote: { ko: '비워 두면 모든 페이지예요.', en: 'Every page while it is empty.' },
  never: { ko: '나오지 않을 페이지', en: 'Never on' },
  neverNote: {
    ko: '가입, 로그인, 주문 화면처럼 방해하면 안 되는 곳이에요.',
    en: 'Where nobody should be disturbed: joining, signing in, checkout.',
  },
  by: { ko: '주소를 보는 방법', en: 'How the address is read' },
  is: { ko: '경로가 같음', en: 'Path is' },
  starts: { ko: '경로가 이렇게 시작', en: 'Path starts with' },
  holds: { ko: '주소에 들어 있음', en: 'Address contains' },
  value: { ko: '주소', en: 'Address' },
  folded: {
    ko: (first: string, n: number) => `${first} 같은 주소 ${n}개`,
    en: (first: string, n: number) => `${first} and the like: ${n} addresses`,
  },
  add: { ko: '페이지 넣기', en: 'Add a page' },
  addJoined: { ko: '가입 완료 페이지 넣기', en: 'Add the page after joining' },
  remove: { ko: '빼기', en: 'Remove' },
  visitor: { ko: '누구에게', en: 'To whom' },
  all: { ko: '모든 방문자', en: 'Every visitor' },
  stranger: { ko: '로그인한 적 없는 방문자', en: 'Who never signed in here' },
  member: { ko: '회원', en: 'Members' },
  new: { ko: '처음 온 방문자', en: 'First visit' },
  returning: { ko: '다시 온 방문자', en: 'Who came before' },
  fromView: { ko: '이번 방문에서 몇 번째 화면부터', en: 'From which page of the visit on' },
  fromViewNote: {
    ko: '다시 온 방문자에게는 첫 화면부터예요.',
    en: 'Who came before sees it at once.',
  },
  cart: { ko: '장바구니에 담은 금액이 적어도 (없어도 돼요)', en: 'Cart of at least (optional)' },
  often: { ko: '한 고객에게 얼마나 자주', en: 'How often for one visitor' },
})

/** How often one visitor may see what stands on a page. */
export const oftenNames = words({
  view: { ko: '화면을 볼 때마다', en: 'Every page view' },
  visit: { ko: '방문마다 한 번', en: 'Once a visit' },
  day: { ko: '하루에 한 번', en: 'Once a day' },
  week: { ko: '7일에 한 번', en: 'Once in 7 days' },
  once: { ko: '한 번만', en: 'Once ever' },
})

const visitors = ['all', 'stranger', 'member', 'new', 'returning'] as const
const oftens = ['view', 'visit', 'day', 'week', 'once'] as const
const bys = ['is', 'starts', 'holds'] as const

type Props = {
  readonly trigger: PageTrigger
  readonly change: (trigger: PageTrigger) => void
}

/** Which pages, whom, at which moments and how often: what lets a visitor in at a page of the shop. */
export function PageForm({ trigger, change }: Props) {
  const said = useWords(text)
  const names = useWords(oftenNames)
  const { cartFrom, ...free } = trigger
  const joined = useQuery({
    queryKey: ['settings', 'join-page'],
    queryFn: ({ signal }) => getJoinPage(signal),
  }).data?.holds
  return (
    <>
      <Patterns
        label={said.only}
        note={said.onlyNote}
        patterns={trigger.only}
        {...{ joined }}
        put={(only) => change({ ...trigger, only })}
      />
      <Patterns
        label={said.never}
        note={said.neverNote}
        patterns={trigger.never}
        put={(never) => change({ ...trigger, never })}
      />
      <Select
        label={said.visitor}
        allowDeselect={false}
        data={visitors.map((value) => ({ value, label: said[value] }))}
        value={trigger.visitor}
        onChange={(value) => {
          const visitor = visitors.find((one) => one === value)
          if (visitor) change({ ...trigger, visitor })
        }}
      />
      <NumberInput
        label={said.fromView}
        description={said.fromViewNote}
        min={1}
        max={50}
        value={trigger.fromView}
        onChange={(value) =>
          change({
            ...trigger,
            fromView: Math.min(50, Math.max(1, Math.round(Number(value)) || 1)),
          })
        }
      />
      <NumberInput
        label={said.cart}
        min={0}
        max={1_000_000_000}
        thousandSeparator=","
        value={cartFrom ?? ''}
        onChange={(value) =>
          change(value === '' ? free : { ...free, cartFrom: Math.max(0, Number(value) || 0) })
        }
      />
      <Whens when={trigger.when} put={(when) => change({ ...trigger, when })} />
      <Select
        label={said.often}
        allowDeselect={false}
        data={oftens.map((value) => ({ value, label: names[value] }))}
        value={trigger.often}
        onChange={(value) => {
          const often = oftens.find((one) => one === value)
          if (often) change({ ...trigger, often })
        }}
      />
    </>
  )
}

/** More addresses than this stand behind one line. */
const foldedFrom = 4

type PatternsProps = {
  readonly label: string
  readonly note: string
  readonly patterns: readonly PagePattern[]
  readonly put: (patterns: PagePattern[]) => void
  /** What the path of the page after joining holds; it can be added by one press. */
  readonly joined?: string | undefined
}

function Patterns({ label, note, patterns, put, joined }: PatternsProps) {
  const said = useWords(text)
  const mayJoined = joined && !patterns.some(({ value }) => value === joined)
  const change = (at: number, next: Partial<PagePattern>) =>
    put(patterns.map((one, index) => (index === at ? { ...one, ...next } : one)))
  // The usual pages on which nobody is disturbed are many: they stand behind one line, which opens where it was opened.
  const isFolded = patterns.length > foldedFrom
  const rows = patterns.map((pattern, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a pattern has no name of its own, only its place
    <div key={at} className={style.inline} style={{ flexWrap: 'nowrap' }}>
      <Select
        aria-label={said.by}
        w={150}
        allowDeselect={false}
        data={bys.map((value) => ({ value, label: said[value] }))}
        value={pattern.by}
        onChange={(value) => {
          const by = bys.find((one) => one === value)
          if (by) change(at, { by })
        }}
      />
      <TextInput
        aria-label={said.value}
        style={{ flex: 1 }}
        maxLength={500}
        placeholder={pattern.by === 'holds' ? joined || 'event' : '/product/'}
        value={pattern.value}
        onChange={(event) => change(at, { value: event.currentTarget.value })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={said.remove}
        onClick={() => put(patterns.filter((_, index) => index !== at))}
      >
        <IconX size={16} />
      </ActionIcon>
    </div>
  ))
  return (
    <fieldset className={style.part}>
      <legend className={style.label}>{label}</legend>
      {isFolded ? (
        <details>
          <summary className={style.folded}>
            {said.folded(
              patterns
                .slice(0, 3)
                .map(({ value }) => value)
                .join(', '),
              patterns.length,
            )}
          </summary>
          {rows}
        </details>
      ) : (
        rows
      )}
      <p className={style.note}>{note}</p>
      {patterns.length < pageLimits.patterns && (
        <div className={style.inline}>
          <Adder label={said.add} act={() => put([...patterns, { by: 'holds', value: '' }])} />
          {mayJoined && (
            <Adder
              label={said.addJoined}
              act={() => put([...patterns, { by: 'holds', value: joined }])}
            />
          )}
        </div>
      )}
    </fieldset>
  )
}
