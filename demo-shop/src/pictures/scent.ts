import { box, flat, label, line, oval, path, round, shadow, specks, tone } from './brush.ts'

/** Candle, bottles, stone and soap. */
export function candle(): string {
  const glass = tone('#8c4a34')
  return `<defs>${round('glass', glass)}<radialGradient id="glow"><stop offset="0" stop-color="#ffe9b0" stop-opacity=".95"/><stop offset="1" stop-color="#ffd98a" stop-opacity="0"/></radialGradient></defs>${shadow(200, 324, 78)}
    ${path('M126 178V302Q126 322 148 322H252Q274 322 274 302V178Z', 'url(#glass)')}
    ${oval([200, 178, 74, 15], glass.light)}${oval([200, 180, 66, 12], '#fff4dc')}${oval([200, 182, 44, 7], '#ffe7b4')}
    ${line('M200 182V158', ['#3b2a20', 3.5])}${oval([200, 136, 66, 66], 'url(#glow)')}
    ${path('M200 108C214 128 213 158 200 160C187 158 186 128 200 108Z', '#ffb84d')}${path('M200 130C207 142 206 157 200 158C194 157 193 142 200 130Z', '#fff3cf')}
    ${box([150, 220, 100, 66], '#fbf5e8', 'rx="3"')}<text x="200" y="250" text-anchor="middle" font-family="Pretendard,'Noto Sans KR','Noto Sans CJK KR',sans-serif" font-size="21" letter-spacing="5" fill="#4a3d33">저녁</text>${line('M176 266H224', ['#b4532a', 1.6])}
    ${line('M140 200V296', ['#ffffff', 6], 'opacity=".3"')}`
}

export function diffuser(): string {
  const amber = tone('#a8703d')
  const sticks = [-44, -26, -8, 14, 32, 50].map((lean, i) =>
    line(`M${196 + lean * 0.12} 190L${196 + lean * 1.5} ${58 + (i % 3) * 9}`, [
      i % 2 ? '#5d4632' : '#7b5e42',
      5,
    ]),
  )
  return `<defs>${round('amber', amber)}</defs>${shadow(198, 324, 72)}${sticks.join('')}
    ${path('M174 168H218V206H174Z', '#2f2a26')}${box([168, 160, 56, 20], '#3d3732', 'rx="4"')}${oval([196, 160, 28, 6], '#57504a')}
    ${path('M174 200C150 206 132 218 132 240V302Q132 322 152 322H240Q260 322 260 302V240C260 218 242 206 218 200Z', 'url(#amber)')}
    ${path('M138 262H254V302Q254 316 240 316H152Q138 316 138 302Z', '#6f431d', 'opacity=".32"')}${line('M146 240V300', ['#fff2df', 6], 'opacity=".45"')}${label(198, 262, '마루')}
    ${path('M292 318c-6 -26 12 -50 34 -56c8 22 -6 50 -34 56Z', '#6f8f6a')}${line('M294 317C304 298 314 282 324 266', ['#4d6b4a', 2])}${path('M300 320c10 -16 34 -22 50 -12c-10 16 -32 22 -50 12Z', '#86a37c')}`
}

export function incense(): string {
  const stone = tone('#6c6a66')
  return `<defs>${round('stone', stone)}</defs>${shadow(202, 318, 118)}
    ${path('M86 276C86 310 134 326 200 326C266 326 314 310 314 276Z', 'url(#stone)')}${oval([200, 276, 114, 32], stone.light)}${oval([200, 276, 106, 28], stone.base)}
    ${[92, 70, 48, 26].map((rx) => oval([200, 277, rx, rx * 0.27], 'none', `stroke="${stone.deep}" stroke-width="2.4" opacity=".5"`)).join('')}
    ${specks(40, [104, 262, 190, 34], '#2b2926')}${line('M200 278L262 92', ['#7a4c34', 4.5])}${oval([262, 90, 4, 4], '#e0733d')}
    ${line('M262 84C240 62 286 52 266 30C254 16 272 8 268 -4', ['#ffffff', 6], 'opacity=".55"')}${line('M264 80C250 66 276 54 262 38', ['#ffffff', 3], 'opacity=".4"')}
    ${oval([118, 312, 22, 13], stone.dark)}${oval([114, 308, 18, 9], stone.base, 'opacity=".8"')}`
}

export function spray(): string {
  const bottle = tone('#dfe5e0')
  return `<defs>${round('bottle', bottle)}</defs>${shadow(198, 324, 66)}
    ${box([182, 140, 32, 30], '#c9cfca')}${path('M156 96Q156 84 170 84H226Q236 84 236 94V112H252V124H222C220 138 216 144 214 148H182C178 132 166 122 156 120Z', '#f7f7f3')}${path('M156 96Q156 84 170 84H226Q236 84 236 94V100H156Z', '#ffffff')}${box([244, 112, 12, 12], '#c2c8c3', 'rx="2"')}${line('M166 124C160 138 164 152 172 160', ['#d6dbd6', 9])}
    ${path('M182 160C156 168 140 182 140 204V300Q140 322 162 322H234Q256 322 256 300V204C256 182 240 168 214 160Z', 'url(#bottle)')}
    ${line('M154 206V298', ['#ffffff', 7], 'opacity=".8"')}${label(200, 240, '이불')}${line('M178 282H222M186 294H214', ['#8a948c', 2.4])}
    ${[0, 1, 2, 3, 4, 5, 6].map((i) => oval([274 + i * 13, 112 + (i % 3) * 13 - i, 2.6, 2.6], '#ffffff', 'opacity=".85"')).join('')}`
}

export function soap(): string {
  const rice = tone('#e6d3ae')
  const dark = tone('#a58d6b')
  const bar = ([x, y]: readonly [number, number], top: string, side: string) =>
    `${path(`M${x} ${y + 22}L${x + 34} ${y}H${x + 172}Q${x + 182} ${y} ${x + 178} ${y + 8}L${x + 152} ${y + 30}H${x + 8}Q${x - 2} ${y + 30} ${x} ${y + 22}Z`, top)}${path(`M${x} ${y + 24}Q${x} ${y + 30} ${x + 8} ${y + 30}H${x + 152}L${x + 180} ${y + 5}V${y + 46}L${x + 156} ${y + 72}H${x + 10}Q${x} ${y + 72} ${x} ${y + 62}Z`, side)}`
  return `<defs>${flat('top', rice)}${round('side', rice)}${flat('dtop', dark)}${round('dside', dark)}</defs>${shadow(206, 326, 122)}
    ${path('M86 306H330L318 326H98Z', '#8a6242')}${line('M120 306V322M170 306V324M220 306V324M270 306V322', ['#5d4029', 4])}
    ${bar([112, 234], 'url(#dtop)', 'url(#dside)')}${bar([106, 164], 'url(#top)', 'url(#side)')}
    ${specks(40, [120, 200, 130, 28], '#8c7449')}${specks(30, [120, 272, 130, 26], '#4c3d28')}
    ${oval([290, 158, 15, 15], '#ffffff', 'opacity=".55" stroke="#fff" stroke-width="2"')}${oval([312, 128, 9, 9], '#ffffff', 'opacity=".5"')}${oval([276, 124, 6, 6], '#ffffff', 'opacity=".6"')}
    <text x="184" y="221" text-anchor="middle" font-family="Pretendard,'Noto Sans KR','Noto Sans CJK KR',sans-serif" font-size="19" letter-spacing="8" fill="#8c7449" opacity=".8">온유</text>`
}
