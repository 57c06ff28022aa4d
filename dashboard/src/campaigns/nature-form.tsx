import { SegmentedControl, Select } from '@mantine/core'
import type { Nature } from '../../../server/src/messages/content.ts'
import { law } from '../../../server/src/messages/law.ts'
import { useWords, words } from '../app/language.ts'
import { RuleNote } from '../design/rule-note.tsx'
import style from './campaigns.module.css'
import { type Because, becauseNames, reasonsToInform } from './nature.ts'

const text = words({
  title: { ko: '광고인가요, 안내인가요', en: 'Advertising or a notice' },
  advertising: { ko: '광고성', en: 'Advertising' },
  informational: { ko: '정보성', en: 'Informational' },
  adSays: {
    ko: '동의한 고객에게만, (광고)와 수신 거부 방법을 붙여 보내요. 밤에는 이메일만 나가고 나머지는 아침까지 기다려요.',
    en: 'Goes to those who agreed, with (광고) and the way to refuse. At night only e-mail goes; the rest waits for the morning.',
  },
  infoSays: {
    ko: '동의 없이도 보내고 (광고)를 붙이지 않아요. 아래 이유에만 쓸 수 있고, 광고 문장이 하나라도 있으면 법을 어겨요. 고른 사람의 이름이 캠페인에 남아요.',
    en: 'Goes without consent and label. Only for the reasons below; one advertising sentence breaks the law. The name of whoever chooses it stays with the campaign.',
  },
  because: { ko: '어떤 안내인가요', en: 'What for' },
})

type Props = { readonly nature: Nature; readonly change: (nature: Nature) => void }

/** As what the messages are sent; informational needs a reason of the closed list. */
export function NatureForm({ nature, change }: Props) {
  const said = useWords(text)
  const names = useWords(becauseNames)
  const isInfo = nature.purpose === 'informational'
  return (
    <>
      <div className={style.stepTitle}>{said.title}</div>
      <SegmentedControl
        aria-label={said.title}
        size="sm"
        data={[
          { value: 'advertising', label: said.advertising },
          { value: 'informational', label: said.informational },
        ]}
        value={nature.purpose}
        onChange={(purpose) =>
          change(
            purpose === 'informational'
              ? { purpose: 'informational', because: 'order' }
              : { purpose: 'advertising' },
          )
        }
      />
      {isInfo && (
        <Select
          label={said.because}
          allowDeselect={false}
          data={reasonsToInform.map((value) => ({ value, label: names[value] }))}
          value={nature.because}
          onChange={(value) =>
            value && change({ purpose: 'informational', because: value as Because })
          }
        />
      )}
      <div className={style.stepNote}>{isInfo ? said.infoSays : said.adSays}</div>
      <div>
        <RuleNote rule={isInfo ? law.informational : law.consent} />
      </div>
    </>
  )
}
