#include "store/read.h"

#include "base/strings.h"
#include "base/utf8.h"
#include "store/parts.h"

namespace annalist::store {
namespace {

const std::string kEventRow =
    "SELECT e.id, e.uid, d.uid, e.local, e.type, e.status, e.main, e.contested, e.date, e.date_from, "
    "e.date_to, "
    "e.date_precision, e.place_name, e.admin1, e.country, e.lat, e.lon, e.place_precision, "
    "e.actors, e.targets, "
    "e.deaths_low, e.deaths_best, e.deaths_high, e.injured_low, e.injured_best, e.injured_high, "
    "e.abducted_low, "
    "e.abducted_best, e.abducted_high, e.plover_type, e.plover_mode, e.plover_contexts, e.cameo, "
    "e.acled_type, "
    "e.acled_sub_type, e.trigger_start, e.trigger_end, e.sentence_start, e.sentence_end, e.confidence, "
    "e.rules, e.review, "
    "e.edited, e.recorded_from, coalesce(e.recorded_to, 0), d.headline, d.site, d.agency, d.url, "
    "d.published, d.language, "
    "r.at, coalesce(e.sentence, 0), p.uid, p.feature, substr(t.text, e.sentence_start + 1, e.sentence_end - "
    "e.sentence_start) FROM events e JOIN documents d ON d.id = e.document LEFT JOIN places p ON p.id = "
    "e.place "
    "LEFT JOIN revisions r ON r.id = e.recorded_from LEFT JOIN texts t ON t.document = e.document WHERE e.id "
    "= ?";
const std::string kArguments =
    "SELECT a.role, a.name, a.start, a.\"end\", x.uid, x.name, x.kind, x.country, x.cameo, x.ucdp, "
    "x.wikidata, "
    "x.listed, y.uid FROM event_actors a LEFT JOIN actors x ON x.id = a.actor LEFT JOIN actors y ON y.id = "
    "a.side "
    "WHERE a.event = ? ORDER BY a.position";

EventRecord read_event(const Statement& s) {
  EventRecord e;
  int c = 0;
  const auto text = [&] { return std::string(s.str(c++)); };
  const auto count = [&] {
    Count n{std::int32_t(s.count_at(c)), std::int32_t(s.count_at(c + 1)), std::int32_t(s.count_at(c + 2))};
    c += 3;
    return n;
  };
  const auto range = [&] {
    const TextRange r{std::uint32_t(s.num(c)), std::uint32_t(s.num(c + 1))};
    c += 2;
    return r;
  };
  e.id = s.num(c++);
  e.uid = text(), e.document = text(), e.local = text(), e.type = text(), e.status = text();
  e.main = s.num(c++) != 0;
  e.contested = s.num(c++) != 0;
  e.date = text(), e.date_from = text(), e.date_to = text(), e.date_precision = text();
  e.place.name = text(), e.place.admin1 = text(), e.place.country = text();
  e.place.located = !s.is_null(c);
  e.place.lat = s.real_at(c++);
  e.place.lon = s.real_at(c++);
  e.place.precision = text();
  e.actors = text(), e.targets = text();
  e.deaths = count(), e.injured = count(), e.abducted = count();
  e.plover_type = text(), e.plover_mode = text(), e.plover_contexts = text(), e.cameo = text();
  e.acled_type = text(), e.acled_sub_type = text();
  e.trigger = range(), e.sentence_at = range();
  e.confidence = s.real_at(c++);
  e.rules = text(), e.review = text(), e.edited = text();
  e.recorded_from = s.num(c++);
  e.recorded_to = s.num(c++);
  e.headline = text(), e.site = text(), e.agency = text(), e.url = text(), e.published = text(),
  e.language = text();
  e.recorded_at = text();
  e.sentence_number = s.num(c++);
  e.place.uid = text(), e.place.feature = text();
  e.sentence = collapse_spaces(s.str(c++));
  return e;
}

}  // namespace

Result<std::vector<EventRecord>> read_events(Db& db, const std::vector<std::int64_t>& ids) {
  std::vector<EventRecord> out;
  out.reserve(ids.size());
  ANNALIST_TRY(event, db.prepare(kEventRow));
  ANNALIST_TRY(args, db.prepare(kArguments));
  for (const std::int64_t id : ids) {
    event.integer(id);
    ANNALIST_TRY(there, event.step());
    if (!there) return fail("an event is gone", db.path());
    EventRecord& e = out.emplace_back(read_event(event));
    event.reset();
    args.integer(id);
    while (true) {
      ANNALIST_TRY(row, args.step());
      if (!row) break;
      ArgumentRecord a;
      a.role = args.str(0), a.name = args.str(1);
      a.at = {std::uint32_t(args.num(2)), std::uint32_t(args.num(3))};
      a.actor.uid = args.str(4), a.actor.name = args.str(5), a.actor.kind = args.str(6),
      a.actor.country = args.str(7);
      a.actor.cameo = args.str(8), a.actor.ucdp = args.str(9), a.actor.wikidata = args.str(10);
      a.actor.listed = args.num(11) != 0;
      a.side = args.str(12);
      e.arguments.push_back(std::move(a));
    }
    args.reset();
  }
  return out;
}

Result<std::vector<EventRecord>> read_lines(Db& db, const std::vector<std::int64_t>& ids) {
  std::vector<EventRecord> out;
  out.reserve(ids.size());
  ANNALIST_TRY(s,
               db.prepare("SELECT uid, type, status, contested, date, place_name, admin1, country, actors, "
                          "targets, deaths_low, deaths_best, deaths_high FROM events WHERE id = ?"));
  for (const std::int64_t id : ids) {
    s.integer(id);
    ANNALIST_TRY(there, s.step());
    if (!there) return fail("an event is gone", db.path());
    EventRecord& e = out.emplace_back();
    e.id = id, e.contested = s.num(3) != 0;
    e.uid = s.str(0), e.type = s.str(1), e.status = s.str(2), e.date = s.str(4), e.place.name = s.str(5),
    e.place.admin1 = s.str(6), e.place.country = s.str(7), e.actors = s.str(8), e.targets = s.str(9);
    e.deaths = {std::int32_t(s.count_at(10)), std::int32_t(s.count_at(11)), std::int32_t(s.count_at(12))};
    s.reset();
  }
  return out;
}

Result<std::vector<std::int64_t>> numbers(Db& db, std::string_view sql, std::string_view parameter) {
  ANNALIST_TRY(s, db.prepare(sql));
  s.text(parameter);
  std::vector<std::int64_t> out;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) return out;
    out.push_back(s.num(0));
  }
}

