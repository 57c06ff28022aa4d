import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconCopy, IconFolderPlus, IconSwitch2, IconTrash } from '@tabler/icons-react'
import { useId } from 'react'
import type { Condition } from '../../../server/src/segments/definition.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { MoreMenu } from '../design/more-menu.tsx'
import { ChoiceBlank, Said } from './blank.tsx'
import { ending, type Form } from './korean.ts'
import { type Group, isGroup, type Leaf } from './language.ts'
import { LeafSentence } from './leaf-sentence.tsx'
import { AddCondition } from './offer-picker.tsx'
import style from './segments.module.css'
import { add, duplicate, type Path, put, remove, turned } from './tree.ts'

const text = words({
  remove: { ko: '이 조건 지우기', en: 'Remove this condition' },
  more: { ko: '이 조건 다루기', en: 'More for this condition' },
  copy: { ko: '하나 더 만들기', en: 'Duplicate' },
  turn: { ko: '아닌 고객으로 뒤집기', en: 'Turn into its opposite' },
  turnBack: { ko: '맞는 고객으로 되돌리기', en: 'Turn back' },
  wrap: { ko: '‘하나라도’ 묶음으로 만들기', en: 'Make a group of alternatives' },
  join: { ko: '조건을 잇는 말', en: 'How conditions join' },
  all: { ko: '그리고', en: 'and' },
  any: { ko: '또는', en: 'or' },
  allSays: { ko: '모두 맞아야 해요', en: 'all of them must hold' },
  anySays: { ko: '하나라도 맞으면 돼요', en: 'one of them is enough' },
  group: { ko: '조건 묶음', en: 'Group of conditions' },
  case: { ko: '경우', en: '' },
  ofAll: { ko: '모두 맞는', en: 'who meet all of these:' },
  ofAny: { ko: '하나라도 맞는', en: 'who meet any of these:' },
  condition: { ko: (n: number) => `조건 ${n}`, en: (n: number) => `Condition ${n}` },
  not: { ko: '고객이', en: 'not' },
})

/** What editing needs: the whole tree, and where something is at fault. */
export type Editing = {
  readonly root: Group
  readonly change: (root: Group) => void
  readonly fault: { readonly path: Path; readonly message: string } | undefined
}

type GroupProps = {
  readonly editing: Editing
  readonly path: Path
  readonly group: Group
  /** How the last clause of the group ends. */
  readonly form: Form
  /** The words that close a group within another. */
  readonly close?: string
}

/** The conditions of a group, a clause each; the words that join them are pickers too. */
export function GroupRows({ editing, path, group, form, close = '' }: GroupProps) {
  const last = group.of.length - 1
  const { root, change } = editing
  return (
    <>
      {group.of.map((condition, index) => (
        <Row
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition has no name of its own, only its place
          key={index}
          editing={editing}
          path={[...path, 'of', index]}
          condition={condition}
          group={group}
          groupPath={path}
          index={index}
          form={index === last ? form : group.kind === 'all' ? 'and' : 'or'}
        />
      ))}
      {group.of.length > 0 && <Said>{close}</Said>}
      <AddCondition
        nested={path.length > 0}
        add={(condition) => change(add(root, path, condition))}
        row={[...path, 'of', group.of.length].join('.')}
      />
    </>
  )
}

type RowProps = {
  readonly editing: Editing
  readonly path: Path
  readonly condition: Condition
  readonly group: Group
  readonly groupPath: Path
  readonly index: number
  readonly form: Form
}

