import { ActionIcon, Button, Select } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { pageLimits, type When } from '../../../../server/src/campaigns/page/page-trigger.ts'
import { useWords, words } from '../../app/language.ts'
import { NumberBlank, Said } from '../../segments/blank.tsx'
import style from './flow.module.css'
import { EventWithFilter } from './watch-form.tsx'

const text = words({
  when: { ko: '언제 (하나라도 맞으면)', en: 'When (any of them)' },
  whenOf: { ko: '순간', en: 'Moment' },
  now: { ko: '바로', en: 'At once' },
  seconds: { ko: '머문 지', en: 'After a stay of' },
  secondsUnit: { ko: '초 뒤', en: 'seconds' },
  scroll: { ko: '내려 본 만큼', en: 'Scrolled to' },
  scrollUnit: { ko: '% 내려 봤을 때', en: '%' },
  exit: { ko: '나가려 할 때', en: 'When about to leave' },
  inactive: { ko: '가만히 있은 지', en: 'After idling' },
  inactiveUnit: { ko: '초가 되면', en: 'seconds' },
  event: { ko: '무언가를 하면', en: 'When they do' },
  what: { ko: '어떤 행동', en: 'What they do' },
  addWhen: { ko: '순간 더하기', en: 'Add a moment' },
  remove: { ko: '빼기', en: 'Remove' },
})

const whens = ['now', 'seconds', 'scroll', 'exit', 'inactive', 'event'] as const

/** A small button that adds one more to a list. */
export function Adder({ label, act }: { readonly label: string; readonly act: () => void }) {
  return (
    <div>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconPlus size={14} />}
        onClick={act}
      >
        {label}
      </Button>
    </div>
  )
}

/** The moments at which the message is due: any of them. */
export function Whens({
  when,
  put,
}: {
  readonly when: readonly When[]
  readonly put: (when: When[]) => void
}) {
  const said = useWords(text)
  const change = (at: number, next: When) =>
    put(when.map((one, index) => (index === at ? next : one)))
  return (
    <fieldset className={style.part}>
      <legend className={style.label}>{said.when}</legend>
      {when.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a moment has no name of its own, only its place
        <div key={at} className={style.inline}>
          <Select
            aria-label={said.whenOf}
            w={150}
            allowDeselect={false}
            data={whens.map((value) => ({ value, label: said[value] }))}
            value={one.kind}
            onChange={(value) => {
              const kind = whens.find((known) => known === value)
              if (kind && kind !== one.kind) change(at, begunWhen(kind))
            }}
          />
          <WhenBlank when={one} put={(next) => change(at, next)} />
          {when.length > 1 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={said.remove}
              onClick={() => put(when.filter((_, index) => index !== at))}
            >
              <IconX size={16} />
            </ActionIcon>
          )}
        </div>
      ))}
      {when.length < pageLimits.whens && (
        <Adder label={said.addWhen} act={() => put([...when, begunWhen('seconds')])} />
      )}
    </fieldset>
  )
}

function WhenBlank({ when, put }: { readonly when: When; readonly put: (when: When) => void }) {
  const said = useWords(text)
  switch (when.kind) {
    case 'now':
    case 'exit':
      return null
    case 'seconds':
    case 'inactive':
      return (
        <>
          <NumberBlank
            label={said[when.kind]}
            min={when.kind === 'inactive' ? 5 : 1}
            max={pageLimits.seconds}
            value={when.seconds}
            onChange={(seconds) => put({ ...when, seconds: Math.round(seconds) })}
          />
          <Said>{when.kind === 'seconds' ? said.secondsUnit : said.inactiveUnit}</Said>
        </>
      )
    case 'scroll':
      return (
        <>
          <NumberBlank
            label={said.scroll}
            min={1}
            max={100}
            value={when.percent}
            onChange={(percent) => put({ ...when, percent: Math.round(percent) })}
          />
          <Said>{said.scrollUnit}</Said>
        </>
      )
    case 'event':
      return (
        <EventWithFilter
          value={when}
          label={said.what}
          change={(next) => put({ kind: 'event', ...next })}
        />
      )
  }
}

function begunWhen(kind: When['kind']): When {
  switch (kind) {
    case 'now':
    case 'exit':
      return { kind }
    case 'seconds':
      return { kind, seconds: 20 }
    case 'inactive':
      return { kind, seconds: 30 }
    case 'scroll':
      return { kind, percent: 50 }
    case 'event':
      return { kind, event: 'Product Added' }
  }
}
