import {
  IconClockHour4,
  IconEye,
  IconMail,
  IconReceipt,
  IconShoppingCart,
  IconUser,
} from '@tabler/icons-react'
import style from './events.module.css'
import { type EventKind, eventKind } from './sentence.ts'

const icons = {
  browse: IconEye,
  cart: IconShoppingCart,
  order: IconReceipt,
  person: IconUser,
  message: IconMail,
  ours: IconClockHour4,
} as const satisfies Readonly<Record<EventKind, unknown>>

/** The sort of an event as a small mark beside its words. */
export function EventMark({ name }: { readonly name: string }) {
  const kind = eventKind(name)
  const Icon = icons[kind]
  return (
    <span className={`${style.mark} ${style[kind]}`}>
      <Icon size={16} aria-hidden />
    </span>
  )
}
