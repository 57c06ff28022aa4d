/** A colour with its light and its shade. */
export type Tone = {
  readonly light: string
  readonly base: string
  readonly dark: string
  readonly deep: string
}

/** Mixes two `#rrggbb` colours; share 0 is all of the first. */
export function mix(first: string, second: string, share: number): string {
  const channel = (colour: string, at: number) =>
    Number.parseInt(colour.slice(1 + at * 2, 3 + at * 2), 16)
  const parts = [0, 1, 2].map((at) =>
    Math.round(channel(first, at) * (1 - share) + channel(second, at) * share)
      .toString(16)
      .padStart(2, '0'),
  )
  return `#${parts.join('')}`
}

export function tone(base: string): Tone {
  return {
    light: mix(base, '#ffffff', 0.42),
    base,
    dark: mix(base, '#3b2a20', 0.24),
    deep: mix(base, '#2a1d16', 0.5),
  }
}

/** Light from the upper left, across a round thing. */
export function round(id: string, colours: Tone): string {
  return `<linearGradient id="${id}" x1="0" x2="1" y1="0" y2="0.18"><stop offset="0" stop-color="${mix(colours.base, colours.light, 0.5)}"/><stop offset=".28" stop-color="${colours.light}"/><stop offset=".62" stop-color="${colours.base}"/><stop offset="1" stop-color="${colours.dark}"/></linearGradient>`
}

/** Light from above, on a flat thing. */
export function flat(id: string, colours: Tone): string {
  return `<linearGradient id="${id}" x1="0" x2=".35" y1="0" y2="1"><stop offset="0" stop-color="${colours.light}"/><stop offset="1" stop-color="${colours.base}"/></linearGradient>`
}

/** A stroke: its colour and its width. */
export type Pen = readonly [stroke: string, width: number]

export function path(d: string, fill: string, more = ''): string {
  return `<path d="${d}" fill="${fill}" ${more}/>`
}

export function line(d: string, pen: Pen, more = ''): string {
  const [stroke, width] = pen
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`
}

export function oval(
  at: readonly [x: number, y: number, rx: number, ry: number],
  fill: string,
  more = '',
): string {
  const [x, y, rx, ry] = at
  return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}" ${more}/>`
}

export function box(
  at: readonly [x: number, y: number, width: number, height: number],
  fill: string,
  more = '',
): string {
  const [x, y, width, height] = at
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" ${more}/>`
}

/** The soft shadow a thing throws to the right on the table. */
export function shadow(x: number, y: number, halfWidth: number): string {
  return oval(
    [x + halfWidth * 0.22, y, halfWidth * 1.18, Math.max(7, halfWidth * 0.13)],
    '#2b1d12',
    'opacity=".2" filter="url(#soft)"',
  )
}

/** A small paper label with the shop's name. */
export function label(x: number, y: number, text: string): string {
  const width = 22 + text.length * 17
  return `${box([x - width / 2, y - 22, width, 44], '#fdfaf3', 'rx="3" opacity=".95"')}<text x="${x}" y="${y + 6}" text-anchor="middle" font-family="Pretendard,'Noto Sans KR','Noto Sans CJK KR','Apple SD Gothic Neo',sans-serif" font-size="17" letter-spacing="2" fill="#4a3d33">${text}</text>`
}

/** Specks of the clay, the same for the same number. */
export function specks(
  count: number,
  within: readonly [x: number, y: number, width: number, height: number],
  fill: string,
): string {
  const [x, y, width, height] = within
  return Array.from({ length: count }, (_, i) => {
    const across = ((i * 0.7548776662) % 1) * width
    const down = ((i * 0.569840291) % 1) * height
    return oval([x + across, y + down, 1 + (i % 3) * 0.5, 1 + (i % 2) * 0.5], fill, 'opacity=".35"')
  }).join('')
}
