import { ActionIcon, Menu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { CSSProperties, ReactNode } from 'react'

type Props = {
  readonly label: string
  /** On its own it is as large as a finger wants it; in rows of tools as large as they are. */
  readonly size?: 'lg'
  readonly style?: CSSProperties
  readonly children: ReactNode
}

/** The three dots behind which stands what else can be done with a thing. */
export function MoreMenu({ label, size, style, children }: Props) {
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={label}
          {...(size && { size })}
          {...(style && { style })}
        >
          <IconDots size={size ? 18 : 16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}
