const filler = `<main><h1>온샵</h1>${Array.from({ length: 30 }, (_, at) => `<p>상품 ${at + 1} <a href="#p${at}">자세히</a></p>`).join('')}</main>`

const snippet = (host: string, attributes: string, nonce = '') => `<script${nonce}>
  window.danggol = window.danggol || [];
  ['track', 'identify', 'page', 'alias', 'group', 'reset', 'consent'].forEach(function (m) {
    danggol[m] = function () { danggol.push([m].concat([].slice.call(arguments))) }
  })
</script><script async src="${host}/sdk.js" data-key="browser-key" ${attributes}></script>`

const head = `<!doctype html><html lang="ko"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>온샵</title>`

/** What old libraries did to a page: lists that write themselves as texts, another `Array.from`, everything enumerable. */
const oldLibraries = `
  Array.prototype.toJSON = function () { return '[' + this.join(',') + ']' };
  String.prototype.toJSON = function () { return "'" + this + "'" };
  Array.prototype.each = function (f) { for (var i = 0; i < this.length; i++) f(this[i]) };
  Object.prototype.extend = function () { return this };
  Array.from = function (one) { return [one] };
  Element.prototype.show = function () { this.style.display = '' };
  window.$ = window.jQuery = function (s) { return { length: 0, on: function () { return this }, each: function () {} } };
  jQuery.fn = {};
  document.addEventListener('click', function (e) { if (e.target.tagName === 'DIV') e.preventDefault() }, true);
  window.name = 'top'; window.event = null; window.status = 1;`

/** The three pages of a shop. */
export const pages = {
  plain: (host: string, attributes: string) =>
    `${head}<style>body{font:16px sans-serif;max-width:900px;margin:0 auto;padding:16px}</style>${snippet(host, attributes)}<div id="slot"><p>추천 자리</p></div><button id="mine">장바구니</button>${filler}`,
  bundled: (host: string) =>
    `${head}<script type="module">import { load } from '${host}/load.js'
    const settings = { host: '${host}/', key: 'browser-key', messages: 'off' }
    load(settings).track('Early'); load(settings)
    addEventListener('later', () => load(settings).track('Late'))</script>${filler}`,
  spa: (host: string, attributes: string) =>
    `${head}<style>body{font:16px sans-serif}</style>${snippet(host, attributes)}<div id="app"></div><script>
    function draw() { document.getElementById('app').innerHTML = '<h1>' + location.pathname + '</h1>'
      setTimeout(function () { document.getElementById('app').innerHTML += '<div id="slot">추천 자리</div>' }, 300) }
    window.go = function (to) { history.pushState({}, '', to); draw() }
    draw()</script>`,
  hostile: (host: string, attributes: string) =>
    `${head}<link rel="stylesheet" href="/hostile.css"><script nonce="n0nce">${oldLibraries}</script>${snippet(host, attributes, ' nonce="n0nce"')}<div id="slot">추천 자리</div><button id="mine">장바구니</button>${filler}`,
} as const

export const hostileCss = `* { all: revert }
div, section, button, a, p, h2, img, span, li, ul { font-size: 40px !important; color: lime !important; margin: 30px !important;
  position: static !important; transform: rotate(3deg) !important; text-transform: uppercase !important; opacity: .4 !important;
  letter-spacing: .5em !important; box-sizing: content-box !important; visibility: hidden !important; z-index: -1 !important }
* { --main: red !important; --ink: red; --back: lime; --line: blue }
body { transform: translateX(10px); overflow-x: hidden; filter: sepia(1) }
html { font-size: 200% }`
