import { box, line, oval, path, round, shadow, specks, tone } from './brush.ts'

/** Pots, cups and glass. Each recipe draws on 400 x 400 and stands on the table at about y = 322. */
export function mug(): string {
  const clay = tone('#e3d8c8')
  return `<defs>${round('clay', clay)}</defs>${shadow(196, 322, 66)}
    ${line('M250 200C304 192 304 274 246 280', [clay.dark, 19])}${line('M250 199C300 193 300 270 246 277', [clay.base, 14])}
    ${path('M134 170L141 296Q143 322 168 322H224Q249 322 251 296L258 170Z', 'url(#clay)')}
    ${path('M137 232L141 296Q143 322 168 322H224Q249 322 251 296L255 232Q196 252 137 232Z', '#b98a63', 'opacity=".55"')}
    ${specks(46, [146, 190, 100, 120], '#6b5443')}
    ${oval([196, 170, 62, 15], clay.light)}${oval([196, 171, 55, 11.5], '#7a4a2c')}${oval([190, 172, 44, 8], '#94603c')}
    ${line('M178 140C170 124 188 116 180 98M206 142C198 126 216 118 208 102', ['#ffffff', 4], 'opacity=".5"')}`
}

function bowl(
  at: readonly [x: number, y: number, radius: number],
  fill: string,
  inside: string,
): string {
  const [x, y, radius] = at
  const d = `M${x - radius} ${y}C${x - radius} ${y + radius * 0.82} ${x - radius * 0.45} ${y + radius * 0.98} ${x - radius * 0.4} ${y + radius}H${x + radius * 0.4}C${x + radius * 0.45} ${y + radius * 0.98} ${x + radius} ${y + radius * 0.82} ${x + radius} ${y}Z`
  const foot = box(
    [x - radius * 0.36, y + radius * 0.96, radius * 0.72, radius * 0.14],
    fill,
    'rx="3"',
  )
  return `${foot}${path(d, fill)}${oval([x, y, radius, radius * 0.2], '#fffaf0', 'opacity=".9"')}${oval([x, y + 1, radius * 0.92, radius * 0.155], inside)}`
}

export function bowls(): string {
  const grey = tone('#8fa3a0')
  const cream = tone('#eadfcd')
  return `<defs>${round('grey', grey)}${round('cream', cream)}</defs>${shadow(150, 324, 76)}${shadow(276, 324, 58)}
    ${bowl([146, 238, 78], 'url(#grey)', grey.deep)}${bowl([146, 208, 72], 'url(#grey)', grey.dark)}
    ${specks(34, [92, 222, 106, 70], '#41504e')}
    ${bowl([280, 256, 60], 'url(#cream)', cream.dark)}
    ${path('M232 254C240 222 262 232 268 224C280 210 300 222 304 230C322 228 328 246 328 254Z', '#fffdf6')}
    ${specks(26, [244, 230, 70, 22], '#cdbfa6')}`
}

export function plate(): string {
  const glaze = tone('#f1ece1')
  const leaf = '#5f7a63'
  return `<defs><radialGradient id="dish" cx=".38" cy=".34" r=".75"><stop offset="0" stop-color="#ffffff"/><stop offset=".7" stop-color="${glaze.base}"/><stop offset="1" stop-color="${glaze.dark}"/></radialGradient></defs>
    ${shadow(206, 326, 104)}${line('M132 326L150 252M268 326L250 252', ['#8a6242', 9])}
    ${oval([200, 204, 118, 118], 'url(#dish)')}${oval([200, 204, 84, 84], 'none', `stroke="${glaze.dark}" stroke-width="1.6" opacity=".55"`)}
    ${oval([200, 204, 114, 114], 'none', 'stroke="#b98a63" stroke-width="2.4" opacity=".6"')}
    ${line('M160 248C186 224 214 194 242 156', [leaf, 3.4])}
    ${[0, 1, 2, 3].map((i) => path(`M${176 + i * 18} ${232 - i * 21}c-24 2 -34 -10 -34 -24c22 -2 32 8 34 24Z`, leaf, 'opacity=".82"') + path(`M${182 + i * 18} ${226 - i * 21}c24 2 32 14 26 28c-20 0 -28 -12 -26 -28Z`, '#7d9577', 'opacity=".78"')).join('')}`
}

export function teapot(): string {
  const moon = tone('#efe9df')
  return `<defs>${round('moon', moon)}</defs>${shadow(198, 324, 92)}
    ${line('M126 176C122 70 272 70 268 176', ['#7b5536', 13])}${line('M129 168C128 84 266 84 265 168', ['#a87a50', 5])}
    ${path('M262 236C300 236 304 194 330 176C340 170 346 178 340 186C322 212 318 268 258 282Z', 'url(#moon)')}
    ${path('M104 240C104 188 150 166 196 166C242 166 288 188 288 240C288 292 246 322 230 322H162C146 322 104 292 104 240Z', 'url(#moon)')}
    ${specks(30, [128, 190, 130, 110], '#8f7f6c')}
    ${oval([196, 169, 56, 13], moon.dark)}${path('M142 167C150 144 242 144 250 167C240 178 152 178 142 167Z', 'url(#moon)')}
    ${oval([196, 140, 13, 11], '#a87a50')}${oval([192, 137, 5, 4], '#d9b38c')}`
}

export function carafe(): string {
  return `<defs><linearGradient id="glass" x1="0" x2="1"><stop offset="0" stop-color="#ffffff" stop-opacity=".85"/><stop offset=".3" stop-color="#dff0ee" stop-opacity=".35"/><stop offset=".8" stop-color="#a9cfcc" stop-opacity=".5"/><stop offset="1" stop-color="#7fb1ae" stop-opacity=".75"/></linearGradient><linearGradient id="water" x1="0" x2="1"><stop offset="0" stop-color="#cfe9e7"/><stop offset="1" stop-color="#88bdbb"/></linearGradient></defs>
    ${shadow(196, 324, 72)}
    ${path('M130 236C128 288 134 322 156 322H236C258 322 264 288 262 236Q196 250 130 236Z', 'url(#water)', 'opacity=".85"')}
    ${oval([196, 236, 66, 11], '#e9f7f6', 'opacity=".9"')}
    ${path('M176 92V146C140 166 130 206 130 246C130 290 134 322 156 322H236C258 322 262 290 262 246C262 206 252 166 216 146V92Z', 'url(#glass)')}
    ${line('M148 214C146 246 148 280 154 302', ['#ffffff', 7], 'opacity=".75"')}
    ${path('M174 62H218L215 104H177Z', '#c79a6b')}${oval([196, 62, 22, 6], '#e0bd94')}${specks(12, [180, 70, 32, 28], '#7b5536')}
    ${specks(16, [150, 250, 90, 60], '#ffffff')}
    ${path('M288 262L294 318Q295 324 302 324H326Q333 324 334 318L340 262Z', 'url(#glass)')}${oval([314, 262, 26, 6], '#f2fbfa', 'opacity=".9"')}${path('M291 288L294 318Q295 324 302 324H326Q333 324 334 318L337 288Q314 294 291 288Z', 'url(#water)', 'opacity=".7"')}`
}
