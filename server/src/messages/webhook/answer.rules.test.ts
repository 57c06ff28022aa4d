import { expect, test } from 'vitest'
import { answerOf } from './answer.ts'

test('a JSON object is an answer, without the addresses of people', () => {
  expect(answerOf('{"stock":3,"email":"a@b.kr","grade":{"name":"gold"}}')).toEqual({
    stock: 3,
    grade: { name: 'gold' },
  })
})

test('everything else that a server may say is none', () => {
  const deep = `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`
  const none = ['', 'ok', '[1]', '3', 'null', '{"a":', '{"__proto__":{"x":1}}', deep, '<html>']
  for (const words of [...none, JSON.stringify({ a: 'x'.repeat(9_000) })])
    expect(answerOf(words), words.slice(0, 20)).toBeUndefined()
})
