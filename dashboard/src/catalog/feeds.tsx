import { Button, FileButton, Modal } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  type FeedAnswer,
  type FeedRun,
  listFeeds,
  refusalsAddress,
  removeFeed,
  runFeed,
  uploadFeed,
} from '../api/feeds.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { ago, count, dayAndTime } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bones, EmptyState, Failure, Tag } from '../design/states.tsx'
import { FeedForm } from './feed-form.tsx'
import { feedText, runSentence } from './feed-words.ts'
import style from './products.module.css'

const text = words({
  title: { ko: '상품 피드', en: 'Product feeds' },
  purpose: {
    ko: '네이버쇼핑이나 구글에 내던 상품 파일을 그대로 읽어 와요. 바뀐 상품만 받아들여요.',
    en: 'The product file you already make for Naver or Google, read as it is. Only what changed is taken.',
  },
  make: { ko: '피드 추가하기', en: 'Add a feed' },
  edit: { ko: '설정', en: 'Settings' },
  run: { ko: '지금 가져오기', en: 'Fetch now' },
  bring: { ko: '새 파일 올리기', en: 'Upload a new file' },
  remove: { ko: '피드 지우기', en: 'Remove' },
  removeTitle: {
    ko: (name: string) => `“${name}” 피드를 지울까요?`,
    en: (name: string) => `Remove “${name}”?`,
  },
  removeNote: {
    ko: '들어온 상품은 그대로 남아요. 앞으로는 가격과 재고가 저절로 바뀌지 않아요.',
    en: 'Its products stay as they are, and are no longer kept up to date.',
  },
  confirm: { ko: '이 파일이 맞아요', en: 'This file is right' },
  refusals: { ko: '받지 못한 줄 내려받기', en: 'Download refused lines' },
  next: { ko: (when: string) => `다음: ${when}`, en: (when: string) => `Next: ${when}` },
  asked: { ko: '누를 때만 가져와요', en: 'Only when asked' },
  byHand: { ko: '파일을 올려서 받아요', en: 'By hand' },
  off: { ko: '멈춤', en: 'Off' },
  products: { ko: (n: string) => `상품 ${n}개`, en: (n: string) => `${n} products` },
  earlier: { ko: '지난 기록', en: 'Earlier' },
  emptyTitle: { ko: '아직 피드가 없어요', en: 'No feeds yet' },
  empty: {
    ko: '쇼핑몰 관리자에서 네이버쇼핑 EP나 구글 상품 피드의 주소를 복사해 넣으면, 무엇을 알아들었는지 먼저 보여드려요. 파일로 올릴 수도 있어요.',
    en: 'Copy the address of your Naver Shopping EP or Google product feed; you see what was understood before anything is taken. A file works, too.',
  },
  example: {
    ko: '예: https://내상점.kr/ep/naver.txt (매시간, 상품 1,204개)',
    en: 'For example: https://shop.example/ep/naver.txt (hourly, 1,204 products)',
  },
})

/** `/feeds`: where products come from. */
export function Feeds() {
  const said = useWords(text)
  const may = useMay('marketer', 'developer')
  const [form, setForm] = useState<FeedAnswer | 'new'>()
  const feeds = useQuery({
    queryKey: ['feeds'],
    queryFn: ({ signal }) => listFeeds(signal),
    // A run takes seconds to minutes; who pressed the button is looking.
    refetchInterval: 3_000,
  })
  const make = may && <Button onClick={() => setForm('new')}>{said.make}</Button>
  const items = feeds.data?.items
  return (
    <Page title={said.title} purpose={said.purpose} action={make}>
      {feeds.error && <Failure error={feeds.error} retry={() => feeds.refetch()} />}
      {!items && !feeds.error && <Bones />}
      {items?.length === 0 && (
        <Card>
          <EmptyState title={said.emptyTitle} example={said.example} action={make}>
            {said.empty}
          </EmptyState>
        </Card>
      )}
      <div className={style.stack}>
        {items?.map((feed) => (
          <FeedCard key={feed.id} feed={feed} edit={() => setForm(feed)} />
        ))}
      </div>
      {form && (
        <Modal
          opened
          onClose={() => setForm(undefined)}
          title={form === 'new' ? said.make : form.name}
          size="lg"
        >
          <FeedForm feed={form === 'new' ? undefined : form} done={() => setForm(undefined)} />
        </Modal>
      )}
    </Page>
  )
}