Result<std::string> TextCache::words(std::string_view document_uid, TextRange at) {
  if (at.empty()) return std::string();
  if (uid_ != document_uid) {
    ANNALIST_TRY(
        find,
        db_.prepare("SELECT t.text FROM texts t JOIN documents d ON d.id = t.document WHERE d.uid = ?"));
    find.text(document_uid);
    ANNALIST_TRY(row, find.step());
    text_ = row ? std::string(find.str(0)) : std::string();
    uid_ = document_uid;
  }
  // A walk from the start: texts are a few thousand characters, and pages a hundred rows.
  std::size_t byte = 0, begin = text_.size();
  for (std::uint32_t point = 0; byte < text_.size() && point < at.end; ++point) {
    if (point == at.start) begin = byte;
    next_code_point(text_, byte);
  }
  return begin < byte ? collapse_spaces(std::string_view(text_).substr(begin, byte - begin)) : std::string();
}

const std::string kClaimColumns =
    "c.id, c.uid, d.uid, c.local, c.source_name, c.source_kind, c.source_start, c.source_end, c.cue_start, "
    "c.cue_end, c.form, "
    "c.stance, c.polarity, c.certainty, (SELECT v.uid FROM claims v WHERE v.id = c.via), x.uid, x.name, "
    "x.kind, x.country, "
    "x.cameo, x.listed, d.published_date";

Result<std::vector<ClaimRecord>> read_claims(Db& db, Statement& s) {
  std::vector<ClaimRecord> out;
  std::vector<std::int64_t> ids;
  while (true) {
    ANNALIST_TRY(row, s.step());
    if (!row) break;
    ClaimRecord c;
    ids.push_back(s.num(0));
    c.uid = s.str(1), c.document = s.str(2), c.local = s.str(3), c.source_name = s.str(4),
    c.source_kind = s.str(5);
    c.source_at = {std::uint32_t(s.num(6)), std::uint32_t(s.num(7))};
    c.cue = {std::uint32_t(s.num(8)), std::uint32_t(s.num(9))};
    c.form = s.str(10), c.stance = s.str(11), c.polarity = s.str(12), c.certainty = s.str(13),
    c.via = s.str(14);
    c.source.uid = s.str(15), c.source.name = s.str(16), c.source.kind = s.str(17),
    c.source.country = s.str(18);
    c.source.cameo = s.str(19);
    c.source.listed = s.num(20) != 0;
    c.at = s.str(21);
    out.push_back(std::move(c));
  }
  TextCache texts(db);
  for (std::size_t i = 0; i < out.size(); ++i) {
    ClaimRecord& c = out[i];
    ANNALIST_TRY(
        spans,
        db.prepare(
            "SELECT role, start, \"end\" FROM spans WHERE kind = 'claim' AND owner = ? ORDER BY position"));
    spans.integer(ids[i]);
    while (true) {
      ANNALIST_TRY(row, spans.step());
      if (!row) break;
      EvidenceRecord e{
          std::string(spans.str(0)), {}, {}, {std::uint32_t(spans.num(1)), std::uint32_t(spans.num(2))}};
      ANNALIST_TRY(words, texts.words(c.document, e.at));
      e.words = words;
      c.words += (c.words.empty() ? "" : " ... ") + e.words;
      c.content.push_back(std::move(e));
    }
    ANNALIST_TRY(
        events,
        db.prepare(
            "SELECT e.uid FROM event_claims ec JOIN events e ON e.id = ec.event WHERE ec.claim = ? AND "
            "e.recorded_to IS NULL ORDER BY e.id"));
    events.integer(ids[i]);
    while (true) {
      ANNALIST_TRY(row, events.step());
      if (!row) break;
      c.events.emplace_back(events.str(0));
    }
  }
  return out;
}

}  // namespace annalist::store
