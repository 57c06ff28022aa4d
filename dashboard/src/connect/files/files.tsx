import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import { fileBytesLimit } from '../../../../server/src/connect/files/layout.ts'
import { type DroppedFile, dropFile, droppedFiles } from '../../api/dropped-files.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { useMay, useSession } from '../../app/session.tsx'
import { Card, Columns } from '../../design/card.tsx'
import { FileDrop } from '../../design/file-drop.tsx'
import { count, dayAndTime } from '../../design/format.ts'
import { Page } from '../../design/page.tsx'
import { Bones } from '../../design/states.tsx'
import { DroppedFault, FileTooLarge } from './fault.tsx'
import { FileCard } from './file-card.tsx'
import { kindNames, stateNames } from './file-words.ts'
import style from './files.module.css'

const text = words({
  title: { ko: '파일로 가져오기', en: 'Bring files' },
  purpose: {
    ko: '쇼핑몰 관리자에서 내려받은 엑셀이나 CSV를 그대로 놓으세요. 무엇인지 알아서 읽고, 가져오기 전에 먼저 보여 드려요.',
    en: 'Drop an Excel or CSV file just as your shop’s admin gives it. It is read first and shown to you before anything is brought.',
  },
  numbers: { ko: '숫자 맞춰보기', en: 'Match the numbers' },
  drop: {
    ko: '주문·회원·상품 파일을 여기에 놓거나',
    en: 'Drop a file of orders, members or products here, or',
  },
  pick: { ko: '파일 고르기', en: 'pick a file' },
  other: { ko: '다른 파일 고르기', en: 'Pick another file' },
  limits: {
    ko: '엑셀(.xlsx), 표로 된 .xls, CSV(UTF-8, CP949), 20만 줄 · 32MB까지. 같은 파일을 다시 놓아도 두 번 세지 않아요.',
    en: 'Excel (.xlsx), tables called .xls, CSV (UTF-8, CP949), up to 200,000 lines and 32 MB. The same file again counts nothing twice.',
  },
  sending: { ko: '파일을 올리고 있어요.', en: 'Sending the file.' },
  earlier: { ko: '놓았던 파일', en: 'Files dropped before' },
  which: { ko: '어떤 파일을 읽나요', en: 'Which files are read' },
  whichText: {
    ko: '카페24·스마트스토어·아임웹의 주문, 카페24의 회원 파일은 열 이름을 확인했어요. 메이크샵과 다른 쇼핑몰은 열 이름의 뜻으로 읽으니, 처음 한 번 열을 확인해 주세요. 스마트스토어 엑셀은 암호를 풀고 다시 저장해 주세요.',
    en: 'The headings of Cafe24, SmartStore and Imweb orders and of Cafe24 members were confirmed. MakeShop and others are read by what their headings mean: look the columns over once. Take the password off SmartStore’s Excel files first.',
  },
  smartTitle: { ko: '스마트스토어는 분석에만 써요', en: 'SmartStore is for analysis only' },
  smartText: {
    ko: '네이버는 구매자 정보를 마케팅에 쓰지 못하게 해요. 이름·연락처는 저장하지 않고, 같은 사람인지만 되돌릴 수 없는 표시로 구분해요.',
    en: 'Naver does not allow buyers’ data for marketing. Names and contacts are not kept; people are only told apart by a mark that cannot be turned back.',
  },
  startTitle: { ko: '파일 없이도 시작할 수 있어요', en: 'You can start without files' },
  startText: {
    ko: '구글 태그 매니저나 GA4 dataLayer를 이미 쓰고 있다면 스크립트 한 줄로 충분해요. 상품 조회부터 구매까지 그대로 읽어요. 다만 환불과 수신동의는 파일이나 서버 연동이 있어야 알 수 있어요.',
    en: 'If you already use Google Tag Manager or GA4’s dataLayer, one line of script is enough: it reads everything from views to purchases. Refunds and consents need files or a server.',
  },
  startGo: { ko: '스크립트 붙이기', en: 'Install the script' },
})

/** One page for every file of any shop: drop it, see what was understood, bring it. */
export function Files() {
  const said = useWords(text)
  const may = useMay('marketer')
  const [search, setSearch] = useSearchParams()
  const queries = useQueryClient()
  const opened = Number(search.get('file'))
  const earlier = useQuery({
    queryKey: ['dropped', 'files'],
    queryFn: ({ signal }) => droppedFiles(signal),
  })
  const dropping = useMutation({
    mutationFn: async (files: readonly File[]) => {
      if (files.some(({ size }) => size > fileBytesLimit)) throw new FileTooLarge()
      for (const [nth, file] of files.entries()) {
        const { id } = await dropFile(file)
        if (nth === 0) setSearch({ file: String(id) }, { replace: true })
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['dropped', 'files'] }),
  })
  return (
    <Page
      title={said.title}
      purpose={said.purpose}
      action={
        <Button component={Link} href="/connect/numbers" variant="default">
          {said.numbers}
        </Button>
      }
    >
      <Columns layout="side">
        <div className={style.stack}>
          {may && (
            <Card>
              <div className={style.stack}>
                <FileDrop
                  says={said.drop}
                  pick={opened > 0 ? said.other : said.pick}
                  hint={said.limits}
                  accept=".xlsx,.xls,.csv,.txt,text/csv,text/plain"
                  isMain={opened === 0}
                  take={dropping.mutate}
                  many
                />
                {dropping.isPending && (
                  <p role="status" className={style.quiet}>
                    {said.sending}
                  </p>
                )}
                {dropping.error && <DroppedFault error={dropping.error} />}
              </div>
            </Card>
          )}
          {opened > 0 && !dropping.isPending && <FileCard key={opened} id={opened} />}
          <Earlier files={earlier.data?.items} opened={opened} />
        </div>
        <About />
      </Columns>
    </Page>
  )
}

type EarlierProps = { readonly files: readonly DroppedFile[] | undefined; readonly opened: number }

function Earlier({ files, opened }: EarlierProps) {
  const said = useWords(text)
  const kinds = useWords(kindNames)
  const states = useWords(stateNames)
  const language = useLanguage()
  const { shop } = useSession()
  if (!files) return <Bones lines={3} />
  const others = files.filter(({ id }) => id !== opened)
  if (others.length === 0) return null
  return (
    <Card title={said.earlier} flush>
      <ul className={style.earlier}>
        {others.map((file) => (
          <li key={file.id}>
            <Link href={`/connect/files?file=${file.id}`} className={style.name ?? ''}>
              <b>{file.fileName}</b>
            </Link>
            <span className={style.quiet}>
              {file.kind && `${kinds[file.kind]} ${count(file.total ?? 0, language)} · `}
              {states[file.state]} ·{' '}
              {dayAndTime(file.madeAt, { timeZone: shop.timeZone, language })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** Which files are read, what SmartStore's may be used for, and that files are not the only way to begin. */
function About() {
  const said = useWords(text)
  return (
    <div className={style.stack}>
      <Card title={said.which}>
        <p className={style.quiet}>{said.whichText}</p>
      </Card>
      <Card title={said.smartTitle}>
        <p className={style.quiet}>{said.smartText}</p>
      </Card>
      <Card title={said.startTitle}>
        <div className={style.stack}>
          <p className={style.quiet}>{said.startText}</p>
          <div>
            <Button component={Link} href="/settings/install" variant="default">
              {said.startGo}
            </Button>
          </div>
        </div>
      </Card>
    </div>
  )
}
