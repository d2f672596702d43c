// What comes out of the store: records that own their strings, ready to be shown. Offsets are code points of
// the document's text; an empty string and a negative count mean "not known".
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "doc/records.h"
#include "store/rows.h"

namespace annalist::store {

struct ActorRecord {
  std::string uid, name, kind, country, cameo, ucdp, wikidata;
  bool listed = false;
  std::int64_t events = 0;  // filled where asked for
};

struct PlaceRecord {
  std::string uid, name, feature, country, admin1, precision;
  double lat = 0, lon = 0;
  bool located = false;
};

struct ArgumentRecord {
  std::string role, name;  // name: the words or the entity's name in this report
  ActorRecord actor;       // actor.uid empty: no actor
  std::string side;        // uid of the actor it is part of; its own uid else
  TextRange at;
};

struct EvidenceRecord {
  std::string role, note, words;  // role: mention, why, content, cue, source
  TextRange at;
};

struct ClaimRecord {
  std::string uid, document, local, source_name, source_kind, form, stance, polarity, certainty, via;
  ActorRecord source;  // uid empty: not an actor
  TextRange source_at, cue;
  std::vector<EvidenceRecord> content;
  std::vector<std::string> events;  // uids
  std::string words;                // the content's words
  std::string at;                   // day the report was published
};

struct EventRecord {
  std::string uid, document, local, type, status, date, date_from, date_to, date_precision;
  bool main = false, contested = false;
  PlaceRecord place;  // uid empty: unknown
  std::vector<ArgumentRecord> arguments;
  std::string actors, targets;  // names joined by "; "
  Count deaths, injured, abducted;
  std::string plover_type, plover_mode, plover_contexts, cameo, acled_type, acled_sub_type;
  TextRange trigger, sentence_at;
  std::string sentence, rules, review, edited;
  double confidence = 0;
  std::string headline, site, agency, url, published, language;
  std::int64_t id = 0, recorded_from = 0, recorded_to = 0;  // recorded_to 0: current
  std::int64_t sentence_number = 0;                         // from 1; 0: in none
  std::string recorded_at;
};

/// A person's verdict as it was given. One on two events names the `other`; given on a merged event it stands
/// once for each pair of members, under one revision.
struct VerdictRecord {
  std::int64_t revision = 0;
  std::string at, target, other, decision, reviewer, note;
  std::string before, after;  // JSON: what a correction replaced, and by what
  bool stands = false;        // neither taken back nor, on a pair, followed by another verdict
};

/// What stands of two events: that they are the same happening, or that they are not. a < b.
struct PairVerdict {
  std::string a, b, reviewer;
  bool same = false;
  std::int64_t revision = 0;
};

/// One event with everything that speaks of it.
struct EventDetail {
  EventRecord event;
  std::vector<ClaimRecord> claims;
  std::vector<EvidenceRecord> evidence;  // mentions and rules, with their words
  struct Conflict {
    std::string kind;
    std::vector<std::string> claims;
  };
  std::vector<Conflict> conflicts;
  std::string merged, story;  // uids; empty: none
  std::vector<VerdictRecord> verdicts;
};

struct DocumentRecord {
  std::string uid, given_id, sha256, url, canonical_url, host, site, headline, authors, agency,
      dateline_place, dateline_date, published, published_date, updated, language, kind, engine, story;
  std::vector<std::string> other_ids;  // further ids under which the same report came
  std::int64_t characters = 0, events = 0, claims = 0, recorded_from = 0;
  std::string recorded_at;
  bool retracted = false;
};

struct RevisionRecord {
  std::int64_t id = 0;
  std::string at, kind, subject, note;
};

struct FacetCount {
  std::string value, label;
  std::int64_t count = 0;
};

/// A page of a list. `next` is empty on the last page; it also carries the revision the first page was read
/// at, so that pages fit together while others write.
template <class T>
struct Page {
  std::vector<T> items;
  std::string next;
  std::int64_t revision = 0;
};

}  // namespace annalist::store
