import { box, flat, line, mix, oval, path, round, shadow, tone } from './brush.ts'

/** Folded, hung and stuffed cloth. */
export function towels(): string {
  const colours = ['#d9c3a5', '#f2ebde', '#9fb0a0'].map(tone)
  const waffle = `<pattern id="waffle" width="11" height="9" patternUnits="userSpaceOnUse"><path d="M0 0H11M0 0V9" stroke="#3b2a20" stroke-opacity=".17" stroke-width="1.6"/></pattern>`
  const layers = colours.map((colour, i) => {
    const y = 262 - i * 58
    const x = 92 + i * 5
    const width = 216 - i * 8
    const d = `M${x + 26} ${y}H${x + width}Q${x + width + 6} ${y} ${x + width + 6} ${y + 8}V${y + 52}Q${x + width + 6} ${y + 60} ${x + width} ${y + 60}H${x + 26}C${x - 12} ${y + 60} ${x - 12} ${y} ${x + 26} ${y}Z`
    return `${path(d, `url(#t${i})`)}${path(d, 'url(#waffle)')}${line(`M${x + 34} ${y + 30}H${x + width + 4}`, [colour.dark, 2.4], 'opacity=".7"')}${line(`M${x + 34} ${y + 16}C${x + 14} ${y + 16} ${x + 14} ${y + 44} ${x + 34} ${y + 44}`, [colour.dark, 2], 'opacity=".55"')}`
  })
  return `<defs>${waffle}${colours.map((colour, i) => flat(`t${i}`, colour)).join('')}</defs>${shadow(204, 324, 116)}${layers.join('')}
    ${line('M196 140C190 112 204 98 214 84', ['#6d7f5f', 3])}${path('M205 112c-20 0 -28 -10 -28 -22c18 -2 28 8 28 22Z', '#8b9e7a')}${path('M208 102c18 2 28 -8 28 -20c-18 -2 -28 6 -28 20Z', '#7a8f6b')}`
}

export function apron(): string {
  const linen = tone('#7f8b7c')
  return `<defs>${flat('linen', linen)}</defs>
    ${line('M110 74H290', ['#7b5536', 9])}${line('M168 132C166 92 178 76 200 74C222 76 234 92 232 132', [linen.dark, 8])}
    ${path('M160 128H240C242 166 262 182 286 190L292 322Q246 340 200 338Q154 340 108 322L114 190C138 182 158 166 160 128Z', 'url(#linen)')}
    ${line('M286 192C312 200 326 224 318 262M114 192C88 200 76 226 86 256', [linen.dark, 7])}
    ${path('M146 232H254V290Q200 300 146 290Z', linen.base)}${line('M146 232H254V290Q200 300 146 290ZM200 232V295', [linen.dark, 2], 'stroke-dasharray="6 5"')}
    ${line('M166 136H234', [linen.deep, 2], 'stroke-dasharray="6 5" opacity=".7"')}
    ${path('M206 232L212 198L236 204L238 232Z', '#f2ebde')}${line('M216 206L232 211M215 216L233 221', ['#b4532a', 2])}
    ${line('M134 210C130 250 132 290 128 318M268 212C272 250 268 290 274 316', [linen.dark, 2], 'opacity=".45"')}`
}

export function blanket(): string {
  const quilt = tone('#c98f6b')
  const back = tone('#f0e4d2')
  const fold = (y: number) =>
    `M84 ${y + 8}Q84 ${y} 94 ${y}H296C330 ${y} 330 ${y + 56} 296 ${y + 56}H94Q84 ${y + 56} 84 ${y + 48}Z`
  const rows = [266, 208].map(
    (y, i) =>
      `${path(fold(y), i ? 'url(#quilt)' : 'url(#lining)')}${path(fold(y), 'url(#stitch)', i ? '' : 'opacity=".35"')}${line(`M292 ${y + 18}C304 ${y + 18} 304 ${y + 40} 292 ${y + 40}`, [quilt.dark, 3], 'opacity=".6"')}`,
  )
  return `<defs><pattern id="stitch" width="30" height="30" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><path d="M0 0H30M0 0V30" stroke="#5b3621" stroke-opacity=".5" stroke-width="1.8" stroke-dasharray="5 4"/></pattern>${flat('quilt', quilt)}${flat('lining', back)}</defs>
    ${shadow(200, 324, 128)}${rows.join('')}
    ${path('M84 214Q84 164 116 152H300Q326 156 322 200C326 206 318 212 296 210H94Z', 'url(#quilt)')}${path('M84 214Q84 164 116 152H300Q326 156 322 200C326 206 318 212 296 210H94Z', 'url(#stitch)')}
    ${path('M206 152H300Q326 156 322 200C322 232 300 262 262 268C236 240 214 204 206 152Z', 'url(#lining)')}${line('M212 158C222 204 240 238 264 264', [quilt.dark, 2], 'stroke-dasharray="6 5" opacity=".7"')}`
}

export function cushion(): string {
  const wool = tone('#d8b26a')
  return `<defs>${round('wool', wool)}<pattern id="weave" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M0 2H5M4 6H8" stroke="${wool.dark}" stroke-width="1.3" opacity=".5"/></pattern></defs>${shadow(202, 326, 112)}
    ${path('M96 112Q90 98 106 102Q200 122 294 102Q310 98 304 112Q286 206 306 308Q310 322 294 320Q200 304 106 320Q90 322 94 308Q114 206 96 112Z', 'url(#wool)')}
    ${path('M96 112Q90 98 106 102Q200 122 294 102Q310 98 304 112Q286 206 306 308Q310 322 294 320Q200 304 106 320Q90 322 94 308Q114 206 96 112Z', 'url(#weave)')}
    ${line('M200 212C176 176 136 142 110 116M200 212C226 176 264 142 290 116M200 212C176 246 140 284 112 306M200 212C226 246 262 284 288 306', [wool.dark, 3], 'opacity=".28"')}
    ${oval([200, 212, 17, 16], '#fff8ea')}${oval([203, 215, 16, 15], mix('#fff8ea', wool.dark, 0.35), 'opacity=".6"')}${oval([198, 210, 14, 13], '#fffaf0')}
    ${[
      [196, 207],
      [204, 207],
      [196, 214],
      [204, 214],
    ]
      .map(([x = 0, y = 0]) => oval([x, y, 1.8, 1.8], wool.deep))
      .join('')}`
}

export function tote(): string {
  const cotton = tone('#ece3d2')
  return `<defs>${flat('cotton', cotton)}</defs>${shadow(204, 328, 100)}
    ${line('M158 168C152 84 176 66 200 66C224 66 248 84 242 168', [cotton.dark, 13])}
    ${line('M232 150C236 116 262 70 288 50M240 150C258 120 284 96 312 84M226 150C226 112 236 70 250 44', ['#6f8f5a', 8])}${line('M232 150C236 126 244 108 254 96', ['#f4f1e4', 11])}
    ${path('M112 158Q200 172 288 158L300 312Q302 328 286 328H114Q98 328 100 312Z', 'url(#cotton)')}
    ${line('M114 172Q200 186 286 172', [cotton.dark, 2], 'stroke-dasharray="6 5"')}${line('M154 170C148 96 172 82 200 82C228 82 252 96 246 170', [cotton.base, 12])}
    ${line('M128 300C132 270 126 230 134 196M274 304C268 268 278 236 268 200', [cotton.dark, 2.4], 'opacity=".5"')}
    <text x="200" y="262" text-anchor="middle" font-family="Pretendard,'Noto Sans KR','Noto Sans CJK KR',sans-serif" font-size="30" letter-spacing="9" fill="#b4532a">장 날</text>
    ${box([172, 276, 56, 2], '#b4532a')}`
}
