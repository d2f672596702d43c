// The only door to the server. Errors are the API's own problem details, shown as they are.

export class ApiError extends Error {
  constructor(public status: number, message: string, public field = '') { super(message); }
}

let key = sessionStorage.getItem('annalist-key') ?? '';
export function setKey(k: string): void {
  key = k;
  sessionStorage.setItem('annalist-key', k);
}

function headers(more: Record<string, string> = {}): Record<string, string> {
  return key ? { ...more, Authorization: `Bearer ${key}` } : more;
}

async function check(r: Response): Promise<Response> {
  if (r.ok) return r;
  let detail = `${r.status} ${r.statusText}`;
  let field = '';
  try {
    const p = await r.json();
    detail = p.detail ?? p.title ?? detail;
    field = p.field ?? '';
  } catch { /* not a problem document */ }
  throw new ApiError(r.status, field ? `${field}: ${detail}` : detail, field);
}

export async function get<T>(path: string, params?: URLSearchParams | Record<string, string>, signal?: AbortSignal): Promise<T> {
  const query = params ? new URLSearchParams(params).toString() : '';
  const r = await check(await fetch(query ? `${path}?${query}` : path, { headers: headers({ Accept: 'application/json' }), signal: signal ?? null }));
  return r.json() as Promise<T>;
}

export async function bytes(path: string, params?: URLSearchParams): Promise<ArrayBuffer> {
  const query = params?.toString() ?? '';
  return (await check(await fetch(query ? `${path}?${query}` : path, { headers: headers() }))).arrayBuffer();
}

export async function send<T>(method: string, path: string, body: unknown): Promise<T> {
  const r = await check(await fetch(path, { method, headers: headers({ 'Content-Type': 'application/json' }), body: JSON.stringify(body) }));
  return r.status === 204 ? (undefined as T) : (r.json() as Promise<T>);
}

/** Uploads one file, telling how far it is. */
export function upload<T>(path: string, file: Blob, name: string, progress: (share: number) => void): Promise<T> {
  return new Promise((done, failed) => {
    const x = new XMLHttpRequest();
    x.open('POST', `${path}?name=${encodeURIComponent(name)}`);
    x.setRequestHeader('Content-Type', 'application/octet-stream');
    for (const [k, v] of Object.entries(headers())) x.setRequestHeader(k, v);
    x.upload.onprogress = (e) => e.lengthComputable && progress(e.loaded / e.total);
    x.onerror = () => failed(new ApiError(0, 'the server did not answer'));
    x.onload = () => {
      let answer: { detail?: string } = {};
      try { answer = JSON.parse(x.responseText); } catch { /* not JSON */ }
      if (x.status >= 200 && x.status < 300) done(answer as T);
      else failed(new ApiError(x.status, answer.detail ?? `${x.status} ${x.statusText}`));
    };
    x.send(file);
  });
}
