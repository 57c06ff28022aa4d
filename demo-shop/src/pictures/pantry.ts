import { box, flat, label, line, oval, path, round, shadow, specks, tone } from './brush.ts'

/** Tins, jars and bags. */
export function tin(): string {
  const green = tone('#55705a')
  return `<defs>${round('green', green)}</defs>${shadow(196, 324, 72)}
    ${path('M128 150V306Q128 322 196 322Q264 322 264 306V150Z', 'url(#green)')}${path('M124 104V160Q124 172 196 172Q268 172 268 160V104Z', 'url(#green)')}${path('M124 150V160Q124 172 196 172Q268 172 268 160V150Q268 162 196 162Q124 162 124 150Z', green.deep, 'opacity=".55"')}
    ${oval([196, 104, 72, 15], green.light)}${oval([196, 104, 60, 11], green.base)}${label(196, 246, '햇녹차')}${line('M176 284H216', ['#f4ead2', 2])}
    ${path('M290 318c-18 -8 -22 -28 -12 -44c18 8 24 28 12 44Z', '#6f8f4f')}${path('M300 322c4 -20 20 -32 40 -30c-4 20 -20 32 -40 30Z', '#88a766')}${path('M318 298c-4 -16 4 -30 20 -36c6 16 -2 32 -20 36Z', '#7a9a58')}`
}

export function jar(): string {
  const yellow = tone('#e5a62e')
  return `<defs>${round('yuja', yellow)}</defs>${shadow(192, 324, 84)}
    ${path('M118 178C112 190 110 200 110 216V298Q110 322 134 322H250Q274 322 274 298V216C274 200 272 190 266 178Z', 'url(#yuja)')}
    ${[
      [140, 220],
      [178, 206],
      [220, 222],
      [244, 258],
      [150, 264],
      [196, 250],
      [226, 292],
      [166, 302],
      [128, 292],
    ]
      .map(([x = 0, y = 0], i) =>
        line(
          `M${x} ${y}q${14 + (i % 3) * 4} ${i % 2 ? -10 : 10} ${26 - (i % 4) * 3} ${i % 2 ? 4 : -4}`,
          [i % 2 ? '#fbe08a' : '#c97f12', 5],
          'opacity=".7"',
        ),
      )
      .join('')}
    ${line('M128 206V296', ['#fff6d8', 8], 'opacity=".6"')}
    ${path('M104 150C120 128 264 128 280 150L292 186C276 196 266 180 252 192C238 202 226 184 212 194C198 204 184 184 170 194C156 202 144 184 130 192C118 198 106 192 92 186Z', '#f4efe2')}${path('M104 150C120 128 264 128 280 150C262 160 122 160 104 150Z', '#fffaf0')}
    ${[120, 146, 172, 198, 224, 250].map((x) => line(`M${x} 146V182`, ['#c8d2c0', 3], 'opacity=".7"')).join('')}${line('M108 164Q192 178 278 164', ['#b4532a', 4])}${label(192, 262, '유자청')}
    ${oval([318, 294, 38, 33], '#f0b93f')}${oval([308, 284, 16, 12], '#f9d678', 'opacity=".7"')}${specks(16, [292, 276, 50, 40], '#b57a16')}${path('M318 262c6 -14 22 -16 30 -10c-6 12 -18 16 -30 10Z', '#5f7f4f')}`
}

export function honey(): string {
  const amber = tone('#d4902a')
  return `<defs>${round('honey', amber)}</defs>${shadow(186, 324, 82)}
    ${path('M140 166L112 196V296L138 322H238L264 296V196L236 166Z', 'url(#honey)')}${path('M140 166L128 200V292L144 322M236 166L248 200V292L232 322', 'none', `stroke="${amber.dark}" stroke-width="2.4" opacity=".6"`)}
    ${line('M124 206V288', ['#ffe6ae', 7], 'opacity=".7"')}${box([132, 126, 112, 42], '#3f3530', 'rx="6"')}${box([132, 126, 112, 13], '#5a4d45', 'rx="6"')}${oval([188, 128, 54, 7], '#6d5f56')}${label(188, 250, '꿀')}
    ${line('M352 132L300 250', ['#a87a50', 8])}${[0, 1, 2, 3, 4].map((i) => line(`M${281 - i * 3} ${254 + i * 11}L${308 - i * 3} ${266 + i * 11}`, [i % 2 ? '#8a5f38' : '#a87a50', 9])).join('')}
    ${path('M284 304C280 312 280 320 284 324H308C314 318 300 312 296 304Z', '#e2a33c')}${oval([300, 324, 32, 6], '#e2a33c')}`
}