function Row({ editing, path, condition, group, groupPath, index, form }: RowProps) {
  const said = useWords(text)
  const id = useId()
  const { root, change } = editing
  const fault =
    editing.fault && editing.fault.path.join('.') === path.join('.')
      ? editing.fault.message
      : undefined
  const inner = condition.kind === 'not' ? condition.of : condition
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would say its legend before every blank
    <div
      role="group"
      aria-label={said.condition(index + 1)}
      aria-describedby={fault ? id : undefined}
      data-row={path.join('.')}
      className={`${style.row} ${isGroup(inner) ? style.rowOfGroup : ''} ${fault ? style.faulty : ''}`}
    >
      {index === 0 && (
        <span className={style.firstJoint} aria-hidden="true">
          {said.condition(1)}
        </span>
      )}
      {index > 0 && (
        <span className={style.joint}>
          <JoinBlank
            group={group}
            change={(kind) => change(put(root, groupPath, { ...group, kind }))}
          />
        </span>
      )}
      <div className={style.sentence} data-sentence="">
        <Clause editing={editing} path={path} condition={condition} form={form} />
      </div>
      <RowTools
        condition={condition}
        copy={() => change(duplicate(root, path))}
        turn={() => change(put(root, path, turned(condition)))}
        wrap={() => change(put(root, path, { kind: 'any', of: [condition] }))}
        drop={() => change(remove(root, path))}
      />
      {fault && (
        <p id={id} role="alert" className={style.fault}>
          {fault}
        </p>
      )}
    </div>
  )
}

type ClauseProps = {
  readonly editing: Editing
  readonly path: Path
  readonly condition: Condition
  readonly form: Form
}

function Clause({ editing, path, condition, form }: ClauseProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { root, change } = editing
  if (isGroup(condition))
    return (
      // biome-ignore lint/a11y/useSemanticElements: groups nest, and a legend cannot hold the words behind them
      <div role="group" aria-label={said.group} className={style.group}>
        {language === 'en' && <Said>{condition.kind === 'all' ? said.ofAll : said.ofAny}</Said>}
        <GroupRows
          editing={editing}
          path={path}
          group={condition}
          form="being"
          close={language === 'ko' ? `${said.case}${ending('is', form)}` : ''}
        />
      </div>
    )
  if (condition.kind === 'not')
    return (
      <>
        {language === 'en' && <Said>{said.not}</Said>}
        <Clause editing={editing} path={[...path, 'of']} condition={condition.of} form="being" />
        {language === 'ko' && (
          <Said>
            {said.not} <b>{ending('isNot', form)}</b>
          </Said>
        )}
      </>
    )
  return (
    <LeafSentence
      condition={condition}
      form={form}
      change={(next: Leaf) => change(put(root, path, next))}
    />
  )
}

type JoinProps = { readonly group: Group; readonly change: (kind: Group['kind']) => void }

function JoinBlank({ group, change }: JoinProps) {
  const said = useWords(text)
  return (
    <ChoiceBlank
      label={said.join}
      plainly
      shown={said[group.kind]}
      choices={[
        { value: 'all', label: said.all, says: said.allSays },
        { value: 'any', label: said.any, says: said.anySays },
      ]}
      selected={[group.kind]}
      onPick={(kind) => change(kind === 'any' ? 'any' : 'all')}
    />
  )
}

type ToolsProps = {
  readonly condition: Condition
  readonly copy: () => void
  readonly turn: () => void
  readonly wrap: () => void
  readonly drop: () => void
}

function RowTools({ condition, copy, turn, wrap, drop }: ToolsProps) {
  const said = useWords(text)
  return (
    <span className={style.tools}>
      <MoreMenu label={said.more} size="lg">
        <Menu.Item leftSection={<IconCopy size={16} />} onClick={copy}>
          {said.copy}
        </Menu.Item>
        <Menu.Item leftSection={<IconSwitch2 size={16} />} onClick={turn}>
          {condition.kind === 'not' ? said.turnBack : said.turn}
        </Menu.Item>
        <Menu.Item leftSection={<IconFolderPlus size={16} />} onClick={wrap}>
          {said.wrap}
        </Menu.Item>
      </MoreMenu>
      <Tooltip label={said.remove}>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={said.remove} onClick={drop}>
          <IconTrash size={17} />
        </ActionIcon>
      </Tooltip>
    </span>
  )
}
