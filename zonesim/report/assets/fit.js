// A figure that is laid out for several widths (the map, whose names stand where they cover nothing): the widest that fits is shown.
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
let asked=0;
function all(){if(!asked)asked=requestAnimationFrame(()=>{asked=0;plots().forEach(fit);});}
new MutationObserver(all).observe(document.documentElement,{childList:true,subtree:true});
window.addEventListener('resize',all);
document.addEventListener('toggle',all,true);
})();