export function pouch(): string {
  const kraft = tone('#c7a377')
  return `<defs>${flat('kraft', kraft)}</defs>${shadow(192, 326, 92)}
    ${path('M112 108H272L284 306Q286 324 268 324H116Q98 324 100 306Z', 'url(#kraft)')}${path('M112 108H272L274 136H110Z', kraft.dark, 'opacity=".45"')}${line('M110 138H274', [kraft.deep, 2], 'stroke-dasharray="7 6" opacity=".6"')}
    ${path('M100 306L112 286M284 306L272 286', 'none', `stroke="${kraft.dark}" stroke-width="3"`)}${box([142, 168, 100, 96], '#fbf5e8', 'rx="4"')}
    <text x="192" y="206" text-anchor="middle" font-family="Pretendard,'Noto Sans KR','Noto Sans CJK KR',sans-serif" font-size="22" letter-spacing="3" fill="#4a3d33">보리차</text>
    ${line('M192 250V222', ['#9b7430', 2.6])}${[0, 1, 2].map((i) => oval([184, 230 + i * 7, 6, 3.6], '#c69a4b', 'transform="rotate(32 184 234)"') + oval([200, 230 + i * 7, 6, 3.6], '#c69a4b', 'transform="rotate(-32 200 234)"')).join('')}
    ${path('M292 262H344L350 318Q350 324 344 324H292Q286 324 286 318Z', '#f4efe2')}${specks(40, [292, 282, 50, 36], '#8a5f2c')}${line('M318 262C318 240 340 236 346 220', ['#d8cfbd', 2.6])}${box([336, 202, 24, 20], '#b4532a', 'rx="2"')}`
}

export function granola(): string {
  const paper = tone('#efe6d6')
  const bits = [
    [156, 234],
    [176, 222],
    [198, 236],
    [220, 224],
    [236, 240],
    [164, 256],
    [188, 252],
    [212, 258],
    [232, 264],
    [148, 248],
    [174, 274],
    [200, 276],
    [222, 280],
  ]
  const oats = ['#c9974f', '#a8733a', '#e0b878', '#7a5230']
  return `<defs>${flat('paper', paper)}</defs>${shadow(198, 326, 92)}
    ${path('M118 120L128 92H266L276 120L288 308Q289 324 272 324H122Q105 324 106 308Z', 'url(#paper)')}${path('M118 120L128 92H266L276 120Z', paper.dark, 'opacity=".5"')}${line('M118 120H276', [paper.deep, 1.8], 'opacity=".4"')}${box([182, 84, 30, 22], '#b4532a', 'rx="3"')}
    <text x="197" y="176" text-anchor="middle" font-family="Pretendard,'Noto Sans KR','Noto Sans CJK KR',sans-serif" font-size="24" letter-spacing="4" fill="#4a3d33">그래놀라</text>${line('M162 194H232', ['#6d7f5f', 2])}
    ${path('M134 252C134 206 260 206 260 252C260 306 134 306 134 252Z', '#5b3d22')}${bits.map(([x = 0, y = 0], i) => oval([x, y, 11 - (i % 3), 7], oats[i % 4] ?? '#c9974f', `transform="rotate(${i * 37} ${x} ${y})"`)).join('')}
    ${oval([314, 316, 13, 8], '#c9974f')}${oval([334, 320, 10, 6], '#a8733a')}${oval([322, 304, 9, 6], '#e0b878')}${oval([84, 320, 11, 6], '#c9974f')}`
}
