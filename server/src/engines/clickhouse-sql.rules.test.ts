import { expect, test } from 'vitest'
import {
  exceptionCode,
  exceptionStatus,
  exceptionText,
  laneOf,
  literal,
  readStatement,
} from './clickhouse-sql.ts'

test('an insert of rows is read with its table, columns and format, and what follows is data', () => {
  expect(
    readStatement('INSERT INTO `d`.`events` (`shop`, at) FORMAT JSONEachRow\n{"shop":1}', 'TSV'),
  ).toEqual({
    kind: 'data',
    table: 'd.events',
    columns: ['shop', 'at'],
    format: 'JSONEachRow',
    inline: '{"shop":1}',
  })
})

test('an insert of a query, and one in a format the engine takes no bytes of, are commands', () => {
  expect(readStatement('insert into a select * from b', 'TSV').kind).toBe('command')
  expect(readStatement('insert into a format Native\n', 'TSV').kind).toBe('command')
  expect(readStatement('insert into a values (1)', 'TSV').kind).toBe('command')
})

test('remarks before the first word do not hide a query', () => {
  expect(readStatement('-- why\n/* and how */ with 1 as x select x', 'TabSeparated')).toEqual({
    kind: 'select',
    format: 'TabSeparated',
    streams: true,
  })
})

test('only formats without a head or a foot are streamed', () => {
  expect(readStatement('select 1 FORMAT JSON', 'TSV')).toMatchObject({ streams: false })
  expect(readStatement('select 1 format JSONEachRow settings a = 1;', 'TSV')).toMatchObject({
    format: 'JSONEachRow',
    streams: true,
  })
  expect(readStatement('show tables', 'TSV')).toMatchObject({ streams: false })
})

test('statements that would change a shared session are told apart', () => {
  expect(readStatement(' SET max_threads = 1', 'TSV').kind).toBe('session')
  expect(readStatement('use other', 'TSV').kind).toBe('session')
  expect(readStatement('select 1 as settings', 'TSV').kind).toBe('select')
})

test('inserts never wait behind reads, nor short reads behind long ones', () => {
  const select = readStatement('select 1', 'TSV')
  const insert = readStatement('insert into t format TSV', 'TSV')
  expect(laneOf(insert, 3_600_000)).toBe('write')
  expect(laneOf(select, 10_000)).toBe('read')
  expect(laneOf(select, 10_001)).toBe('long')
  expect(laneOf({ kind: 'command' }, 5_000)).toBe('write')
  expect(laneOf({ kind: 'command' }, 60_000)).toBe('long')
})

test('quotes and backslashes stay inside a literal', () => {
  expect(literal("a'b\\c")).toBe("'a\\'b\\\\c'")
})

test('exceptions keep their number, and what has none becomes unknown', () => {
  expect(exceptionCode('Code: 60. DB::Exception: Table d.t does not exist. (UNKNOWN_TABLE)')).toBe(
    60,
  )
  expect(exceptionStatus(60)).toBe(404)
  expect(exceptionText('boom', '26.7')).toBe(
    'Code: 1002. DB::Exception: boom (UNKNOWN_EXCEPTION) (version 26.7)\n',
  )
})
