import { expect, test } from 'vitest'
import { recogniseColumns } from './list-file.ts'

const columns = (...rows: string[][]) => {
  const found = recogniseColumns(rows)
  return found && { header: found.header, ...Object.fromEntries(found.at) }
}

test('columns are known by their names, in Korean and English', () => {
  expect(columns(['회원 아이디', '이름', '휴대폰 번호'], ['kim', '김', '010'])).toEqual({
    header: true,
    user: 0,
    phone: 2,
  })
  expect(columns(['Name', 'E-mail'], ['Kim', 'kim@x.kr'])).toEqual({ header: true, email: 1 })
})

test('the id in a file of ours is our own id of the customer', () => {
  expect(columns(['id', 'name', 'email', 'phone', 'entered_at'])).toEqual({
    header: true,
    customer: 0,
    email: 2,
    phone: 3,
  })
})

test('without a header what stands in a column says what it is', () => {
  expect(columns(['kim@x.kr'], ['lee@x.kr'])).toEqual({ header: false, email: 0 })
  expect(columns(['김', '010-1234-5678'], ['이', '1098765432'])).toEqual({
    header: false,
    phone: 1,
  })
  expect(columns(['보낼 곳'], ['kim@x.kr'], ['lee@x.kr'])).toEqual({ header: true, email: 0 })
  expect(columns(['kim01'], ['lee02'])).toEqual({ header: false, user: 0 })
})

test('several columns of which none says who are not guessed at', () => {
  expect(columns(['a', 'b'], ['c', 'd'])).toBeUndefined()
  expect(columns()).toBeUndefined()
})
