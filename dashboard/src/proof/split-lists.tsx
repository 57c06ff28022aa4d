import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { type Split, splitFile } from '../api/outside-splits.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { dayAndTime, people } from '../design/format.ts'
import style from './splits.module.css'

const text = words({
  title: { ko: '두 명단', en: 'The two lists' },
  drawn: {
    ko: (when: string) => `${when}의 고객을 무작위로 나눴어요.`,
    en: (when: string) => `Split at random on ${when}.`,
  },
  treatment: { ko: '보낼 사람', en: 'To send to' },
  holdout: { ko: '대조군', en: 'Held out' },
  treatmentNote: {
    ko: '이 명단에만 보내세요.',
    en: 'Send to these only.',
  },
  holdoutNote: {
    ko: '보내지 마세요. 도구에서 제외 명단으로 쓰면 돼요.',
    en: 'Do not send to these: exclude them in your tool.',
  },
  leftOut: {
    ko: (n: string) => `${n}은 모든 광고를 받지 않는 대조군이라 어느 명단에도 없어요.`,
    en: (n: string) => `${n} get no advertising at all and are on neither list.`,
  },
  download: { ko: 'CSV로 내려받기', en: 'Download as CSV' },
  masked: {
    ko: '이름과 연락처는 가려져 있어요. 그대로 받으려면 마케터 권한이 필요해요.',
    en: 'Names and addresses are masked; a marketer gets them in the clear.',
  },
  audited: {
    ko: '회원 아이디, 이름, 이메일, 전화번호가 들어 있어요. 내려받은 기록이 남아요.',
    en: 'With member id, name, e-mail and phone. Each download is on record.',
  },
})

/** The lists to take to the other tool. */
export function SplitLists({ split }: { readonly split: Split }) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const may = useMay('marketer')
  const side = (arm: 'treatment' | 'holdout') => (
    <div className={style.list}>
      <div className={style.label}>{said[arm]}</div>
      <div className={style.number}>{people(split[arm].people, language)}</div>
      <p className={style.note}>{arm === 'treatment' ? said.treatmentNote : said.holdoutNote}</p>
      <Button
        component="a"
        href={splitFile(split.id, { arm, language })}
        download
        variant={arm === 'treatment' ? 'filled' : 'default'}
        leftSection={<IconDownload size={16} aria-hidden="true" />}
        aria-label={`${said[arm]}: ${said.download}`}
      >
        {said.download}
      </Button>
    </div>
  )
  return (
    <Card
      title={said.title}
      note={said.drawn(dayAndTime(split.drawnAt ?? split.madeAt, { timeZone, language }))}
    >
      <div className={style.stack}>
        <div className={style.lists}>
          {side('treatment')}
          {side('holdout')}
        </div>
        {split.leftOut > 0 && (
          <p className={style.note}>{said.leftOut(people(split.leftOut, language))}</p>
        )}
        <p className={style.note}>{may ? said.audited : said.masked}</p>
      </div>
    </Card>
  )
}
