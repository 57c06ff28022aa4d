import {
  Button,
  FileButton,
  NumberInput,
  SegmentedControl,
  Select,
  Switch,
  TextInput,
} from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import {
  changeFeed,
  type FeedAnswer,
  type FeedPreview,
  type FeedSaid,
  makeFeed,
  previewFeed,
  previewFeedFile,
  uploadFeed,
} from '../api/feeds.ts'
import { useWords, words } from '../app/language.ts'
import { Failure } from '../design/states.tsx'
import { FeedMapping, KeptMapping } from './feed-mapping.tsx'
import { FeedPreviewCard } from './feed-preview.tsx'
import style from './products.module.css'

const text = words({
  how: { ko: '어떻게 받을까요', en: 'How it comes' },
  byUrl: { ko: '주소에서 가져오기', en: 'By its address' },
  byFile: { ko: '파일 올리기', en: 'By a file' },
  name: { ko: '이름', en: 'Name' },
  namePlaceholder: { ko: '네이버쇼핑 EP', en: 'Naver Shopping EP' },
  url: { ko: '파일 주소', en: 'Address of the file' },
  every: { ko: '얼마나 자주', en: 'How often' },
  hourly: { ko: '한 시간마다', en: 'Hourly' },
  quarter: { ko: '15분마다', en: 'Every 15 minutes' },
  sixHours: { ko: '6시간마다', en: 'Every 6 hours' },
  daily: { ko: '하루 한 번', en: 'Daily' },
  never: { ko: '누를 때만', en: 'Only when asked' },
  missing: { ko: '몇 번 빠지면 판매 중지로 바꿀까요', en: 'Off sale after missing so often' },
  missingNote: {
    ko: '파일이 잠깐 잘못 나와도 상품이 사라지지 않게 해요.',
    en: 'So that a slip in one file takes nothing off sale.',
  },
  on: { ko: '정해진 때에 가져오기', en: 'Fetch on time' },
  look: { ko: '무엇을 알아듣는지 보기', en: 'See what is understood' },
  choose: { ko: '파일 고르기', en: 'Choose a file' },
  chosen: { ko: (name: string) => `고른 파일: ${name}`, en: (name: string) => `Chosen: ${name}` },
  save: { ko: '저장하기', en: 'Save' },
  begin: { ko: '이대로 가져오기', en: 'Take it' },
})

