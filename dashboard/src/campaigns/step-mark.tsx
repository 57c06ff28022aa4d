import { IconBolt, IconClockHour4, IconFlag, IconMail, IconUserOff } from '@tabler/icons-react'
import style from './campaigns.module.css'

const icons = {
  trigger: IconBolt,
  wait: IconClockHour4,
  message: IconMail,
  goal: IconFlag,
  holdout: IconUserOff,
} as const

/** What sort of step it is, as a small mark beside its words. */
export function StepMark({ kind }: { readonly kind: keyof typeof icons }) {
  const Icon = icons[kind]
  return (
    <span className={`${style.stepMark} ${kind === 'message' ? style.send : ''}`}>
      <Icon size={16} aria-hidden />
    </span>
  )
}
