// Style and script of the evidence page, inline so that the page needs nothing else. Colours keep a contrast
// of 4.5:1 in both schemes, and every kind of mark also differs by line style, not by colour alone.
#pragma once

#include <string_view>

namespace annalist {

inline constexpr std::string_view kReportStyle = R"css(
:root{--bg:#fbfaf7;--fg:#1c1b19;--soft:#5d5a53;--line:#dcd8cf;--card:#fff;--ev:#9a3412;--co:#1d4ed8;--pl:#166534;--ti:#6b21a8;--ar:#57534e;--on:#fde68a;--bad:#b91c1c}
@media(prefers-color-scheme:dark){:root{--bg:#16161a;--fg:#ece9e2;--soft:#a8a39a;--line:#37353a;--card:#1f1e23;--ev:#fdba74;--co:#93c5fd;--pl:#86efac;--ti:#d8b4fe;--ar:#c7c2b8;--on:#5b4a12;--bad:#fca5a5}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.55 Georgia,"Times New Roman",serif}
main,header.top{max-width:84rem;margin:0 auto;padding:1rem 1.5rem}
h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.35rem;margin:0}h3{font:600 .8rem/1.4 system-ui,sans-serif;letter-spacing:.06em;text-transform:uppercase;color:var(--soft);margin:1.4rem 0 .5rem}
.meta,.key,.card,nav{font:.86rem/1.45 system-ui,sans-serif}.meta{color:var(--soft)}
nav table{border-collapse:collapse;width:100%}nav td,nav th{text-align:left;padding:.25rem .8rem .25rem 0;border-bottom:1px solid var(--line)}
a{color:inherit}
article.doc{border-top:3px solid var(--fg);margin-top:2rem;padding-top:1rem}
.panes{display:grid;grid-template-columns:minmax(0,3fr) minmax(20rem,2fr);gap:2rem;align-items:start}
.text{position:sticky;top:0;max-height:100vh;overflow:auto;padding-right:.5rem}
@media(max-width:60rem){.panes{grid-template-columns:1fr}.text{position:static;max-height:none}}
.text p{margin:.7rem 0}.text .headline{font-weight:700;font-size:1.15rem}.text .aside{color:var(--soft);font-size:.92rem;border-left:3px solid var(--line);padding-left:.8rem}
.text .aside::before{content:attr(data-kind);display:block;font:.7rem system-ui,sans-serif;text-transform:uppercase;letter-spacing:.06em}
.ev{color:var(--ev);font-weight:700;border-bottom:2px solid var(--ev)}.ar{border-bottom:1px solid var(--ar)}
.co{background:linear-gradient(transparent 92%,var(--co) 92%)}.so,.cu{color:var(--co)}.cu{font-style:italic}
.pl{border-bottom:2px dotted var(--pl)}.ti{border-bottom:2px dashed var(--ti)}
.on{background:var(--on)!important;border-radius:2px}
.card{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--ev);border-radius:4px;padding:.55rem .8rem;margin:.5rem 0}
.card:focus{outline:3px solid var(--co);outline-offset:1px}.card.claim{border-left-color:var(--co)}.card.place{border-left-color:var(--pl)}.card.time{border-left-color:var(--ti)}
.card b{font-size:.95rem}.card dl{display:grid;grid-template-columns:6.2rem 1fr;gap:.1rem .6rem;margin:.35rem 0 0}.card dt{color:var(--soft)}.card dd{margin:0;overflow-wrap:anywhere}
.card q,.words{font-family:Georgia,serif;font-size:.95rem}
.tag{display:inline-block;font-family:system-ui,sans-serif;border:1px solid currentColor;border-radius:3px;padding:0 .35rem;margin-left:.35rem;font-size:.74rem;color:var(--soft)}.tag.bad{color:var(--bad);font-weight:700}
.versus{display:grid;grid-template-columns:1fr 1fr;gap:1rem;border:2px solid var(--bad);border-radius:6px;padding:.8rem 1rem;margin:.8rem 0}.versus>p{grid-column:1/-1;margin:0;font:600 .95rem system-ui,sans-serif}
.versus h4{margin:0 0 .2rem;font:600 .8rem system-ui,sans-serif;color:var(--soft)}
@media(max-width:40rem){.versus{grid-template-columns:1fr}}
.key span{margin-right:1.1rem}
details summary{cursor:pointer;font:.86rem system-ui,sans-serif;color:var(--soft)}
)css";

// Pointing at or focusing a record lights up its words; clicking words goes to their record; j and k walk.
inline constexpr std::string_view kReportScript = R"js(
(function(){
  var cards=[].slice.call(document.querySelectorAll('.card[id]'));
  var words={};
  document.querySelectorAll('[data-r]').forEach(function(s){s.dataset.r.split(' ').forEach(function(r){(words[r]=words[r]||[]).push(s)})});
  function light(id,on){(words[id]||[]).forEach(function(s){s.classList.toggle('on',on)})}
  function show(id){var w=words[id];if(w&&w[0])w[0].scrollIntoView({block:'center',behavior:'auto'})}
  cards.forEach(function(c){
    c.tabIndex=0;
    c.addEventListener('mouseenter',function(){light(c.id,true)});
    c.addEventListener('mouseleave',function(){if(document.activeElement!==c)light(c.id,false)});
    c.addEventListener('focus',function(){light(c.id,true)});
    c.addEventListener('blur',function(){light(c.id,false)});
    c.addEventListener('click',function(){show(c.id)});
    c.addEventListener('keydown',function(e){if(e.key==='Enter')show(c.id)});
  });
  document.addEventListener('click',function(e){
    var s=e.target.closest&&e.target.closest('[data-r]');
    if(!s)return;
    var c=document.getElementById(s.dataset.r.split(' ')[0]);
    if(c){var d=c.closest('details');if(d)d.open=true;c.scrollIntoView({block:'center'});c.focus({preventScroll:true})}
  });
  document.addEventListener('keydown',function(e){
    if(e.key!=='j'&&e.key!=='k')return;
    var i=cards.indexOf(document.activeElement);
    var c=cards[Math.max(0,Math.min(cards.length-1,i+(e.key==='j'?1:-1)))];
    if(c){c.focus();}
  });
})();
)js";

}  // namespace annalist
