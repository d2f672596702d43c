// What the API gives (docs/api/openapi.yaml). Spans count Unicode code points, half-open.

export interface Span { start: number; end: number }
export interface Count { low: number; best: number; high: number }
export interface ActorRef { id: string; name: string; role: string; kind: string; country: string }
export interface PlaceRef { id: string; name: string; lat: number; lon: number; country: string; admin1: string; precision: string; radius_km: number }

/** One happening, as all reports together tell it. */
export interface EventRow {
  id: string; type: string; group: string; status: string; contested: boolean;
  from: string; to: string; precision: string;
  place: PlaceRef | null; actors: ActorRef[];
  deaths: Count | null; injured: Count | null; abducted: Count | null;
  reports: number; sources: number; claims: number; confidence: number;
  quote: string; headline: string; outlet: string; published: string; url: string; document: string; review: string; story: string;
  cameo: string; plover: string; acled: string; key: number;
}

export interface ClaimRow {
  id: string; doc: string; event: string; local: string;
  source: { name: string; kind: string; actor: string; actor_name: string; actor_kind: string };
  cue: string; words: string; spans: Span[]; form: string; stance: string; polarity: string; certainty: string; via: string;
  outlet: string; agency: string; published: string; headline: string;
}

export interface Mention { doc: string; event: string; local: string; trigger: Span; sentence: Span; quote: string; rules: string[]; status: string; confidence: number; merged_because: string }
/** A verdict; one on two events names the `other`. `stands`: neither taken back nor followed by another on the same pair. */
export interface Revision { id: number; target: string; other: string; decision: string; before: string; after: string; by: string; at: string; note: string; stands: boolean }
export interface ReportRef { id: string; headline: string; site: string; agency: string; published: string; url: string; copy_of: string; retracted: boolean }

export interface EventFull extends EventRow {
  statements: ClaimRow[]; mentions: Mention[]; documents: ReportRef[]; why: string[]; revisions: Revision[];
  conflicts: { kind: string; claims: string[] }[];
}

/** The annotated document (docs/formats/document.md), as far as the page uses it. */
export interface AnnotatedDocument {
  id: string; text: string;
  page: { headline?: string | null; site?: string | null; url?: string | null; authors?: string[]; agency?: string | null; published?: { value: string; source: string } | null; updated?: { value: string } | null };
  blocks?: (Span & { kind: string })[];
  sentences?: Span[];
  entities?: { id: string; type: string; name: string; actor: null | { id: string | null; name: string; kind: string; country: string | null }; mentions: (Span & { form: string })[] }[];
  places?: (Span & { id: string; text: string; name: string | null; gazetteer?: string | null; country?: string | null; admin1?: string | null; precision?: string; score?: number; role: string; alternatives?: { gazetteer: string; name: string; lat: number; lon: number; score: number }[] })[];
  times?: (Span & { id: string; text: string; value: string; from?: string | null; to?: string | null })[];
  events?: { id: string; type: string; trigger: Span; mentions: Span[]; actors: (Span & { role: string; entity: string | null })[]; place: string | null; time: { from: string | null; to: string | null; precision: string } | null; status: string; contested: boolean; claims: string[]; confidence: number; why: (Span & { rule: string })[]; basis?: { place: string | null; time: string | null };
    assessment?: { status: string; sources_for: number; sources_against: number; independent: number; parties_for: number; parties_against: number; admissions: number; trace: { rule: string; claim: string | null }[] } }[];
  claims?: { id: string; source: { entity: string | null; name: string; kind: string } & Partial<Span>; cue: Span | null; content: Span[]; form: string; stance: string; polarity: string; certainty: string; via: string | null; events: string[] }[];
}

export interface Stats {
  events: number; documents: number; claims: number; first: string; last: string; version: string;
  writable: boolean; reviewer: string; annalist: string; import: boolean; revision: number;
}

export interface Codebook { types: { type: string; group: string; what: string }[]; countries: { iso3: string; name: string }[] }

/** Who else the words of one argument could mean (GET /v1/events/{id}/alternatives). */
export interface Alternatives { actors: { name: string; role: string; id: string; read_as: string; others: { id: string; name: string; kind: string; country: string; score: number; why: string[] }[] }[] }
