import { Button, FileInput, SegmentedControl, Select, TagsInput, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { problemIn } from '../../api/client.ts'
import { listSegments } from '../../api/segments.ts'
import {
  createStandingFile,
  type StandingDraft,
  type StandingEvery,
  type StandingPlace,
} from '../../api/standing-files.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { problemSentence } from '../../design/problem-words.ts'
import { usualEvents } from '../../segments/webhooks.tsx'
import style from '../../settings/settings.module.css'
import { outText, weekdays } from './out-words.ts'

const blank = {
  name: '',
  what: 'segment' as 'segment' | 'events',
  segment: null as string | null,
  names: [] as string[],
  every: 'day' as StandingEvery['kind'],
  weekday: '1',
  time: '07:00',
  place: 'here' as StandingPlace['kind'],
  url: '',
  spreadsheet: '',
  sheet: '',
  key: null as File | null,
  emails: [] as string[],
}
type Form = typeof blank
type Part = { readonly form: Form; readonly set: (change: Partial<Form>) => void }
type PlacePart = Part & { readonly fault: string | undefined }

/** Segments whose members can leave. */
export const useSegmentsToLeave = () =>
  useQuery({
    queryKey: ['segments', 'to-leave'],
    queryFn: ({ signal }) => listSegments({ limit: 200 }, signal),
  })

/** What leaves, when and where to. */
export function NewStandingFile() {
  const said = useWords(outText)
  const language = useLanguage()
  const queries = useQueryClient()
  const [form, setForm] = useState(blank)
  const set = (change: Partial<Form>) => setForm((before) => ({ ...before, ...change }))
  const making = useMutation({
    mutationFn: async () => createStandingFile(await draftOf(form)),
    onSuccess: async () => {
      setForm(blank)
      await queries.invalidateQueries({ queryKey: ['standing-files'] })
    },
  })
  const problem = problemIn(making.error)
  const field = problem?.field ?? ''
  const faults = {
    url: field.startsWith('place.url') ? said.noSecret : undefined,
    spreadsheet: field.startsWith('place.spreadsheet') ? said.badSheet : undefined,
    key: field === 'key' ? said.badKey : undefined,
  }
  const other = making.error && !faults.url && !faults.spreadsheet && !faults.key
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        making.mutate()
      }}
    >
      <TextInput
        label={said.name}
        required
        maxLength={100}
        value={form.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <WhatLeaves form={form} set={set} />
      <WhenItLeaves form={form} set={set} />
      <Labelled label={said.place}>
        <SegmentedControl
          aria-label={said.place}
          data={(['here', 'server', 'sheet'] as const).map((value) => ({
            value,
            label: said[value],
          }))}
          value={form.place}
          onChange={(place) => set({ place: place as Form['place'] })}
        />
      </Labelled>
      {form.place === 'server' && <ToServer form={form} set={set} fault={faults.url} />}
      {form.place === 'sheet' && (
        <ToSheet form={form} set={set} fault={faults.spreadsheet} badKey={faults.key} />
      )}
      <TagsInput
        label={said.emails}
        description={said.kept}
        value={form.emails}
        maxTags={5}
        onChange={(emails) => set({ emails })}
      />
      {other && <p role="alert">{problemSentence(problem, language)}</p>}
      <div className={style.buttons}>
        <Button type="submit" loading={making.isPending} disabled={!isWhole(form)}>
          {said.make}
        </Button>
      </div>
    </form>
  )
}

function WhatLeaves({ form, set }: Part) {
  const said = useWords(outText)
  const segments = useSegmentsToLeave()
  return (
    <>
      <Labelled label={said.what}>
        <SegmentedControl
          aria-label={said.what}
          data={(['segment', 'events'] as const).map((value) => ({ value, label: said[value] }))}
          value={form.what}
          onChange={(what) => set({ what: what as Form['what'] })}
        />
      </Labelled>
      {form.what === 'segment' ? (
        <Select
          label={said.segment}
          searchable
          data={(segments.data?.items ?? []).map(({ id, name }) => ({
            value: String(id),
            label: name,
          }))}
          value={form.segment}
          onChange={(segment) => set({ segment })}
        />
      ) : (
        <TagsInput
          label={said.events}
          description={said.eventsHint}
          data={usualEvents}
          maxTags={20}
          value={form.names}
          onChange={(names) => set({ names })}
        />
      )}
    </>
  )
}

