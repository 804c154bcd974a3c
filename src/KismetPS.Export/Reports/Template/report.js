'use strict';
// Text from the air is only ever set as text: no markup is made of strings anywhere here.
const data = JSON.parse(document.getElementById('data').textContent);
const unpack = t => t.rows.map((r, i) => Object.assign(Object.fromEntries(t.columns.map((c, k) => [c, r[k]])), { index: i }));
const devices = unpack(data.devices), networks = unpack(data.networks), alerts = unpack(data.alerts), sessions = unpack(data.sessions), sensors = unpack(data.sensors);
const el = (name, props, ...children) => { const e = Object.assign(document.createElement(name), props); e.append(...children.filter(c => c != null)); return e; };
const svg = (name, props, text) => { const e = document.createElementNS('http://www.w3.org/2000/svg', name); for (const k in props) e.setAttribute(k, props[k]); if (text != null) e.textContent = text; return e; };
const time = ms => ms == null ? '' : new Date(ms).toISOString().slice(0, 19).replace('T', ' ');
const note = (id, text) => { document.querySelector('#' + id + ' .note').textContent = text; };
const host = (id, kind) => document.querySelector('#' + id + ' > .' + kind);

// A table that sorts by a click on a heading, filters by text, and shows a hundred rows at a time.
function table(where, rows, columns, sort, pick) {
  const size = 100, state = { key: sort, down: true, text: '', page: 0 };
  const input = el('input', { type: 'search', placeholder: 'Filter', ariaLabel: 'Filter' }), count = el('output');
  const back = el('button', { type: 'button', textContent: '‹', ariaLabel: 'Previous page' }), next = el('button', { type: 'button', textContent: '›', ariaLabel: 'Next page' });
  const heads = columns.map(c => { const b = el('button', { type: 'button', textContent: c.title }); b.onclick = () => { state.down = state.key === c.key ? !state.down : !!c.number; state.key = c.key; draw(); }; return el('th', { className: c.number ? 'number' : '', scope: 'col' }, b); });
  const body = el('tbody'), show = (c, r) => c.show ? c.show(r[c.key]) : r[c.key] ?? '';
  const search = rows.map(r => columns.map(c => show(c, r)).join('\n').toLowerCase());
  const place = new Map(rows.map((r, i) => [r, i]));
  function draw() {
    const words = state.text.toLowerCase();
    const found = rows.filter(r => search[place.get(r)].includes(words)).sort((a, b) => {
      const x = a[state.key], y = b[state.key];
      if (x == null || y == null) return (x == null) - (y == null);
      return (typeof x === 'number' ? x - y : String(x).localeCompare(String(y))) * (state.down ? -1 : 1);
    });
    const pages = Math.max(1, Math.ceil(found.length / size));
    state.page = Math.min(state.page, pages - 1);
    const from = state.page * size;
    body.replaceChildren(...found.slice(from, from + size).map(r => {
      const tr = el('tr', {}, ...columns.map(c => el('td', { className: c.number ? 'number' : c.kind ?? 'text', textContent: show(c, r), title: show(c, r) })));
      if (pick) { tr.className = 'pick'; tr.onclick = () => pick(r); }
      return tr;
    }));
    heads.forEach((h, i) => columns[i].key === state.key ? h.setAttribute('aria-sort', state.down ? 'descending' : 'ascending') : h.removeAttribute('aria-sort'));
    count.textContent = found.length === 0 ? 'none' : `${from + 1} to ${Math.min(from + size, found.length)} of ${found.length}` + (found.length < rows.length ? ` (${rows.length} in all)` : '');
    back.disabled = state.page === 0; next.disabled = state.page >= pages - 1;
  }
  input.oninput = () => { state.text = input.value; state.page = 0; draw(); };
  back.onclick = () => { state.page--; draw(); }; next.onclick = () => { state.page++; draw(); };
  where.replaceChildren(el('div', { className: 'bar' }, input, back, next, count), el('div', { className: 'scroll' }, el('table', {}, el('thead', {}, el('tr', {}, ...heads)), body)));
  draw();
}
const col = (key, title, number, show) => ({ key, title, number, show });
const times = [col('first', 'First seen (UTC)', false, time), col('last', 'Last seen (UTC)', false, time)];