/** Makes a feed, or says one anew; what is understood of it is seen first. */
export function FeedForm({ feed, done }: FormProps) {
  const said = useWords(text)
  const queries = useQueryClient()
  const [draft, setDraft] = useState<FeedSaid>(saidOf(feed))
  const [file, setFile] = useState<File>()
  // What was understood before stays in sight while another choice of columns is looked at.
  const [last, setLast] = useState<FeedPreview>()
  const isByUrl = draft.url !== null
  const set = (change: Partial<FeedSaid>) => setDraft({ ...draft, ...change })
  const look = useMutation({
    mutationFn: (mapping: FeedSaid['mapping']) =>
      file ? previewFeedFile(file, mapping) : previewFeed(draft.url ?? '', mapping),
    onSuccess: setLast,
  })
  const save = useMutation({
    mutationFn: async () => {
      const saved = feed ? await changeFeed(feed.id, draft) : await makeFeed(draft)
      if (file) await uploadFeed(saved.id, file)
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['feeds'] })
      done()
    },
  })
  const mayLook = isByUrl ? draft.url !== '' : file !== undefined
  const seen = look.data ?? (look.isPending ? last : undefined)
  const isLooked = seen !== undefined && seen.products.length > 0
  return (
    <div className={style.form}>
      {!feed && (
        <SegmentedControl
          aria-label={said.how}
          value={isByUrl ? 'url' : 'file'}
          onChange={(value) => {
            set({ url: value === 'url' ? '' : null })
            setFile(undefined)
            look.reset()
          }}
          data={[
            { value: 'url', label: said.byUrl },
            { value: 'file', label: said.byFile },
          ]}
        />
      )}
      <TextInput
        label={said.name}
        placeholder={said.namePlaceholder}
        value={draft.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      {isByUrl ? (
        <UrlFields draft={draft} set={set} isNew={!feed} forget={look.reset} />
      ) : (
        <FileChoice file={file} choose={setFile} forget={look.reset} />
      )}
      <NumberInput
        label={said.missing}
        description={said.missingNote}
        min={1}
        max={100}
        value={draft.missingRuns}
        onChange={(value) => set({ missingRuns: typeof value === 'number' ? value : 3 })}
      />
      <div>
        <Button
          variant="default"
          disabled={!mayLook}
          loading={look.isPending}
          onClick={() => look.mutate(draft.mapping)}
        >
          {said.look}
        </Button>
      </div>
      {look.error && <Failure error={look.error} />}
      {seen ? (
        <>
          <FeedPreviewCard seen={seen} />
          <FeedMapping
            seen={seen}
            mapping={draft.mapping}
            busy={look.isPending}
            put={(mapping) => {
              set({ mapping })
              look.mutate(mapping)
            }}
          />
        </>
      ) : (
        <KeptMapping mapping={draft.mapping} />
      )}
      {save.error && <Failure error={save.error} />}
      <div>
        <Button
          disabled={draft.name.trim() === '' || (!feed && !isLooked)}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          {feed ? said.save : said.begin}
        </Button>
      </div>
    </div>
  )
}
type FormProps = { readonly feed: FeedAnswer | undefined; readonly done: () => void }

function saidOf(feed: FeedAnswer | undefined): FeedSaid {
  if (!feed) {
    return { name: '', url: '', everyMinutes: 60, mapping: {}, missingRuns: 3, isOn: true }
  }
  const { name, url, everyMinutes, mapping, missingRuns, isOn } = feed
  return { name, url, everyMinutes, mapping, missingRuns, isOn }
}

function UrlFields({ draft, set, isNew, forget }: UrlProps) {
  const said = useWords(text)
  return (
    <>
      <TextInput
        label={said.url}
        type="url"
        placeholder="https://"
        value={draft.url ?? ''}
        onChange={(event) => {
          set({ url: event.currentTarget.value.trim() })
          forget()
        }}
      />
      <Select
        label={said.every}
        allowDeselect={false}
        value={String(draft.everyMinutes)}
        onChange={(value) => set({ everyMinutes: Number(value ?? 60) })}
        data={[
          { value: '15', label: said.quarter },
          { value: '60', label: said.hourly },
          { value: '360', label: said.sixHours },
          { value: '1440', label: said.daily },
          { value: '0', label: said.never },
        ]}
      />
      {!isNew && (
        <Switch
          label={said.on}
          checked={draft.isOn}
          onChange={(event) => set({ isOn: event.currentTarget.checked })}
        />
      )}
    </>
  )
}
type UrlProps = {
  readonly draft: FeedSaid
  readonly set: (change: Partial<FeedSaid>) => void
  readonly isNew: boolean
  readonly forget: () => void
}

function FileChoice({ file, choose, forget }: ChoiceProps) {
  const said = useWords(text)
  return (
    <div className={style.buttons} style={{ alignItems: 'center' }}>
      <FileButton
        accept=".xml,.tsv,.csv,.txt,.json,.ndjson,.gz,.zip"
        onChange={(chosen) => {
          if (chosen) choose(chosen)
          forget()
        }}
      >
        {(props) => (
          <Button {...props} variant="default">
            {said.choose}
          </Button>
        )}
      </FileButton>
      {file && <span className={style.sub}>{said.chosen(file.name)}</span>}
    </div>
  )
}
type ChoiceProps = {
  readonly file: File | undefined
  readonly choose: (file: File) => void
  readonly forget: () => void
}
