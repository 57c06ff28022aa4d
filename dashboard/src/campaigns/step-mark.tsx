import {
  IconArrowBackUp,
  IconArrowsSplit2,
  IconBolt,
  IconCalendarTime,
  IconClockHour4,
  IconDoorExit,
  IconEar,
  IconFlag,
  IconGitFork,
  IconList,
  IconMail,
  IconPencil,
  IconTicket,
  IconUserOff,
  IconWebhook,
} from '@tabler/icons-react'
import style from './campaigns.module.css'

const icons = {
  trigger: IconBolt,
  wait: IconClockHour4,
  wait_until: IconCalendarTime,
  wait_for: IconEar,
  branch: IconGitFork,
  split: IconArrowsSplit2,
  message: IconMail,
  coupon: IconTicket,
  set_trait: IconPencil,
  list: IconList,
  webhook: IconWebhook,
  goto: IconArrowBackUp,
  exit: IconDoorExit,
  goal: IconFlag,
  holdout: IconUserOff,
} as const

export type StepMarkKind = keyof typeof icons

/** What sort of step it is, as a small mark beside its words. */
export function StepMark({ kind }: { readonly kind: StepMarkKind }) {
  const Icon = icons[kind]
  return (
    <span className={`${style.stepMark} ${kind === 'message' ? style.send : ''}`}>
      <Icon size={16} aria-hidden />
    </span>
  )
}
