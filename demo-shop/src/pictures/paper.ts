import { box, flat, line, oval, path, round, shadow, tone } from './brush.ts'

/** Things to write with and on. */
export function notebook(): string {
  const cover = tone('#5d6f7d')
  return `<defs>${flat('cover', cover)}</defs>${shadow(206, 328, 116)}
    ${path('M116 96L282 82Q292 82 293 92L310 300Q310 312 300 313L134 328Z', '#e9e1d2')}${path('M122 102L286 88M126 108L290 94M130 112L292 100', 'none', 'stroke="#cfc4b0" stroke-width="1.6"')}
    ${path('M108 92L274 78Q285 78 286 88L303 298Q303 309 293 310L126 325Z', 'url(#cover)')}${path('M108 92L134 90L152 323L126 325Z', cover.dark)}
    ${[0, 1, 2, 3, 4].map((i) => line(`M${114 + i * 4} ${118 + i * 44}L${138 + i * 3.2} ${116 + i * 44}`, ['#f2ebde', 3.4])).join('')}
    ${path('M180 142L252 136L256 184L184 190Z', '#fbf5e8')}${line('M194 158L240 154M196 172L228 169', ['#8a7c6c', 2.6])}${line('M262 80L262 50L250 62L240 52L242 82', ['#b4532a', 3])}${path('M240 81L262 79L260 36L249 46L238 38Z', '#b4532a')}`
}

export function pen(): string {
  const brass = tone('#c39a4c')
  return `<defs><linearGradient id="brass" x1="0" x2="0" y1="0" y2="1"><stop offset="0" stop-color="${brass.dark}"/><stop offset=".28" stop-color="#f3dda6"/><stop offset=".6" stop-color="${brass.base}"/><stop offset="1" stop-color="${brass.deep}"/></linearGradient></defs>
    ${path('M70 240L300 206L338 316L102 344Z', '#fbf6ea')}${path('M70 240L300 206L302 212L72 246Z', '#ffffff')}${[0, 1, 2, 3].map((i) => line(`M${104 + i * 7} ${258 + i * 20}L${(i === 3 ? 210 : 288) + i * 7} ${(i === 3 ? 243 : 232) + i * 20}`, ['#cbbfae', 2.2])).join('')}
    ${oval([222, 266, 128, 9], '#2b1d12', 'opacity=".22" filter="url(#soft)" transform="rotate(-33 222 266)"')}
    <g transform="rotate(-34 200 200)">${box([84, 186, 214, 27], 'url(#brass)', 'rx="3"')}${path('M84 187L56 196Q48 199.500 56 203L84 212Z', '#9a7631')}${path('M60 195L44 199.500L60 204Z', '#3a3228')}${box([206, 183, 112, 33], 'url(#brass)', 'rx="5"')}${box([206, 183, 5, 33], brass.deep, 'opacity=".5"')}${box([212, 176, 74, 7], '#e9cf94', 'rx="3.500"')}${box([280, 176, 12, 14], brass.base, 'rx="3"')}</g>
    ${line('M112 268C124 256 132 282 146 266C154 258 160 274 172 262', ['#3b4656', 3])}`
}

export function calendar(): string {
  const card = tone('#fbf6ea')
  const days = Array.from({ length: 31 }, (_, i) => {
    const x = 136 + ((i + 5) % 7) * 22
    const y = 234 + Math.floor((i + 5) / 7) * 12
    return oval([x, y, 3.4, 3.4], (i + 5) % 7 === 0 ? '#b4532a' : '#6d6257', 'opacity=".85"')
  })
  return `<defs>${flat('card', card)}${round('pot', tone('#9fb0a0'))}</defs>${shadow(206, 326, 116)}
    ${path('M282 90L326 322H276Z', '#8d6c4d')}${path('M92 322L112 92H290L306 322Z', '#a8835e')}${path('M104 304L120 100H282L296 304Z', 'url(#card)')}
    ${Array.from({ length: 9 }, (_, i) => line(`M${134 + i * 17} 106V84`, ['#4a3d33', 4])).join('')}
    ${path('M176 150C164 160 160 184 172 198H218C230 184 226 160 214 150C220 144 214 136 206 136H184C176 136 170 144 176 150Z', 'url(#pot)')}${line('M196 136C190 120 200 116 198 104M198 130C208 122 212 116 222 116', ['#6d7f5f', 3])}
    <text x="136" y="222" font-family="Pretendard,'Noto Sans KR',sans-serif" font-size="22" font-weight="700" fill="#3b302a">1</text><text x="266" y="221" text-anchor="end" font-family="Pretendard,'Noto Sans KR','Noto Sans CJK KR',sans-serif" font-size="12" fill="#8a7c6c">소한 · 대한</text>${days.join('')}`
}

export function letters(): string {
  const kraft = tone('#d9c3a5')
  const white = tone('#f7f1e5')
  return `<defs>${flat('kraft', kraft)}${flat('white', white)}</defs>${shadow(206, 322, 128)}
    <g transform="rotate(-9 200 210)">${box([86, 128, 216, 150], '#fffdf7', 'rx="2"')}${[0, 1, 2, 3, 4].map((i) => line(`M108 ${152 + i * 19}H${i === 4 ? 200 : 280}`, ['#d5cbb9', 2])).join('')}</g>
    <g transform="rotate(5 210 240)">${box([98, 168, 218, 146], 'url(#kraft)', 'rx="4"')}${path('M98 172L207 256L316 172V168H98Z', kraft.dark, 'opacity=".4"')}${line('M98 170L207 254L316 170', [kraft.dark, 2])}</g>
    <g transform="rotate(-3 190 270)">${box([84, 196, 206, 128], 'url(#white)', 'rx="4"')}${line('M84 198L187 268L290 198', [white.dark, 2.4])}${line('M84 322L160 252M290 322L214 252', [white.dark, 1.6], 'opacity=".7"')}${oval([187, 266, 21, 20], '#a53f28')}${oval([184, 263, 15, 14], '#c25a3c')}<text x="186" y="272" text-anchor="middle" font-family="Pretendard,'Noto Sans KR','Noto Sans CJK KR',sans-serif" font-size="16" fill="#f8dccf">溫</text></g>
    ${line('M304 316C318 292 330 280 346 262', ['#5f7a63', 3])}${[
      [318, 296],
      [330, 280],
      [342, 266],
    ]
      .map(
        ([x = 0, y = 0]) =>
          oval([x + 8, y + 4, 9, 4], '#7d9577', `transform="rotate(20 ${x} ${y})"`) +
          oval([x - 6, y - 6, 9, 4], '#6a8568', `transform="rotate(-70 ${x} ${y})"`),
      )
      .join('')}${oval([300, 306, 6, 6], '#b4532a')}${oval([312, 312, 5, 5], '#c25a3c')}`
}