document.getElementById('about').textContent = `Made ${time(data.made)} UTC by ${data.by}.` + (data.leftOut ? ` ${data.leftOut} objects did not fit and were left out.` : '');
document.getElementById('totals').append(...[['Networks', networks.length], ['Devices', devices.length], ['Open networks', networks.filter(n => n.encryption === 'Open').length], ['Alerts', alerts.length], ['Sensors', new Set(sensors.map(s => s.id).concat(devices.flatMap(d => d.sensors.map(s => s[0])))).size]].map(([t, n]) => el('li', {}, el('b', { textContent: n }), t)));

networks.forEach(n => { n.name = n.ssid ?? '<hidden>'; });
note('networks', data.networksDerived ? 'One row for each BSSID and name, as far as the devices tell; a session tells more.' : 'One row for each BSSID and name.');
table(host('networks', 'table'), networks, [col('name', 'SSID'), col('bssid', 'BSSID'), col('channel', 'Ch', true), col('mhz', 'MHz', true), col('width', 'Width', true), col('encryption', 'Encryption'), col('security', 'Security'), col('standard', 'Std'), col('signal', 'dBm', true), col('clients', 'Clients', true), col('beacons', 'Beacons', true), col('packets', 'Packets', true), col('maker', 'Maker'), ...times], 'signal');

const detail = d => document.getElementById('detail').replaceChildren(el('dl', {}, ...[['Device', `${d.mac} ${d.vendor ?? ''}`], ['Network', d.ssid], ['Asked for', d.probed], ['BSSID', d.bssid], ['Security', d.security || d.encryption], ['Weakest to strongest', d.signalMin == null ? '' : `${d.signalMin} to ${d.signalMax} dBm`], ...d.sensors.map(s => ['Sensor ' + s[0], `${s[1] ?? '?'} dBm (${s[2] ?? '?'} to ${s[3] ?? '?'}), ${s[4]} frames`])].filter(p => p[1]).flatMap(([t, v]) => [el('dt', { textContent: t }), el('dd', { textContent: v })])));
note('devices', 'A click on a row shows what is known of it, sensor by sensor, and its signal below.');
table(host('devices', 'table'), devices, [col('mac', 'MAC address'), col('type', 'Type'), col('ssid', 'SSID'), col('vendor', 'Vendor'), col('channel', 'Ch', true), col('encryption', 'Encryption'), col('signal', 'dBm', true), col('packets', 'Packets', true), col('bytes', 'Bytes', true), col('retries', 'Retries', true), col('clients', 'Clients', true), col('probed', 'Asked for'), ...times], 'packets', d => { detail(d); signal(d); });

// Bars with a name before and a number behind each.
function bars(rows, colour) {
  const most = Math.max(1, ...rows.map(r => r[1])), pic = svg('svg', { viewBox: `0 0 900 ${rows.length * 20 + 4}`, role: 'img' });
  rows.forEach(([name, n, text], i) => pic.append(svg('text', { x: 150, y: i * 20 + 15, 'text-anchor': 'end' }, name), svg('rect', { x: 158, y: i * 20 + 4, width: Math.max(1, 520 * n / most), height: 14, rx: 3, fill: colour(name, i) }), svg('text', { x: 166 + 520 * n / most, y: i * 20 + 15, class: 'label' }, text)));
  return pic;
}
const channels = new Map();
const at = x => { const key = x.mhz ?? x.channel ?? 0; if (!channels.has(key)) channels.set(key, { name: `${x.channel ?? '?'} (${x.mhz ?? '?'} MHz)`, networks: 0, devices: 0, packets: 0 }); return channels.get(key); };
networks.filter(n => n.channel != null).forEach(n => at(n).networks++);
devices.filter(d => d.channel != null).forEach(d => { const c = at(d); c.devices++; c.packets += d.packets; });
note('channels', 'Frames by the channel that each device was last on: a sensor hears only the channels it is tuned to, so this is what was heard, not how busy the air is.');
host('channels', 'chart').append(bars([...channels].sort((a, b) => a[0] - b[0]).map(([, c]) => [c.name, c.packets, `${c.packets} frames, ${c.networks} networks, ${c.devices} devices`]), () => 'var(--c0)'));

