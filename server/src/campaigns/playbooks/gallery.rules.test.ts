import { expect, test } from 'vitest'
import { validate } from '../flow-problems.ts'
import { gallery } from './gallery.ts'

test.each(Object.entries(gallery))(
  '%s is a draft without a problem in both languages',
  (id, one) => {
    expect(one.id).toBe(id)
    for (const language of ['ko', 'en'] as const) expect(validate(one.flow(language))).toEqual([])
  },
)
