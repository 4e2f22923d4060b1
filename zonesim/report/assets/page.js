const drawn=new Set();const printed=/^#print-(zh|en)$/.exec(location.hash);
const shown=p=>!p.closest('details:not([open])');
function draw(section){for(const d of section.querySelectorAll('.plot')){if(drawn.has(d.id)||!shown(d))continue;drawn.add(d.id);const f=FIGURES[d.id];
Plotly.newPlot(d,f.data,printed&&!(f.layout.meta||{}).sizes?{...f.layout,height:Math.round(0.84*(f.layout.height||420))}:f.layout,{displaylogo:false,responsive:true,modeBarButtonsToRemove:['lasso2d','select2d','autoScale2d']}).then(()=>{d.style.minHeight='';if(f.frames)Plotly.addFrames(d,f.frames);});}}
const of=lang=>document.querySelector('section[lang="'+lang+'"]');
function show(lang){for(const s of document.querySelectorAll('section[lang]'))s.hidden=s.lang!==lang;document.documentElement.lang=lang==='zh'?'zh-CN':'en';
document.title=TITLES[lang];document.getElementById('switch').textContent=SWITCH[lang];document.getElementById('title').textContent=TITLES[lang];draw(of(lang));}
document.addEventListener('toggle',e=>{const s=e.target.closest('section[lang]');if(s&&e.target.open)draw(s);},true);
let now=START;
if(printed){now=printed[1];document.body.classList.add('print');for(const d of document.querySelectorAll('details'))d.open=true;for(const d of document.querySelectorAll('figure>details.data'))d.parentNode.after(d);}
document.getElementById('switch').addEventListener('click',()=>{now=now==='zh'?'en':'zh';show(now);});show(now);
window.addEventListener('beforeprint',()=>{for(const d of of(now).querySelectorAll('details.more'))d.open=true;draw(of(now));});