const shares = new Map();
networks.forEach(n => shares.set(n.encryption, (shares.get(n.encryption) ?? 0) + 1));
const rating = e => e === 'Unknown' ? 'var(--none)' : /Open|Wep/.test(e) ? 'var(--bad)' : /Wpa\b/.test(e) ? 'var(--fair)' : 'var(--good)';
note('encryption', `Shares of ${networks.length} networks; a mixed network is a kind of its own.`);
host('encryption', 'chart').append(bars([...shares].sort((a, b) => b[1] - a[1]).map(([e, n]) => [e, n, `${n} (${Math.round(100 * n / networks.length)} %)`]), rating));

const courses = new Map(data.signal.courses.map(c => [c.device, c]));
note('signal', data.signal.reading === 'Snapshot'
  ? 'Each point is a reading of a device: the signal of its last frame when it was looked at. Between the readings nothing is known; readings close together are one step with its range.' + (data.signal.leftOut ? ` ${data.signal.leftOut} devices are not drawn.` : '')
  : 'This report was made of one snapshot, so no course over time is known. Shown are weakest, strongest and last signal.');
function signal(picked) {
  const where = host('signal', 'chart');
  const several = data.signal.courses.filter(c => c.steps.length > 1);
  const chosen = [...new Set([...(picked && courses.has(picked.index) ? [courses.get(picked.index)] : []), ...several])].slice(0, 6);
  const pic = svg('svg', { role: 'img' }), y = v => 20 + (Math.min(0, Math.max(-100, v)) / -100) * 220, legend = el('div', { className: 'legend' });
  if (chosen.length && data.signal.reading === 'Snapshot') {
    const ms = (c, s) => c.begin + s[0] * c.step, all = chosen.flatMap(c => c.steps.map(s => ms(c, s))), low = Math.min(...all), span = Math.max(1, Math.max(...all) - low), x = t => 50 + 830 * (t - low) / span;
    pic.setAttribute('viewBox', '0 0 900 270');
    for (let v = 0; v >= -100; v -= 20) pic.append(svg('line', { x1: 50, x2: 880, y1: y(v), y2: y(v), class: 'axis' }), svg('text', { x: 44, y: y(v) + 4, 'text-anchor': 'end', class: 'label' }, v));
    pic.append(svg('text', { x: 50, y: 262, class: 'label' }, time(low)), svg('text', { x: 880, y: 262, 'text-anchor': 'end', class: 'label' }, time(low + span)));
    chosen.forEach((c, i) => {
      const colour = `var(--c${i})`, d = devices[c.device];
      pic.append(svg('polyline', { points: c.steps.map(s => `${x(ms(c, s))},${y(s[3])}`).join(' '), fill: 'none', stroke: colour, 'stroke-width': 1.5 }));
      c.steps.forEach(s => pic.append(svg('line', { x1: x(ms(c, s)), x2: x(ms(c, s)), y1: y(s[2]) - 1, y2: y(s[1]) + 1, stroke: colour, 'stroke-width': 3, 'stroke-linecap': 'round' })));
      const swatch = el('i'); swatch.style.background = colour;
      legend.append(el('span', {}, swatch, `${d.mac} ${d.ssid ?? ''}`));
    });
  } else {
    const rows = [...new Set([picked, ...devices])].filter(d => d && d.signalMin != null).slice(0, 40), x = v => 190 + (Math.min(0, Math.max(-100, v)) + 100) * 6.8;
    pic.setAttribute('viewBox', `0 0 900 ${rows.length * 16 + 24}`);
    for (let v = -100; v <= 0; v += 20) pic.append(svg('line', { x1: x(v), x2: x(v), y1: 0, y2: rows.length * 16, class: 'axis' }), svg('text', { x: x(v), y: rows.length * 16 + 16, 'text-anchor': 'middle', class: 'label' }, v));
    rows.forEach((d, i) => pic.append(svg('text', { x: 180, y: i * 16 + 12, 'text-anchor': 'end' }, (d.ssid ? d.ssid.slice(0, 14) + ' ' : '') + d.mac.slice(-8)), svg('line', { x1: x(d.signalMin), x2: x(d.signalMax), y1: i * 16 + 8, y2: i * 16 + 8, stroke: 'var(--c0)', 'stroke-width': 5, 'stroke-linecap': 'round' }), svg('circle', { cx: x(d.signal), cy: i * 16 + 8, r: 4, fill: 'var(--c1)' })));
  }
  where.replaceChildren(legend, pic);
}
signal();

