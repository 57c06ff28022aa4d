import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { bringFile, type ListRow } from '../api/lists.ts'
import { useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { Bones } from '../design/states.tsx'
import { ListDrop } from './list-drop.tsx'
import { ListFileCard } from './list-file-card.tsx'
import { Fault } from './list-file-state.tsx'
import style from './lists.module.css'
import { firstLines } from './peek.ts'

const text = words({
  title: { ko: '파일 올리기', en: 'Upload a file' },
  peek: { ko: '파일의 첫 줄들', en: 'The first lines of the file' },
  sending: { ko: '파일을 올리고 있어요.', en: 'Sending the file.' },
})

/** A file as it was picked. */
type Picked = { readonly file: File; readonly lines: readonly string[] }

/** Puts the people of a file on a list: first what the file would do, then, when asked to, it is done. Both go on without the page. */
export function ListUpload({ lists }: { readonly lists: readonly ListRow[] }) {
  const said = useWords(text)
  const opened = Number(useSearchParams()[0].get('file'))
  const [picked, setPicked] = useState<Picked>()
  const [fileName, setFileName] = useState('')
  const bringing = useMutation({
    mutationFn: (file: File) => bringFile(file, { list: undefined, change: 'added' }),
  })
  const take = async (file: File) => {
    const { lines } = await firstLines(file)
    setPicked({ file, lines })
    setFileName(file.name)
    bringing.mutate(file)
  }
  const id = bringing.data?.id ?? (picked || !(opened > 0) ? undefined : opened)
  return (
    <Card title={said.title}>
      <ListDrop take={take} again={picked !== undefined} />
      {(picked || id !== undefined) && (
        <div className={style.form}>
          {picked && (
            <div>
              <h3 className={style.subtitle}>{said.peek}</h3>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
              <pre className={style.peek} tabIndex={0}>
                {picked.lines.join('\n')}
              </pre>
            </div>
          )}
          {bringing.isPending && (
            <>
              <p role="status" className={style.quiet}>
                {said.sending}
              </p>
              <Bones lines={3} />
            </>
          )}
          {bringing.error && <Fault error={bringing.error} />}
          {id !== undefined && !bringing.isPending && (
            <ListFileCard key={id} id={id} lists={lists} fileName={fileName} />
          )}
        </div>
      )}
    </Card>
  )
}
