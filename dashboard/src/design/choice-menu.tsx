import { Button, Menu } from '@mantine/core'
import type { ReactNode } from 'react'

type Props<T extends string> = {
  readonly label: string
  readonly icon: ReactNode
  readonly size: 'xs' | 'compact-sm'
  readonly choices: readonly T[]
  readonly nameOf: (choice: T) => string
  readonly choose: (choice: T) => void
}

/** A button that asks which kind, and does it. */
export function ChoiceMenu<T extends string>(props: Props<T>) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button variant="default" size={props.size} leftSection={props.icon}>
          {props.label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {props.choices.map((choice) => (
          <Menu.Item key={choice} onClick={() => props.choose(choice)}>
            {props.nameOf(choice)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