function FeedCard({ feed, edit }: { readonly feed: FeedAnswer; readonly edit: () => void }) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const may = useMay('marketer', 'developer')
  const [last, ...earlier] = feed.runs
  const planned =
    feed.url === null
      ? ''
      : !feed.isOn
        ? said.off
        : feed.nextAt === null
          ? said.asked
          : said.next(dayAndTime(feed.nextAt, { timeZone, language }, Date.now()))
  return (
    <Card
      title={feed.name}
      note={<span style={{ overflowWrap: 'anywhere' }}>{feed.url ?? said.byHand}</span>}
      beside={may && <FeedButtons feed={feed} edit={edit} />}
    >
      <div className={style.form}>
        <div className={style.row}>
          <strong>{said.products(count(feed.products, language))}</strong>
          <span className={style.sub}>{planned}</span>
        </div>
        {last && <Run feed={feed} run={last} newest />}
        {earlier.length > 0 && (
          <details>
            <summary>{said.earlier}</summary>
            <div className={style.list} style={{ marginTop: 12 }}>
              {earlier.map((run) => (
                <Run key={run.run} feed={feed} run={run} />
              ))}
            </div>
          </details>
        )}
      </div>
    </Card>
  )
}

function FeedButtons({ feed, edit }: { readonly feed: FeedAnswer; readonly edit: () => void }) {
  const said = useWords(text)
  const [removing, setRemoving] = useState(false)
  const act = useFeedAct()
  const isRunning = feed.runs[0]?.state === 'running'
  return (
    <div className={style.buttons}>
      {feed.url === null ? (
        <FileButton onChange={(file) => file && act.mutate(() => uploadFeed(feed.id, file))}>
          {(props) => (
            <Button {...props} variant="default" loading={act.isPending || isRunning}>
              {said.bring}
            </Button>
          )}
        </FileButton>
      ) : (
        <Button
          variant="default"
          loading={act.isPending || isRunning}
          onClick={() => act.mutate(() => runFeed(feed.id, false))}
        >
          {said.run}
        </Button>
      )}
      <Button variant="default" onClick={edit}>
        {said.edit}
      </Button>
      <Button variant="subtle" color="red" onClick={() => setRemoving(true)}>
        {said.remove}
      </Button>
      <Modal
        opened={removing}
        onClose={() => setRemoving(false)}
        title={said.removeTitle(feed.name)}
      >
        <div className={style.form}>
          {said.removeNote}
          <div>
            <Button color="red" onClick={() => act.mutate(() => removeFeed(feed.id))}>
              {said.remove}
            </Button>
          </div>
        </div>
      </Modal>
    </div>
  )
}

function useFeedAct() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSettled: async () => {
      await queries.invalidateQueries({ queryKey: ['feeds'] })
      await queries.invalidateQueries({ queryKey: ['products'] })
    },
  })
}

const meanings = {
  running: 'accent',
  done: 'caused',
  unchanged: 'quiet',
  waiting: 'attention',
  failed: 'broken',
} as const satisfies Record<FeedRun['state'], string>

function Run({ feed, run, newest = false }: RunProps) {
  const said = useWords(text)
  const names = useWords(feedText)
  const language = useLanguage()
  const may = useMay('marketer', 'developer')
  const act = useFeedAct()
  return (
    <div className={style.row} role={newest ? 'status' : undefined}>
      <span>
        <Tag meaning={meanings[run.state]} dot>
          {names[run.state]}
        </Tag>{' '}
        {runSentence(run, names, language)}
        <span className={style.sub}>{ago(run.endedAt ?? run.begunAt, Date.now(), language)}</span>
      </span>
      <span className={style.buttons}>
        {newest && run.state === 'waiting' && may && (
          <Button loading={act.isPending} onClick={() => act.mutate(() => runFeed(feed.id, true))}>
            {said.confirm}
          </Button>
        )}
        {run.refused > 0 && (
          <Button
            component="a"
            variant="default"
            href={refusalsAddress(feed.id, run.run, language)}
            download
          >
            {said.refusals}
          </Button>
        )}
      </span>
    </div>
  )
}
type RunProps = { readonly feed: FeedAnswer; readonly run: FeedRun; readonly newest?: boolean }
