import { describe, expect, test } from 'vitest'
import { columnsOf } from './columns.ts'
import { type ImportKind, type Reading, readConsentRow } from './row.ts'
import { readRowDate } from './row-date.ts'

const seoul = 'Asia/Seoul'
const now = Date.UTC(2026, 2, 1)

describe('a date', () => {
  test('is read as spreadsheets, shop platforms and programs write it, in the zone of the shop', () => {
    const noon = Date.UTC(2024, 2, 1, 3)
    for (const text of [
      '2024-03-01 12:00:00',
      '2024.03.01 12:00',
      '2024/3/1 12:00',
      '2024. 3. 1. 오후 12:00',
      '2024년 3월 1일 12:00',
      '20240301120000',
      '2024-03-01T12:00:00+09:00',
      '2024-03-01T03:00:00Z',
      '2024-03-01 12:00 PM',
    ])
      expect(readRowDate(text, seoul), text).toEqual({ at: noon, dayOnly: false })
    const midnight = Date.UTC(2024, 1, 29, 15)
    for (const text of [
      '2024-03-01',
      '2024.3.1',
      '20240301',
      '2024년 3월 1일',
      '2024-03-01 오전 12:00',
    ])
      expect(readRowDate(text, seoul)?.at, text).toBe(midnight)
  })

  test('is not guessed', () => {
    for (const text of [
      '03/04/2024',
      '2024-02-30',
      '2024-13-01',
      '어제',
      '',
      '24.3.1',
      '45352',
      '1970-01-01',
    ])
      expect(readRowDate(text, seoul), text).toBeUndefined()
  })
})

const read = (kind: ImportKind, lines: readonly (readonly string[])[], from = '회원가입') => {
  const columns = columnsOf(lines)
  if (!columns) throw new Error('no columns')
  const reading: Reading = { kind, columns, zone: seoul, now, from }
  return lines
    .slice(columns.header ? 1 : 0)
    .map((cells, index) => readConsentRow({ line: index + 2, cells }, reading))
}

describe('a file of consents', () => {
  test('may have a line a channel', () => {
    const [mail, text, refused] = read('consents', [
      ['이메일', '휴대폰', '채널', '동의여부', '동의일시', '출처', '문구'],
      ['a@b.co', '', '이메일', '동의', '2024-03-01', '이벤트', 'v3'],
      ['', '010-1234-5678', 'sms, 카카오톡', 'Y', '2024-03-01 10:00', '', ''],
      ['a@b.co', '', '이메일', '수신거부', '2024-05-01', '', ''],
    ])
    expect(mail).toMatchObject({
      who: { email: 'a@b.co' },
      wording: 'v3',
      evidence: { from: '이벤트' },
      words: [{ channel: 'email', granted: true, scope: 'ad_day', at: Date.UTC(2024, 1, 29, 15) }],
    })
    expect(text).toMatchObject({
      evidence: { from: '회원가입' },
      words: [{ channel: 'sms' }, { channel: 'kakao' }],
    })
    // A day without a time: the refusal holds to its last instant.
    expect(refused).toMatchObject({
      words: [{ granted: false, at: Date.UTC(2024, 4, 1, 14, 59, 59, 999) }],
    })
  })

  test('may have a column a channel, as shop platforms export members', () => {
    const [row] = read('consents', [
      ['아이디', 'SMS 수신여부', '이메일 수신여부', '야간', '변경일'],
      ['kim', 'T', 'F', 'T', '2024-03-01'],
    ])
    expect(row).toMatchObject({
      who: { user: 'kim' },
      words: [
        { channel: 'email', granted: false },
        { channel: 'sms', granted: true, scope: 'ad_day' },
        { channel: 'sms', granted: true, scope: 'ad_night' },
      ],
    })
  })

  test('says by line what is missing of a consent, and wants no date of a refusal', () => {
    const header = ['email', 'channel', 'answer', 'date']
    const faults = read('consents', [
      header,
      ['', 'email', 'Y', '2024-03-01'],
      ['not an address', 'email', 'Y', '2024-03-01'],
      ['a@b.co', '', 'Y', '2024-03-01'],
      ['a@b.co', 'pigeon', 'Y', '2024-03-01'],
      ['a@b.co', 'email', 'maybe', '2024-03-01'],
      ['a@b.co', 'email', 'Y', ''],
      ['a@b.co', 'email', 'Y', '3월 1일'],
      ['a@b.co', 'email', 'Y', '2026-03-02'],
      ['a@b.co', 'email', 'N', ''],
    ]).map((row) => ('fault' in row ? row.fault : row.words[0]))
    expect(faults).toEqual([
      'no_person',
      'unreadable_address',
      'no_channel',
      'unknown_channel',
      'unclear_answer',
      'no_date',
      'unreadable_date',
      'future_date',
      { channel: 'email', granted: false, scope: 'ad_day', at: null },
    ])
    const [homeless] = read('consents', [header, ['a@b.co', 'email', 'Y', '2024-03-01']], '')
    expect(homeless).toMatchObject({ fault: 'no_source' })
  })
})

