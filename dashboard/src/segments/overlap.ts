import type { Overlap } from '../api/segment-page.ts'

/** People in exactly these segments and in none of the others that were asked. */
export type Region = { readonly segments: readonly number[]; readonly members: number }

/** The picture's rows: each combination of segments that has people, the largest first. */
export function regionsOf({ segments, intersections }: Overlap): readonly Region[] {
  const ids = segments.map(({ id }) => id)
  const inAll = new Map(intersections.map((one) => [keyOf(one.segments), one.members]))
  for (const one of segments) inAll.set(keyOf([one.id]), one.members)
  return subsets(ids)
    .map((chosen): Region => {
      // Inclusion and exclusion: those in all of them, less those who are in further ones as well.
      const rest = ids.filter((id) => !chosen.includes(id))
      const members = [[], ...subsets(rest)].reduce((sum, more) => {
        const size = inAll.get(keyOf([...chosen, ...more])) ?? 0
        return sum + (more.length % 2 === 0 ? size : -size)
      }, 0)
      return { segments: chosen, members: Math.max(0, members) }
    })
    .filter(({ members }) => members > 0)
    .sort((a, b) => b.members - a.members)
}

const keyOf = (ids: readonly number[]) => [...ids].sort((a, b) => a - b).join(',')

/** Every choice of one or more. */
function subsets(ids: readonly number[]): readonly (readonly number[])[] {
  const [first, ...rest] = ids
  if (first === undefined) return []
  const without = subsets(rest)
  return [[first], ...without.map((one) => [first, ...one]), ...without]
}

type Circles = { readonly radii: readonly [number, number]; readonly apart: number }

/** Two circles whose areas and common area are in proportion to the people; `apart` is between their centres. */
export function circlesOf(sizes: readonly [number, number], both: number, most: number): Circles {
  const largest = Math.max(...sizes, 1)
  const radii = sizes.map((size) => Math.sqrt(size / largest) * most) as [number, number]
  const [a, b] = radii
  const wanted = (both / largest) * Math.PI * most * most
  let low = Math.abs(a - b)
  let high = a + b
  // The common area shrinks as the centres part: halving finds where it is right.
  for (let turn = 0; turn < 40; turn++) {
    const middle = (low + high) / 2
    if (commonArea(a, b, middle) > wanted) low = middle
    else high = middle
  }
  return { radii, apart: both === 0 ? a + b + 6 : (low + high) / 2 }
}

/** The area that two circles share (circular segments on both sides of their chord). */
function commonArea(a: number, b: number, apart: number): number {
  if (apart >= a + b) return 0
  if (apart <= Math.abs(a - b)) return Math.PI * Math.min(a, b) ** 2
  const half = (near: number, far: number) =>
    Math.acos((apart ** 2 + near ** 2 - far ** 2) / (2 * apart * near))
  const [x, y] = [half(a, b), half(b, a)]
  return a * a * (x - Math.sin(2 * x) / 2) + b * b * (y - Math.sin(2 * y) / 2)
}
