import { IconAlertTriangle, IconCircleCheckFilled } from '@tabler/icons-react'
import { Link } from 'wouter'
import { useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { RuleNote } from '../design/rule-note.tsx'
import style from './campaigns.module.css'
import type { Check } from './checklist.ts'
import { goTo, type Place } from './flow/editing.ts'

const text = words({
  title: { ko: '켜기 전에', en: 'Before going live' },
  ok: { ko: '됐어요', en: 'done' },
  open: { ko: '확인이 필요해요', en: 'needs a look' },
  go: { ko: '설정에서 채우기', en: 'Fill it in' },
  fix: { ko: '고치러 가기', en: 'Go there' },
})

type Props = {
  readonly checks: readonly Check[]
  readonly select: (place: Place) => void
}

/** What stands between the draft and going live, each with a way to where it is put right. */
export function Checks({ checks, select }: Props) {
  const said = useWords(text)
  return (
    <Card title={said.title}>
      <ul className={style.checks}>
        {checks.map((check) => (
          <li key={check.key}>
            {check.ok ? (
              <IconCircleCheckFilled size={22} className={style.done ?? ''} aria-label={said.ok} />
            ) : (
              <IconAlertTriangle size={22} className={style.open ?? ''} aria-label={said.open} />
            )}
            <span>
              <b>{check.name}</b>
              <span className={style.checkNote}>
                {check.says}{' '}
                {check.to && !check.ok && (
                  <Link href={check.to} style={{ textDecoration: 'underline' }}>
                    {said.go}
                  </Link>
                )}
                {check.at !== undefined && !check.to && !check.ok && (
                  <button
                    type="button"
                    className={style.fix}
                    onClick={() => {
                      if (check.at === undefined) return
                      select(check.at)
                      goTo(check.at)
                    }}
                  >
                    {said.fix}
                  </button>
                )}
                {!check.ok && check.rule && (
                  <span style={{ display: 'block' }}>
                    <RuleNote rule={check.rule} />
                  </span>
                )}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
