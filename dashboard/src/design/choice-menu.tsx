import { Button, Menu } from '@mantine/core'
import { Fragment, type ReactNode } from 'react'

type Props<T extends string> = {
  readonly label: string
  readonly icon: ReactNode
  readonly size: 'xs' | 'compact-sm'
  readonly choices: readonly T[]
  readonly nameOf: (choice: T) => string
  /** Under which heading it stands; those of one stand together. */
  readonly groupOf?: (choice: T) => string
  readonly choose: (choice: T) => void
}

/** A button that asks which kind, and does it. */
export function ChoiceMenu<T extends string>(props: Props<T>) {
  const { choices, groupOf } = props
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size={props.size} leftSection={props.icon}>
          {props.label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="min(60vh, 480px)" style={{ overflowY: 'auto' }}>
        {choices.map((choice, at) => {
          const group = groupOf?.(choice)
          const before = choices[at - 1]
          const isFirst = before === undefined || groupOf?.(before) !== group
          return (
            <Fragment key={choice}>
              {group !== undefined && isFirst && <Menu.Label>{group}</Menu.Label>}
              <Menu.Item onClick={() => props.choose(choice)}>{props.nameOf(choice)}</Menu.Item>
            </Fragment>
          )
        })}
      </Menu.Dropdown>
    </Menu>
  )
}
