import { useWords, words } from '../app/language.ts'
import { FileDrop } from '../design/file-drop.tsx'

const text = words({
  drop: { ko: 'CSV 파일을 여기에 놓거나', en: 'Drop a CSV file here, or' },
  pick: { ko: '파일 고르기', en: 'pick a file' },
  other: { ko: '다른 파일 고르기', en: 'Pick another file' },
  what: {
    ko: '회원 아이디, 이메일, 전화번호 가운데 하나가 있으면 돼요. 첫 줄은 제목이어도 되고, 엑셀에서 저장한 파일(CP949)도 읽어요. 10만 줄까지요.',
    en: 'One column of member ids, e-mails or phone numbers is enough; a header is welcome. UTF-8 or CP949, up to 100,000 lines.',
  },
})

type Props = {
  readonly take: (file: File) => Promise<void>
  readonly again: boolean
}

/** Where a file of people is dropped or picked. */
export function ListDrop({ take, again }: Props) {
  const said = useWords(text)
  return (
    <FileDrop
      says={said.drop}
      pick={again ? said.other : said.pick}
      hint={said.what}
      accept=".csv,.txt,text/csv,text/plain"
      take={([file]) => void take(file)}
    />
  )
}