describe('a lent number (050)', () => {
  const header = ['이메일', '휴대폰', '아이디', '채널', '동의여부', '동의일시']
  const told = (cells: readonly string[]) => {
    const [row] = read('consents', [header, cells])
    return row && 'fault' in row ? row.fault : row?.words.map(({ channel }) => channel)
  }
  test('consents to nothing, and does not stand in the way of an address or an id', () => {
    expect(told(['', '0504-1234-5678', '', 'sms', 'Y', '2024-03-01'])).toBe('safe_number')
    expect(told(['', '0504-1234-5678', '', 'email', 'Y', '2024-03-01'])).toBe('safe_number')
    expect(told(['a@b.co', '0504-1234-5678', '', '이메일,sms', 'Y', '2024-03-01'])).toBe(
      'safe_number',
    )
    expect(told(['a@b.co', '0504-1234-5678', '', 'email', 'Y', '2024-03-01'])).toEqual(['email'])
    expect(told(['', '0504-1234-5678', 'kim', 'sms', 'Y', '2024-03-01'])).toEqual(['sms'])
  })

  test('is closed when it refuses, like any other', () => {
    expect(told(['', '0504-1234-5678', '', 'sms', 'N', ''])).toEqual(['sms'])
    expect(read('optOut080', [['0504-1234-5678']])).toMatchObject([
      { who: { phone: '+8250412345678' } },
    ])
  })
})

describe('a list of refusals', () => {
  test('may be bare numbers or addresses, without a header and without dates', () => {
    expect(read('optOut080', [['010-1234-5678'], ['1087654321']])).toMatchObject([
      {
        who: { phone: '+821012345678' },
        words: [{ channel: 'sms', at: null }, { channel: 'kakao' }],
      },
      { who: { phone: '+821087654321' } },
    ])
    expect(read('oldTool', [['수신거부자'], ['a@b.co']])).toMatchObject([
      { who: { email: 'a@b.co' }, words: [{ channel: 'email', granted: false }] },
    ])
    expect(columnsOf([['이름'], ['김하늘']])).toBeUndefined()
  })

  test('is not lost because a heading says something else', () => {
    const lines = [
      ['이메일', '거부하신 분'],
      ['', '010-1234-5678'],
      ['a@b.co', '010-8765-4321'],
      ['', '20240301'],
    ]
    expect(read('oldTool', lines)).toMatchObject([
      { who: { phone: '+821012345678' }, words: [{ channel: 'sms' }, { channel: 'kakao' }] },
      { who: { email: 'a@b.co', phone: '+821087654321' } },
      { fault: 'no_person' },
    ])
    // Nobody is taken to have consented with what stands in some other column.
    expect(read('consents', lines)).toMatchObject([{ fault: 'no_person' }, {}, {}])
  })

  test('holds whatever day it writes, and closes the channel it names', () => {
    expect(
      read('oldTool', [
        ['휴대폰', '이메일', '채널', '거부일'],
        ['010-1234-5678', 'a@b.co', '문자', '2020-01-01'],
        ['010-1234-5678', 'a@b.co', '', ''],
      ]).map((row) =>
        'words' in row ? row.words.map((word) => [word.channel, word.at]) : row.fault,
      ),
    ).toEqual([
      [['sms', null]],
      [
        ['email', null],
        ['sms', null],
        ['kakao', null],
      ],
    ])
  })
})
