import { ActionIcon, Button, NumberInput, SegmentedControl, Slider, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { branchPathsLimit } from '../../../../server/src/campaigns/steps/branch.ts'
import { splitArmsLimit } from '../../../../server/src/campaigns/steps/split.ts'
import { useWords, words } from '../../app/language.ts'
import { begunTest } from '../flow-begin.ts'
import { nextPathId, type StepOf } from '../flow-edit.ts'
import { useEditing } from './editing.ts'
import style from './flow.module.css'
import { PersonTestForm } from './person-test.tsx'

const text = words({
  first: {
    ko: '위에서부터 처음 맞는 갈래로 가요. 갈래가 끝나면 다음 단계에서 다시 만나요.',
    en: 'People take the first path that fits. All paths meet again at the next step.',
  },
  name: { ko: '갈래 이름', en: 'Name of the path' },
  remove: { ko: (name: string) => `‘${name}’ 지우기`, en: (name: string) => `Remove “${name}”` },
  add: { ko: '갈래 더하기', en: 'Add a path' },
  path: { ko: (n: number) => `갈래 ${n}`, en: (n: number) => `Path ${n}` },
  how: { ko: '어떻게 나눌까요', en: 'How to share out' },
  fixed: { ko: '정한 비율로', en: 'By set shares' },
  adaptive: { ko: '잘되는 쪽으로 자동 배분', en: 'More to what works' },
  fixedSays: {
    ko: '한 번 나뉜 고객은 늘 같은 쪽이에요. 한쪽을 지우지 말고 비율을 0으로 바꾸면 결과가 남아요.',
    en: 'A person always stays on their side. Set a share to 0 rather than removing a side: its results stay.',
  },
  adaptiveSays: {
    ko: '목표를 더 잘 이루는 쪽으로 점점 더 많이 보내요. 아래 비율의 고객은 끝까지 똑같이 나눠서 정확히 비교해요.',
    en: 'More and more people go where the goal is reached. This share stays evenly divided for an honest comparison.',
  },
  floor: { ko: '똑같이 나눠 비교할 고객', en: 'Evenly divided for comparison' },
  share: { ko: (name: string) => `${name} 비율`, en: (name: string) => `Share of ${name}` },
  arm: { ko: '이름', en: 'Name' },
  addArm: { ko: '하나 더 비교하기', en: 'Compare one more' },
})

/** Paths with the question of each. */
export function BranchForm({ step }: { readonly step: StepOf<'branch'> }) {
  const said = useWords(text)
  const { put } = useEditing()
  const { paths } = step
  const putPath = (at: number, path: (typeof paths)[number]) =>
    put({ ...step, paths: paths.map((one, index) => (index === at ? path : one)) })
  return (
    <>
      <p className={style.note}>{said.first}</p>
      {paths.map((path, at) => (
        <fieldset key={path.id} className={style.part}>
          <div className={style.partHead}>
            <TextInput
              aria-label={said.name}
              maxLength={60}
              value={path.name}
              onChange={(event) => putPath(at, { ...path, name: event.currentTarget.value })}
            />
            {paths.length > 1 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={said.remove(path.name)}
                onClick={() => put({ ...step, paths: paths.toSpliced(at, 1) })}
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </div>
          <PersonTestForm test={path.when} change={(when) => putPath(at, { ...path, when })} />
        </fieldset>
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          disabled={paths.length >= branchPathsLimit}
          leftSection={<IconPlus size={14} />}
          onClick={() => {
            const made = {
              id: nextPathId(paths),
              name: said.path(paths.length + 1),
              when: begunTest('segment'),
              steps: [],
            }
            put({ ...step, paths: [...paths, made] })
          }}
        >
          {said.add}
        </Button>
      </div>
    </>
  )
}

/** Sides and how many people each gets. */
export function SplitForm({ step }: { readonly step: StepOf<'split'> }) {
  const said = useWords(text)
  const { put } = useEditing()
  const { arms, mode } = step
  const putArm = (at: number, arm: (typeof arms)[number]) =>
    put({ ...step, arms: arms.map((one, index) => (index === at ? arm : one)) })
  return (
    <>
      <SegmentedControl
        aria-label={said.how}
        size="sm"
        data={(['fixed', 'adaptive'] as const).map((value) => ({ value, label: said[value] }))}
        value={mode}
        onChange={(value) => put({ ...step, mode: value === 'adaptive' ? 'adaptive' : 'fixed' })}
      />
      <p className={style.note}>{mode === 'fixed' ? said.fixedSays : said.adaptiveSays}</p>
      {mode === 'adaptive' && (
        <div>
          <div className={style.label}>{said.floor}</div>
          <Slider
            aria-label={said.floor}
            thumbLabel={said.floor}
            min={10}
            max={100}
            step={5}
            label={(value) => `${value} %`}
            value={Math.round(step.floor * 100)}
            onChange={(value) => put({ ...step, floor: value / 100 })}
          />
        </div>
      )}
      {arms.map((arm, at) => (
        <div key={arm.id} className={style.partHead}>
          <TextInput
            aria-label={`${said.arm} ${at + 1}`}
            maxLength={60}
            value={arm.name}
            onChange={(event) => putArm(at, { ...arm, name: event.currentTarget.value })}
          />
          {mode === 'fixed' && (
            <NumberInput
              aria-label={said.share(arm.name)}
              w={92}
              min={0}
              max={100}
              suffix=" %"
              value={arm.share}
              onChange={(value) =>
                putArm(at, { ...arm, share: Math.min(100, Math.max(0, Number(value) || 0)) })
              }
            />
          )}
          {arms.length > 2 && (
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={said.remove(arm.name)}
              onClick={() => put({ ...step, arms: arms.toSpliced(at, 1) })}
            >
              <IconX size={16} />
            </ActionIcon>
          )}
        </div>
      ))}
      <div>
        <Button
          variant="default"
          size="xs"
          disabled={arms.length >= splitArmsLimit}
          leftSection={<IconPlus size={14} />}
          onClick={() => {
            const id = nextPathId(arms)
            put({ ...step, arms: [...arms, { id, name: id.toUpperCase(), share: 50, steps: [] }] })
          }}
        >
          {said.addArm}
        </Button>
      </div>
    </>
  )
}
