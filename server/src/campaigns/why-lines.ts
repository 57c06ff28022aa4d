import { unreachable } from '../lib/assert.ts'
import { isJsonObject, type Json } from '../lib/json.ts'
import { type ReadAt, shortTime } from '../lib/short-time.ts'
import { withTime } from '../messages/decision-line.ts'
import { failingWords } from '../segments/failing-words.ts'
import type { Flow } from './campaign.ts'
import type { KeptReason } from './decided-by.ts'
import type { EndReason } from './end-reason.ts'
import { stepsOf } from './flow-map.ts'
import { notEnteredLines } from './not-entered.ts'
import { stepWords } from './playbooks/picture.ts'
import { endReasonLine } from './reasons.ts'

type Said = { readonly ko: string; readonly en: string }
type Language = keyof Said

/** Why somebody did not enter, with what decided it and when it last did. `segmentName`: what a segment is called. */
export function notEnteredLine(
  told: { readonly why: KeptReason; readonly lastAt: number; readonly data: Json },
  segmentName: (id: number) => string | undefined,
  read: ReadAt,
): Said {
  const detail = detailOf(told, segmentName, read)
  const line = notEnteredLines[told.why]
  const said = (language: Language) =>
    withTime(line[language], detail[language], shortTime(told.lastAt, language, read))
  return { ko: said('ko'), en: said('en') }
}

const nothing: Said = { ko: '', en: '' }

function detailOf(
  { why, data }: { readonly why: KeptReason; readonly data: Json },
  segmentName: (id: number) => string | undefined,
  read: ReadAt,
): Said {
  const known = isJsonObject(data) ? data : {}
  const time = (at: Json | undefined, language: Language) =>
    typeof at === 'number' ? shortTime(at, language, read) : undefined
  switch (why) {
    case 'filtered':
      return failingWords(data) ?? nothing
    case 'not_in_audience': {
      const { segment } = known
      const name = typeof segment === 'number' ? (segmentName(segment) ?? '') : ''
      return { ko: name, en: name }
    }
    case 'too_late':
      return withTimes((language) => time(known.happenedAt, language), {
        ko: (at) => `${at}의 행동`,
        en: (at) => `it happened on ${at}`,
      })
    case 'already_in':
      return withTimes((language) => time(known.enteredAt, language), {
        ko: (at) => `${at}에 들어옴`,
        en: (at) => `entered on ${at}`,
      })
    case 'reentry': {
      if (known.decidedAt === null)
        return { ko: '한 번만 들어오는 캠페인', en: 'people enter this campaign once' }
      const last = withTimes((language) => time(known.decidedAt, language), {
        ko: (at) => `마지막 발송 결정 ${at}`,
        en: (at) => `last decided on ${at}`,
      })
      const next = withTimes((language) => time(known.until, language), {
        ko: (at) => `${at}부터 다시`,
        en: (at) => `again from ${at}`,
      })
      const both = (language: Language) =>
        [last[language], next[language]].filter((part) => part !== '').join(', ')
      return { ko: both('ko'), en: both('en') }
    }
    case 'internal':
      return { ko: '', en: '' }
    default:
      return unreachable(why)
  }
}

function withTimes(
  time: (language: Language) => string | undefined,
  say: { readonly ko: (at: string) => string; readonly en: (at: string) => string },
): Said {
  const said = (language: Language) => {
    const at = time(language)
    return at === undefined ? '' : say[language](at)
  }
  return { ko: said('ko'), en: said('en') }
}

/** One entry as far as its sentence goes. Times are UTC ms. */
type EntryTold = {
  readonly state: 'active' | 'done' | 'exited'
  readonly step: number
  readonly due: number | null
  readonly awaiting: boolean
  readonly endedAt: number | null
  readonly endReason: EndReason | null
}

/** Where an entry stands now (the step in words, until when), or how and when it ended. */
export function entryLine(
  told: EntryTold,
  known: {
    /** The version the person is under way on. */
    readonly flow: Flow
    readonly segments: ReadonlyMap<number, string>
  },
  read: ReadAt,
): Said {
  const said = (language: Language) => {
    if (told.state !== 'active') {
      const line = endReasonLine(told.endReason ?? 'completed')
      return told.endedAt === null
        ? line[language]
        : withTime(line[language], '', shortTime(told.endedAt, language, read))
    }
    const { segments } = known
    const step = stepsOf(known.flow).find(({ id }) => id === told.step)
    const where = step ? stepWords(step, { language, segments, zone: read.zone }) : ''
    return [where, waits(told, language, read)].filter((part) => part !== '').join(' · ')
  }
  return { ko: said('ko'), en: said('en') }
}

function waits(told: EntryTold, language: Language, read: ReadAt): string {
  const ko = language === 'ko'
  if (told.due !== null) {
    const due = shortTime(told.due, language, read)
    return ko ? `${due}에 다음으로` : `goes on at ${due}`
  }
  return told.awaiting ? (ko ? '답을 기다리는 중' : 'waiting for an answer') : ''
}