function WhenItLeaves({ form, set }: Part) {
  const said = useWords(outText)
  const language = useLanguage()
  return (
    <>
      <Labelled label={said.every}>
        <SegmentedControl
          aria-label={said.every}
          data={(['hour', 'day', 'week'] as const).map((value) => ({ value, label: said[value] }))}
          value={form.every}
          onChange={(every) => set({ every: every as Form['every'] })}
        />
      </Labelled>
      {form.every !== 'hour' && (
        <div className={style.pair}>
          {form.every === 'week' && (
            <Select
              label={said.weekday}
              allowDeselect={false}
              data={weekdays[language].map((label, day) => ({ value: String(day), label }))}
              value={form.weekday}
              onChange={(weekday) => weekday !== null && set({ weekday })}
            />
          )}
          <TextInput
            label={said.at}
            type="time"
            value={form.time}
            onChange={(event) => set({ time: event.currentTarget.value })}
          />
        </div>
      )}
    </>
  )
}

function ToServer({ form, set, fault }: PlacePart) {
  const said = useWords(outText)
  return (
    <TextInput
      label={said.url}
      description={said.serverHint}
      type="url"
      placeholder="https://shop.example/files"
      value={form.url}
      error={fault}
      onChange={(event) => set({ url: event.currentTarget.value })}
    />
  )
}

function ToSheet({
  form,
  set,
  fault,
  badKey,
}: PlacePart & { readonly badKey: string | undefined }) {
  const said = useWords(outText)
  return (
    <>
      <TextInput
        label={said.spreadsheet}
        placeholder="https://docs.google.com/spreadsheets/d/..."
        value={form.spreadsheet}
        error={fault}
        onChange={(event) => set({ spreadsheet: event.currentTarget.value })}
      />
      <TextInput
        label={said.sheetName}
        description={said.sheetHint}
        value={form.sheet}
        onChange={(event) => set({ sheet: event.currentTarget.value })}
      />
      <FileInput
        label={said.key}
        description={said.keyHint}
        accept="application/json"
        value={form.key}
        error={badKey}
        onChange={(key) => set({ key })}
      />
    </>
  )
}

function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <div style={{ fontSize: 14, fontWeight: 550, marginBottom: 6 }}>{label}</div>
      {children}
    </div>
  )
}

function isWhole(form: Form): boolean {
  const said = form.what === 'segment' ? form.segment !== null : form.names.length > 0
  const goes =
    form.place === 'here' ||
    (form.place === 'server'
      ? form.url !== ''
      : form.spreadsheet !== '' && form.sheet !== '' && form.key !== null)
  return form.name.trim() !== '' && said && goes
}

async function draftOf(form: Form): Promise<StandingDraft> {
  const key = form.place === 'sheet' ? await form.key?.text() : undefined
  return {
    name: form.name.trim(),
    what:
      form.what === 'segment'
        ? { kind: 'segment', segment: Number(form.segment) }
        : { kind: 'events', names: form.names },
    every: everyOf(form),
    place: placeOf(form),
    emails: form.emails,
    ...(key === undefined ? {} : { key }),
  }
}

function everyOf({ every, time, weekday }: Form): StandingEvery {
  const [hours = '7', minutes = '0'] = time.split(':')
  const minute = Number(hours) * 60 + Number(minutes)
  if (every === 'hour') return { kind: 'hour' }
  return every === 'day'
    ? { kind: 'day', minute }
    : { kind: 'week', minute, weekday: Number(weekday) }
}

function placeOf({ place, url, spreadsheet, sheet }: Form): StandingPlace {
  if (place === 'here') return { kind: 'here' }
  if (place === 'server') return { kind: 'server', url: url.trim() }
  const id = /\/d\/([\w-]+)/.exec(spreadsheet)?.[1] ?? spreadsheet.trim()
  return { kind: 'sheet', spreadsheet: id, sheet: sheet.trim() }
}
