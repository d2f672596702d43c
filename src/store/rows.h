// One document as rows: what ingest writes, computed without touching a database.
//
// All offsets are code points. Rows own their strings. A pure function of the document, so that rows of the
// same document are equal wherever and whenever they are made; `digest` of a row covers everything in it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "doc/document.h"

namespace annalist::store {

/// Half-open, in code points; empty when start == end.
struct TextRange {
  std::uint32_t start = 0, end = 0;
  bool empty() const { return end <= start; }
};

struct ActorRow {
  std::string uid;  // id in data/actors; "~kind:COUNTRY[:name]" for one that is not listed
  std::string name, kind, country, cameo, ucdp, wikidata;
  bool listed = false;
};

struct PlaceRow {
  std::string uid;  // "geonames:169389"; "~name" for one that is in no gazetteer
  std::string name, feature, country, admin1;
  double lat = 0, lon = 0;
  bool located = false;
};

inline constexpr int kNoRow = -1;

struct EventActorRow {
  std::string role, name;
  int actor = kNoRow;  // index into DocumentRows::actors
  int side = kNoRow;   // the actor it is part of or speaks for, else itself
  TextRange at;
};
struct EventPlaceRow {
  std::string role;
  int place = kNoRow;
  TextRange at;
};
struct SpanRow {
  std::string role, note;
  TextRange at;
};

struct EventRow {
  std::string uid, local;
  std::string type, status, date, date_from, date_to, date_precision;
  bool main = false, contested = false;
  int place = kNoRow;
  std::string place_precision;
  Count deaths, injured, abducted;
  std::string plover_type, plover_mode, plover_contexts, cameo, acled_type, acled_sub_type;
  TextRange trigger, sentence;
  int sentence_number = 0;  // from 1; 0: in no sentence
  float confidence = 0;
  std::string actor_names, target_names, rules;  // joined by "; "
  std::vector<EventActorRow> actors;
  std::vector<EventPlaceRow> places;
  std::vector<SpanRow> spans;  // its mentions and what each rule rested on
  std::string words;           // what full-text search of events looks at
  std::int64_t digest = 0;
};

struct ClaimRow {
  std::string uid, local;
  int source = kNoRow;
  std::string source_name, source_kind, form, stance, polarity, certainty;
  TextRange source_at, cue;
  int via = kNoRow;            // index into DocumentRows::claims
  std::vector<int> events;     // indexes into DocumentRows::events
  std::vector<SpanRow> spans;  // its content
  std::int64_t digest = 0;
};

struct ConflictRow {
  std::string kind;
  int event = kNoRow;
  std::vector<int> claims;
};
struct RelationRow {
  std::string kind, a_name, b_name, date_from, date_to;
  int a = kNoRow, b = kNoRow;
  TextRange at;
};
struct ControlRow {
  std::string how, date, from_name, to_name;
  int place = kNoRow, from = kNoRow, to = kNoRow, event = kNoRow;
};

struct DocumentRows {
  std::string uid, sha256, given_id, host;
  std::string authors;  // joined by "; "
  std::string published_date;
  std::uint32_t characters = 0;
  std::vector<ActorRow> actors;
  std::vector<PlaceRow> places;
  std::vector<EventRow> events;
  std::vector<ClaimRow> claims;
  std::vector<ConflictRow> conflicts;
  std::vector<RelationRow> relations;
  std::vector<ControlRow> controls;
  std::int64_t digest = 0;
};

DocumentRows rows_of(const Document& doc);

/// The identity of a report: its text, the host it stood on, the day it was published. "d" + 32 hex digits.
std::string document_uid(std::string_view text, std::string_view host, std::string_view published_date);
/// "news.example" of "https://www.News.example:80/a"; "" for no URL.
std::string host_of(std::string_view url);
/// Interleaved 16-bit steps of longitude and latitude: near points have near cells.
std::int64_t cell_of(double lat, double lon);

}  // namespace annalist::store
