import fc from 'fast-check'; (globalThis).str=fc.stringify;
import { createFuzz, runRound } from './round.ts';
const f = await createFuzz();
let last=''; let t0=performance.now();
const only = process.argv[4];
if (only) f.targets = f.targets.filter(t=>t.name.includes(only));
for (const t of f.targets) {
  const t1=performance.now();
  let slow=0, worst='', tl=performance.now(), lastc;
  const r = await runRound({...f, targets:[t]}, Number(process.argv[2]), Number(process.argv[3]), (n,c)=>{ const now=performance.now(); if(now-tl>slow&&lastc){slow=now-tl; worst=(globalThis).str(lastc.args);} tl=performance.now(); lastc=c; if(process.env.V) console.log((globalThis).str(c.args).slice(0,600)); });
  console.log(t.name, r.calls, ((performance.now()-t1)/r.calls).toFixed(2)+' ms/call, worst', slow.toFixed(0), slow>300?worst.slice(0,300):'');
  for (const x of r.failures) console.log('   FAIL', x.report.slice(0,1500));
}
console.log(f.wasmBytes()/2**20, performance.now()-t0);
process.exit();
