// The records of every layer of a Document. All are small, fixed in size and trivially copyable: text is
// a Span (UTF-8 bytes), strings are interned StrIds, links are typed ids into another column.
// Which stage writes which layer: ARCHITECTURE.md. The JSON form of each: CONTRACT (schema/).
#pragma once

#include <cstdint>

#include "base/date.h"
#include "base/ids.h"
#include "base/interner.h"
#include "base/span.h"
#include "doc/enums.h"

namespace annalist {

// ---- page -----------------------------------------------------------------------------------------

struct Block {
  Span span;
  BlockKind kind = BlockKind::paragraph;
  /// True for text that the report itself says: headline, paragraphs, captions. Only these are coded.
  constexpr bool is_body() const { return kind == BlockKind::headline || kind == BlockKind::paragraph; }
};

// ---- language ---------------------------------------------------------------------------------------

struct Token {
  Span span;
  std::uint32_t sentence = 0;  // index of the Sentence
};

struct Sentence {
  Span span;
  Id<Block> block;
  Range<Token> tokens;
};

/// Parallel to Token: one Syntax a token, same index.
struct Syntax {
  StrId lemma;
  StrId feats;     // "Number=Plur|..." as in CoNLL-U; empty for none
  Id<Token> head;  // none for the root of a sentence
  Deprel deprel = Deprel::dep;
  Upos upos = Upos::x;
  std::uint16_t flags = 0;  // the features that rules ask for, see MorphFlag
  constexpr bool is(MorphFlag f) const { return (flags & static_cast<std::uint16_t>(f)) != 0; }
};

/// Parallel to Token where the model has such heads, else empty: how likely the model holds it that a word is
/// part of who speaks, of what makes it speech, of what is said; that it is negated; that it happened.
/// Likelihoods in 255ths, so that equal texts give equal records everywhere.
struct ModelTags {
  enum Role : std::uint8_t { source, cue, content };
  std::uint8_t begin[3] = {}, inside[3] = {};   // by Role: first word of a span, further word of one
  std::uint8_t negates = 0;                     // a negation by itself ("not", "never")
  std::uint8_t negated_by_affix = 0;            // "unable", "harmless"
  std::uint8_t in_scope = 0;                    // negated by a word elsewhere
  std::int8_t fact = 0;                         // -127 did not happen .. 127 happened, for event words
  bool has_fact = false, has_negation = false;  // the model has these heads
  constexpr int any(Role r) const { return begin[r] + inside[r]; }
};

/// Parallel to Token where the model has such layers, else empty: who or what a word is in an incident that
/// the report tells of, wherever its verb stands (docs/formats/model.md). Likelihoods in 255ths.
struct DeedTag {
  enum Role : std::uint8_t {
    doer,
    doer_group,
    object,
    victim,
    weapon,
    described
  };  // a victim without a name
  static constexpr std::size_t kRoles = 6, kPoliceActs = 5;
  std::uint8_t begin[kRoles] = {}, inside[kRoles] = {};  // by Role
  std::uint8_t police[kPoliceActs] = {};  // word of an act of police: killing, arrest, failure, force, any
  constexpr int any(Role r) const { return begin[r] + inside[r]; }
};

/// Parallel to Token where the accurate tier has read and weights of senses are there, else empty: what a
/// word's state says of its own sense and of the kind of report it stands in, for deeds and for talk
/// (data/patterns/sense-weights.txt).
struct SenseTag {
  enum Kind : std::uint8_t { deed, talk };
  static constexpr std::size_t kKinds = 2;
  float word[kKinds] = {}, report[kKinds] = {};
  bool read = false;  // the accurate tier has read the word
};

struct Argument {
  Id<Token> head;
  Span span;  // the head's subtree
  RoleLabel label = RoleLabel::none;
};

/// A PropBank predicate, verbal or nominal.
struct Predicate {
  Id<Token> token;
  StrId roleset;  // "seize.01"
  Range<Argument> arguments;
};

/// A noun phrase or pronoun that may name somebody or something. Names come from the name tagger,
/// nominals and pronouns from the parse.
struct Mention {
  Span span;
  Range<Token> tokens;
  Id<Token> head;
  EntityType type = EntityType::misc;  // for nominals and pronouns: a guess, misc if unknown
  MentionForm form = MentionForm::name;
};

// ---- time and place -----------------------------------------------------------------------------------

struct Time {
  Span span;
  TimeType type = TimeType::date;
  StrId value;  // TIMEX3 value
  StrId mod;
  Day from, to;  // the interval it covers, both inclusive; none where it covers none
};

struct Place;
struct PlaceAlternative {
  StrId gazetteer, name;
  float lat = 0, lon = 0, score = 0;
};

struct Place {
  Span span;
  Range<Token> tokens;
  StrId name;       // name in the gazetteer; the text's own form is `span`
  StrId gazetteer;  // "geonames:169389"
  StrId feature;    // GeoNames feature code
  StrId country;    // ISO 3166-1 alpha-2
  StrId admin1;
  float lat = 0, lon = 0;
  float score = 0;
  PlacePrecision precision = PlacePrecision::exact;
  PlaceRole role = PlaceRole::mention;
  bool resolved = false;  // false: found but not in the gazetteer
  bool placed = false;    // has coordinates: its own, or those of `within`
  StrId within;           // gazetteer id of what an unresolved place is said to lie in, whose point it has
  Range<PlaceAlternative> alternatives;
};

// ---- who ------------------------------------------------------------------------------------------------

/// Parallel to Mention: what the actor stage makes of it. kind == none: not an actor.
struct ActorLink {
  StrId id;       // id in data/actors; empty for a composite ("Syrian rebel commander")
  StrId name;     // canonical name
  StrId country;  // ISO 3166-1 alpha-3; empty if none
  StrId cameo, ucdp, wikidata;
  ActorKind kind = ActorKind::none;
  std::uint8_t flags = 0;  // see ActorFlag
  float score = 0;
  StrId part_of;  // id of the actor it is part of, speaks for or is affiliated to; empty if none
};

struct Entity {
  EntityType type = EntityType::misc;
  StrId name;
  Id<Mention> best;     // the mention that names it best
  Id<ActorLink> actor;  // none: not an actor
  std::uint32_t mention_count = 0;
};

/// Parallel to Mention: which entity it belongs to; none if it was dropped.
struct MentionEntity {
  Id<Entity> entity;
};

// ---- what ----------------------------------------------------------------------------------------------

struct Count {  // -1 = not said
  std::int32_t low = -1, best = -1, high = -1;
  constexpr bool known() const { return best >= 0 || low >= 0 || high >= 0; }
};

struct Event;
struct EventMention {
  Id<Event> event;
  Id<Token> trigger;
  Span span;  // the trigger's words
};
struct EventArg {
  EventRole role = EventRole::actor;
  Id<Entity> entity;    // none if the words are no entity
  Id<Mention> mention;  // none likewise
  Span span;
};
struct EventPlace {
  Id<Place> place;
  EventPlaceRole role = EventPlaceRole::at;
};
struct Why {
  StrId rule;
  Span span;
};
struct Claim;

struct Event {
  StrId type;                                       // codebook type: "capture"
  StrId plover_type, plover_mode, plover_contexts;  // contexts joined by '|'
  StrId cameo;
  StrId acled_type, acled_sub_type;
  Span trigger;
  Id<Token> trigger_token;
  Range<EventMention> mentions;
  Range<EventArg> args;
  Range<EventPlace> places;
  Id<Place> place;  // the main one
  Id<Time> time;    // the expression it came from; none: document date or unknown
  Day from, to;
  TimePrecision precision = TimePrecision::unknown;
  Basis place_basis = Basis::none, time_basis = Basis::none;
  EventStatus status = EventStatus::actual;
  bool main = false;
  Count deaths, injured, abducted;
  float confidence = 0;
  Range<Why> why;
};

// ---- who says so ------------------------------------------------------------------------------------------

struct ClaimContent {
  Span span;
};
/// What a claim says of one event, kept beside what others say of it.
struct ClaimEvent {
  Id<Event> event;
  bool positive = true;     // that it happened
  bool settled = true;      // false: asked, doubted, demanded, foreseen
  bool admission = false;   // against the interest of the side that says it
  std::int32_t count = -1;  // how many it befell, in this claim's words; -1: not said
  Id<Entity> actor;         // who did it, in this claim's words; none: not said
  Id<Place> place;
  Id<Time> time;
};

struct Claim {
  Id<Entity> source;  // none: unnamed or the narrator
  StrId source_name;
  SourceKind source_kind = SourceKind::anonymous;
  Span source_span;  // empty for the narrator or an elided source
  Span cue;          // empty: none
  Range<ClaimContent> content;
  ClaimForm form = ClaimForm::indirect;
  Stance stance = Stance::asserts;
  bool positive = true;
  Certainty certainty = Certainty::certain;
  Id<Claim> via;
  Range<ClaimEvent> events;
  bool attitude = false;   // not said but held or done: "wants", "plans", "backs"
  Id<Entity> affiliation;  // for whom the source speaks or fights, where the words say so
  Id<Time> said;           // when it was said, where the words say so
};

struct ConflictClaim {
  Id<Claim> claim;
};
struct Conflict {
  Id<Event> event;
  ConflictKind kind = ConflictKind::polarity;
  Range<ConflictClaim> claims;
};

/// One step of an assessment: a rule and the claim it was applied to.
struct AssessmentStep {
  StrId rule;
  Id<Claim> claim;  // none: the closing step
};
/// Parallel to Event: how the report leaves it standing, computed from its claims. The rules:
/// docs/formats/document.md.
struct Assessment {
  Standing standing = Standing::unverified;
  std::uint16_t sources_for = 0, sources_against = 0;  // different voices
  std::uint16_t independent = 0;                       // voices for it that do not lean on one another
  std::uint16_t parties_for = 0, parties_against = 0;
  std::uint16_t admissions = 0;
  Range<AssessmentStep> trace;
};

struct Relation {
  Id<Entity> a, b;
  RelationKind kind = RelationKind::hostile;
  Span span;
  Day from, to;
};

struct Control {
  Id<Place> place;
  Id<Entity> from, to;  // none: unknown
  Day date;
  ControlHow how = ControlHow::captured;
  Id<Event> event;
};

// ---- what went wrong
// -----------------------------------------------------------------------------------------

struct Diagnostic {
  StrId code;  // "W012"; the list is in docs/formats/diagnostics.md
  StrId message;
  Span span;
};

}  // namespace annalist
