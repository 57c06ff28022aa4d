import { mix } from './brush.ts'
import { bowls, carafe, mug, plate, teapot } from './clay.ts'
import { apron, blanket, cushion, tote, towels } from './cloth.ts'
import { granola, honey, jar, pouch, tin } from './pantry.ts'
import { calendar, letters, notebook, pen } from './paper.ts'
import { candle, diffuser, incense, soap, spray } from './scent.ts'

const recipes = {
  mug,
  bowls,
  plate,
  teapot,
  carafe,
  towels,
  apron,
  blanket,
  cushion,
  tote,
  candle,
  diffuser,
  incense,
  spray,
  soap,
  tin,
  jar,
  honey,
  pouch,
  granola,
  notebook,
  pen,
  calendar,
  letters,
} as const

export type PictureName = keyof typeof recipes

const walls: { readonly [name in PictureName]: string } = {
  mug: '#d9cfc0',
  bowls: '#d3d6cd',
  plate: '#c9bfae',
  teapot: '#b9c0b4',
  carafe: '#dde4df',
  towels: '#e3d9cc',
  apron: '#e6ded0',
  blanket: '#d5d2c6',
  cushion: '#cfc6bb',
  tote: '#c8cfc2',
  candle: '#d8c2b2',
  diffuser: '#d9d2c2',
  incense: '#c7c5bf',
  spray: '#cbd3d4',
  soap: '#d2d4c8',
  tin: '#dcd8c6',
  jar: '#d5dbcd',
  honey: '#e2d8c4',
  pouch: '#d8dacf',
  granola: '#d3c7b7',
  notebook: '#dad5cb',
  pen: '#c5bcae',
  calendar: '#cdd2c9',
  letters: '#d9cbbd',
}

const names = Object.keys(recipes) as readonly PictureName[]

export function isPicture(name: string): name is PictureName {
  return (names as readonly string[]).includes(name)
}

/** A product's picture as an SVG document: a wall with window light, a table, and the thing on it. */
export function picture(name: PictureName): string {
  const wall = walls[name]
  const table = mix(wall, '#8d6f52', 0.34)
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400"><defs><filter id="soft" x="-30%" y="-80%" width="160%" height="260%"><feGaussianBlur stdDeviation="7"/></filter><linearGradient id="wall" x1="0" x2="1" y1="0" y2="1"><stop offset="0" stop-color="${mix(wall, '#ffffff', 0.34)}"/><stop offset="1" stop-color="${wall}"/></linearGradient><linearGradient id="table" x1="0" x2="0" y1="0" y2="1"><stop offset="0" stop-color="${mix(table, '#ffffff', 0.16)}"/><stop offset="1" stop-color="${table}"/></linearGradient></defs><rect width="400" height="400" fill="url(#wall)"/><path d="M28 0H140L86 284H-30ZM166 0H250L212 284H108Z" fill="#fffdf4" opacity=".26"/><rect y="284" width="400" height="116" fill="url(#table)"/><path d="M-30 284H86L62 400H-80ZM108 284H212L204 400H84Z" fill="#fffdf4" opacity=".14"/>${recipes[name]()}</svg>`
}

/** The thing alone on a clear ground, for the front page's shelf. */
export function cutOut(name: PictureName): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="30 20 340 330"><defs><filter id="soft" x="-30%" y="-80%" width="160%" height="260%"><feGaussianBlur stdDeviation="7"/></filter></defs>${recipes[name]()}</svg>`
}