const seen = devices.filter(d => d.first != null && d.last != null).slice(0, 60).sort((a, b) => a.first - b.first);
note('timeline', 'The devices heard most often' + (seen.length < devices.length ? `, ${seen.length} of ${devices.length}` : '') + ', from first to last frame; a bar does not say that a device was there all the time.');
if (seen.length) {
  const low = Math.min(...seen.map(d => d.first)), span = Math.max(1, Math.max(...seen.map(d => d.last)) - low), x = t => 190 + 690 * (t - low) / span;
  const pic = svg('svg', { viewBox: `0 0 900 ${seen.length * 14 + 24}`, role: 'img' });
  seen.forEach((d, i) => pic.append(svg('text', { x: 180, y: i * 14 + 11, 'text-anchor': 'end' }, (d.ssid ? d.ssid.slice(0, 14) + ' ' : '') + d.mac.slice(-8)), svg('rect', { x: x(d.first), y: i * 14 + 3, width: Math.max(2, x(d.last) - x(d.first)), height: 9, rx: 2, fill: d.type === 'AccessPoint' ? 'var(--c0)' : 'var(--c2)' })));
  pic.append(svg('text', { x: 190, y: seen.length * 14 + 18, class: 'label' }, time(low)), svg('text', { x: 880, y: seen.length * 14 + 18, 'text-anchor': 'end', class: 'label' }, time(low + span)));
  host('timeline', 'chart').append(pic);
}

if (sensors.length) {
  note('sensors', 'Counters of each sensor; lost is what its own count says was missing on the way.');
  table(host('sensors', 'table'), sensors, [col('id', 'Sensor'), col('name', 'Name'), col('location', 'Place'), col('received', 'Received', true), col('lost', 'Lost', true), col('late', 'Late', true), col('restarts', 'Restarts', true), col('malformed', 'Malformed', true), col('last', 'Last message (UTC)', false, time)], 'received');
} else {
  const heard = new Map();
  devices.forEach(d => d.sensors.forEach(s => { const h = heard.get(s[0]) ?? { id: s[0], devices: 0, frames: 0 }; h.devices++; h.frames += s[4]; heard.set(s[0], h); }));
  note('sensors', 'Made of devices only: what each sensor heard. Lost and damaged messages are known to sessions.');
  table(host('sensors', 'table'), [...heard.values()], [col('id', 'Sensor'), col('devices', 'Devices heard', true), col('frames', 'Frames', true)], 'frames');
}
if (sessions.length) table(document.getElementById('sessions'), sessions, [col('name', 'Session'), col('received', 'Received', true), col('decoded', 'Decoded', true), col('malformed', 'Malformed', true), col('dropped', 'Left out', true), col('kernelDropped', 'Kernel dropped', true), col('rate', 'Frames/s', true), col('reasons', 'Reasons')], 'received');
note('alerts', alerts.length ? '' : 'None given.');
if (alerts.length) table(host('alerts', 'table'), alerts, [col('time', 'Time (UTC)', false, time), col('type', 'Alert'), { key: 'text', title: 'What', kind: 'wide' }, col('bssid', 'BSSID'), col('channel', 'Ch', true), col('sensor', 'Sensor')], 'time');
document.documentElement.dataset.ready = 'yes';
