/** Importance of a shadow root's own rules is above that of the page's: no rule of the page moves or hides the host. */
const both = 'all:initial!important;display:block!important'
/** The element that holds a message: over the page, or in its flow. */
export const hostCss = {
  fixed: `:host{${both};position:fixed!important;z-index:2147483647!important;top:0!important;left:0!important;width:0!important;height:0!important}`,
  inline: `:host{${both}}`,
} as const

/**
 * Everything a message looks like. Only classes and custom properties, so that a strict policy of the page lets it be; nothing
 * that a WebView of 2020 needs for more than looks (no `inset`, no `dvh` alone).
 */
export const css = `
.all{--ink:#111827;--soft:#4b5563;--line:#d1d5db;color:var(--ink);font:400 16px/1.6 var(--font);text-align:left}
*{box-sizing:border-box;margin:0;padding:0;font:inherit;color:inherit}
[hidden]{display:none!important}
.dark{--ink:#f9fafb;--soft:#d1d5db;--line:#4b5563}
.scrim{position:fixed;top:0;right:0;bottom:0;left:0;background:#0008}
.box{position:fixed;display:flex;flex-direction:column;max-height:90vh;max-height:90dvh;background:var(--back);color:var(--ink);border-radius:var(--r);box-shadow:0 8px 40px #0004;word-break:keep-all;overflow-wrap:anywhere;outline:0}
.in{overflow:auto;overscroll-behavior:contain;padding:24px 20px 12px;display:flex;flex-direction:column;gap:12px;min-height:0}
.modal{left:50%;top:50%;width:min(420px,calc(100vw - 32px));transform:translate(-50%,-50%)}
.full{top:0;left:0;width:100%;height:100%;max-height:none;border-radius:0}.full .in{flex:1;width:100%;max-width:480px;margin:0 auto}.full .in:before,.full .in:after{content:'';flex:1}.full .foot{width:100%;max-width:480px;margin:0 auto}
.slide{bottom:24px;width:min(380px,calc(100vw - 32px))}.slide.right{right:16px}.slide.left{left:16px}.slide.bottom{left:50%;bottom:16px;margin-left:calc(min(380px,100vw - 32px)/-2)}
.sheet{left:0;right:0;bottom:0;margin:0 auto;width:100%;max-width:560px;border-radius:var(--r) var(--r) 0 0;padding-bottom:env(safe-area-inset-bottom)}
.bar{left:0;right:0;width:100%;border-radius:0}.bar.top{top:0}.bar.bottom{bottom:0}.bar .in{flex-direction:row;flex-wrap:wrap;align-items:center;justify-content:center;gap:8px 16px;padding:10px 52px 10px 16px}.bar h2{font-size:16px}
.toast,.button{width:min(340px,calc(100vw - 32px))}.top_right,.bottom_right{right:16px}.top_left,.bottom_left{left:16px}.top_right,.top_left{top:16px}.bottom_right,.bottom_left{bottom:16px}
.inline{position:relative;width:100%;max-height:none;box-shadow:none;border:1px solid var(--line);margin:16px 0}
.pill{position:fixed;display:flex;align-items:center;max-width:calc(100vw - 32px);min-height:48px;padding:10px 20px;border:0;border-radius:999px;background:var(--main);color:var(--on);font:600 16px/1.4 var(--font);box-shadow:0 4px 20px #0004;cursor:pointer}.pill span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
h2{font-size:20px;font-weight:700;line-height:1.35;padding-right:36px;text-wrap:balance}
.bar h2,.inline h2{padding-right:0}
p{white-space:pre-line}.note{font-size:13px;color:var(--soft)}
img{display:block;width:100%;max-width:100%;object-fit:cover}.pic{border-radius:calc(var(--r)/2);aspect-ratio:16/9;max-height:34vh}.inline .act{align-self:flex-start;width:auto;min-width:min(100%,240px)}
a{text-decoration:none}
.act,.no{display:flex;align-items:center;justify-content:center;width:100%;min-height:48px;padding:10px 16px;border:1px solid var(--main);border-radius:calc(var(--r)/1.6);background:var(--main);color:var(--on);font-size:16px;font-weight:600;text-align:center;cursor:pointer}
.no{background:transparent;color:var(--ink);border-color:var(--ink)}
.bar .act{width:auto;min-height:44px}
.foot{display:flex;flex-direction:column;gap:4px;padding:0 20px 14px}
.rests{display:flex;flex-wrap:wrap;justify-content:center;gap:0 12px}
.rest{min-height:44px;padding:6px 8px;border:0;background:none;color:var(--soft);font-size:14px;text-decoration:underline;cursor:pointer}
.x{position:absolute;top:4px;right:4px;width:44px;height:44px;border:0;background:var(--back);color:var(--ink);font-size:22px;line-height:1;cursor:pointer;border-radius:50%}
.bar .x{top:50%;margin-top:-22px}
:focus-visible{outline:3px solid #2563eb;outline-offset:2px}.box:focus{outline:0}
.cards{display:flex;gap:12px;overflow-x:auto;scroll-snap-type:x mandatory;scrollbar-width:none;list-style:none;outline-offset:4px}
.cards::-webkit-scrollbar{display:none}
.cards li{flex:0 0 100%;scroll-snap-align:start}.inline li{flex-basis:240px;max-width:100%}
.card{display:flex;flex-direction:column;gap:4px;height:100%;border:1px solid var(--line);border-radius:calc(var(--r)/1.6);overflow:hidden;padding-bottom:12px}
.in>*,.card>*{flex:none}.card>*{margin:0 14px}.card>img{margin:0 0 6px;aspect-ratio:4/3;max-height:24vh;background:#8882}
.card b{font-weight:600;display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
.price{font-weight:700}.was{font-weight:400;color:var(--soft);text-decoration:line-through;margin-left:6px}
.small{font-size:14px;color:var(--soft)}
.go{margin-top:auto!important;color:var(--ink);font-weight:600;text-decoration:underline}
.nav{display:flex;align-items:center;justify-content:center;gap:12px;font-size:14px;color:var(--soft)}
.nav button{width:44px;height:44px;border:1px solid var(--line);border-radius:50%;background:var(--back);color:var(--ink);font-size:18px;cursor:pointer}
.coupon{display:flex;flex-direction:column;gap:8px;padding:14px;border:2px dashed var(--main);border-radius:calc(var(--r)/1.6);text-align:center}
.code{font-weight:700;font-size:20px;letter-spacing:.06em;user-select:all}
.count{font-variant-numeric:tabular-nums;font-weight:700;text-align:center}
form{display:flex;flex-direction:column;gap:10px}
label{display:flex;flex-direction:column;gap:4px;font-size:15px}
input[type=text],input[type=email],input[type=tel],select{width:100%;min-height:48px;padding:8px 12px;border:1px solid var(--line);border-radius:10px;background:var(--back);font-size:16px}
fieldset{border:0;display:flex;flex-direction:column}legend{font-size:15px;margin-bottom:2px}
.tick{flex-direction:row;align-items:flex-start;gap:10px;min-height:44px;padding:8px 0;cursor:pointer}.tick input{flex:none;width:22px;height:22px;margin-top:2px;accent-color:var(--main)}
details{font-size:13px;color:var(--soft)}summary{min-height:32px;cursor:pointer}
.bad{color:#b91c1c;font-size:14px}.dark .bad{color:#fca5a5}
@media(prefers-reduced-motion:no-preference){.rise{animation:rise .25s ease-out}.scrim{animation:fade .2s}.cards{scroll-behavior:smooth}}
@keyframes rise{from{opacity:0;translate:0 16px}}@keyframes fade{from{opacity:0}}
@media(max-width:480px){.slide,.slide.right,.slide.left{left:16px;right:16px;bottom:16px;width:auto;margin:0}}
@media print{.all{display:none}}
@media(max-height:480px){.in{padding-top:14px;gap:8px}.pic{display:none}}
`
