// A figure that is laid out for several widths (the map, whose names stand where they cover nothing): the widest that fits is shown. On a narrow screen
// what goes beyond its box says so, and can be reached by the keyboard.
(function(){
const plots=()=>document.querySelectorAll('.js-plotly-plot');
function fit(plot){
const layout=plot.layout,sizes=layout&&layout.meta&&layout.meta.sizes;
if(!sizes||plot.fitting||!plot._fullLayout||!window.Plotly||!window.Plotly.update)return;
const room=plot.parentElement.clientWidth;if(!room)return;
const best=sizes.filter(one=>one.width<=room).pop()||sizes[0];
if(layout.width===best.width)return;
plot.fitting=true;
const over=()=>{plot.fitting=false;};
window.Plotly.update(plot,best.trace,best.layout,[0]).then(over,over);
}
function mark(box){
const over=window.innerWidth<=900&&box.scrollWidth>box.clientWidth+1;
if(over===box.hasAttribute('data-over'))return;
box.toggleAttribute('data-over',over);
if(over&&!box.hasAttribute('tabindex')){box.tabIndex=0;box.reached=true;}
if(!over&&box.reached){box.removeAttribute('tabindex');box.reached=false;}
}
let asked=0;
function all(){if(!asked)asked=requestAnimationFrame(()=>{asked=0;plots().forEach(fit);document.querySelectorAll(window.innerWidth<=900?'.scroll,.wide':'[data-over]').forEach(mark);});}
new MutationObserver(all).observe(document.documentElement,{childList:true,subtree:true});
window.addEventListener('resize',all);
document.addEventListener('toggle',all,true);
})();
