// OGC API - Features as a GIS uses it: GDAL's driver OAPIF, which QGIS reads with, opens the layer, pushes its frame down,
// pages through it and makes a GeoPackage of it. node gis.mjs http://127.0.0.1:PORT BUILD WORK
import fs from 'node:fs';
import { execFileSync } from 'node:child_process';

const [base, , work] = process.argv.slice(2);
let passed = 0, failed = 0;
const check = (ok, what) => { if (ok) ++passed; else { ++failed; console.log(`FAILED ${what}`); } };
const gdal = (tool, ...args) => execFileSync(tool, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, GDAL_HTTP_TIMEOUT: '20' } });
const api = async (query) => (await fetch(`${base}/v1/events?${query}`)).json();
const layer = `OAPIF:${base}/ogc`;

const all = (await api('status=any&limit=1')).total;
const summary = gdal('ogrinfo', '-ro', '-so', layer, 'events');
check(summary.includes(`Feature Count: ${all}`), `GDAL counts otherwise than the API, ${all}: ${/Feature Count.*/.exec(summary)}`);
check(/Geometry: Point/.test(summary) && /CRS84|WGS 84/.test(summary), 'points in WGS 84');
check(/deaths_best: Integer/.test(summary) && /confidence: Real/.test(summary) && /contested: Integer\(Boolean\)/.test(summary) && /actors: String \(/.test(summary), `attributes have one plain type each: ${summary}`);
check(!/String\(JSON\)/.test(summary), 'no attribute is JSON');
check(!/-180\.0+, -90/.test(summary), 'the extent is that of the events');

const boxed = (await api('status=any&bbox=30,30,45,40&limit=1')).total;
check(boxed > 0 && gdal('ogrinfo', '-ro', '-so', '-spat', '30', '30', '45', '40', layer, 'events').includes(`Feature Count: ${boxed}`), `${boxed} events lie in the frame`);
const one = gdal('ogrinfo', '-ro', '-where', "type = 'withdraw' AND contested = 1", layer, 'events');
check(/withdraw/.test(one) && /actors \(String\) = .*rebels/.test(one) && /POINT \(36\.\d+ 35\.\d+\)/.test(one), `the contested withdrawal with its place: ${one.slice(-900)}`);

// Pages of seven: no event is lost or doubled on the way.
const file = `${work}/events.gpkg`;
gdal('ogr2ogr', '-oo', 'PAGE_SIZE=7', file, layer, 'events');
check(fs.statSync(file).size > 10000 && gdal('ogrinfo', '-ro', '-so', file, 'events').includes(`Feature Count: ${all}`), 'the GeoPackage holds all events');
check(new RegExp(`n \\(Integer\\) = ${all}\\b`).test(gdal('ogrinfo', '-ro', '-dialect', 'SQLite', '-sql', 'SELECT count(DISTINCT id) AS n FROM events', file)), 'each of them once');

for (const wrong of ['OAPIF:' + base + '/ogc/nothing', 'OAPIF:' + base + '/v1'])
  try { gdal('ogrinfo', '-ro', '-so', wrong); check(false, `${wrong} opened`); } catch { check(true, ''); }
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
