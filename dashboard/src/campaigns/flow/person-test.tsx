import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { PersonTest } from '../../../../server/src/campaigns/person-test.ts'
import { useWords, words } from '../../app/language.ts'
import { ChoiceBlank } from '../../segments/blank.tsx'
import { begunTest } from '../flow-begin.ts'
import style from './flow.module.css'
import { Line } from './person-line.tsx'
import { linesOfTest } from './step-words.ts'

const text = words({
  join: { ko: '잇는 말', en: 'Joined by' },
  all: { ko: '그리고', en: 'and' },
  any: { ko: '또는', en: 'or' },
  more: { ko: '조건 하나 더', en: 'One more' },
  group: { ko: '묶음 하나 더', en: 'A group' },
  grouped: { ko: '묶은 조건', en: 'Grouped' },
  remove: { ko: '이 조건 빼기', en: 'Remove this' },
  removeGroup: { ko: '이 묶음 빼기', en: 'Remove the group' },
  whether: { ko: '맞나 아니나', en: 'Whether or not' },
  holds: { ko: '이 맞으면', en: 'holds' },
  fails: { ko: '이 아니면', en: 'does not hold' },
})

/** Groups in groups that can be begun here; what was written elsewhere is edited as deep as it goes. */
const deepest = 2

type Props = {
  readonly test: PersonTest
  readonly change: (test: PersonTest) => void
  readonly depth?: number
}

/** Questions about a person, a line each, joined one way; a line may be a group of them, joined the other way. */
export function PersonTestForm({ test, change, depth = 0 }: Props) {
  const said = useWords(text)
  const { join, lines } = linesOfTest(test)
  const put = (next: readonly PersonTest[], how = join) => {
    const [only] = next
    if (!only) return
    change(next.length === 1 ? only : { kind: how, of: next })
  }
  return (
    <div className={style.lines}>
      {lines.map((line, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line has no name of its own, only its place
        <div key={at} className={style.sentence}>
          {at > 0 && (
            <ChoiceBlank
              label={said.join}
              plainly
              shown={said[join]}
              choices={(['all', 'any'] as const).map((value) => ({ value, label: said[value] }))}
              selected={[join]}
              onPick={(how) => put(lines, how === 'any' ? 'any' : 'all')}
            />
          )}
          <Question
            test={line}
            depth={depth}
            change={(next) => put(lines.map((one, index) => (index === at ? next : one)))}
          />
          {lines.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={isGroup(line) ? said.removeGroup : said.remove}
              onClick={() => put(lines.toSpliced(at, 1))}
            >
              <IconX size={16} />
            </ActionIcon>
          )}
        </div>
      ))}
      <div>
        <More onClick={() => put([...lines, begunTest('segment')])}>{said.more}</More>
        {depth < deepest && (
          <More
            onClick={() => {
              const kind = join === 'all' ? 'any' : 'all'
              const of = [begunTest('segment'), begunTest('cart')]
              put([...lines, { kind, of }])
            }}
          >
            {said.group}
          </More>
        )}
      </div>
    </div>
  )
}

function More(props: { readonly onClick: () => void; readonly children: string }) {
  return (
    <Button
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={<IconPlus size={14} />}
      {...props}
    />
  )
}

function isGroup(test: PersonTest): boolean {
  return test.kind === 'all' || test.kind === 'any' || (test.kind === 'not' && isGroup(test.of))
}

/** A line, or what is asked the other way round, or a group. */
function Question({ test, change, depth = 0 }: Props) {
  const said = useWords(text)
  const isNot = test.kind === 'not'
  if (isNot ? test.of.kind === 'segment' : !isGroup(test))
    return <Line test={test} change={change} />
  const inner = isNot ? test.of : test
  const whether = (
    <ChoiceBlank
      label={said.whether}
      plainly
      shown={isNot ? said.fails : said.holds}
      choices={(['holds', 'fails'] as const).map((value) => ({ value, label: said[value] }))}
      selected={[isNot ? 'fails' : 'holds']}
      onPick={(how) => change(how === 'fails' ? { kind: 'not', of: inner } : inner)}
    />
  )
  const put = (next: PersonTest) => change(isNot ? { kind: 'not', of: next } : next)
  return (
    <>
      {isGroup(inner) ? (
        <fieldset className={style.group} aria-label={said.grouped}>
          <PersonTestForm test={inner} change={put} depth={depth + 1} />
        </fieldset>
      ) : (
        <Question test={inner} change={put} depth={depth} />
      )}
      {whether}
    </>
  )
}
